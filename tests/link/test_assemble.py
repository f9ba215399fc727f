"""From asks to records: ids, quotations, grouping, bodies of the registry."""

from __future__ import annotations

from pipeline.link.assemble import CONTEXT
from pipeline.records import Directive, Document, Task
from tests.extraction.pages import document_of

TEXT = """Tỉnh chống hạn

Sáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp về chống hạn.
Ông Đạt yêu cầu Sở Y tế mua thuốc, bảo đảm 100% trạm y tế có thuốc trước ngày 20/6; Sở Tài chính bố trí kinh phí.
Đồng thời khẩn trương kiểm tra các kho.
Giám đốc Sở Tài chính Bùi Thị Lan hứa chuyển tiền cho các huyện.
Thủ tướng giao Bộ Công Thương phối hợp với UBND tỉnh rà soát quy hoạch điện.
"""


def tasks_of(document: Document) -> list[Task]:
    return [task for directive in document.directives for task in directive.tasks]


def ids_of(directives: tuple[Directive, ...]) -> list[str]:
    return [id for directive in directives for id in (directive.id, *(task.id for task in directive.tasks))]


def test_asks_of_one_speech_act_are_one_directive() -> None:
    document = document_of(TEXT)
    assert [(d.kind, d.issuer.person or d.issuer.role, len(d.tasks)) for d in document.directives] == [
        ("directive", "Lò Văn Đạt", 3),
        ("commitment", "Bùi Thị Lan", 1),
        ("directive", "Thủ tướng", 1),
    ]


def test_neighbouring_directives_differ() -> None:
    document = document_of(TEXT)
    acts = [(d.kind, d.issuer.person, d.issuer.role, d.issuer.body, d.cue) for d in document.directives]
    assert all(one != other for one, other in zip(acts, acts[1:], strict=False))
    assert all(directive.tasks for directive in document.directives)


def test_ids_are_of_the_content() -> None:
    document = document_of(TEXT)
    ids = ids_of(document.directives)
    assert len(ids) == len(set(ids)) == 8
    document_of.cache_clear()
    assert ids_of(document_of(TEXT).directives) == ids
    assert not set(ids_of(document_of(TEXT + "\n").directives)) & set(ids), "another file, other ids"


def test_quotations_are_slices() -> None:
    document = document_of(TEXT)
    for directive in document.directives:
        evidence = directive.issuer.evidence
        assert evidence is not None
        assert TEXT[evidence.start : evidence.end] == evidence.exact
        assert directive.cue is not None
        assert TEXT[directive.cue.start : directive.cue.end] == directive.cue.verb
        for task in directive.tasks:
            span = task.span
            assert TEXT[span.start : span.end] == span.exact
            assert TEXT[: span.start].endswith(span.prefix) and len(span.prefix) == CONTEXT
            assert TEXT[span.end :].startswith(span.suffix) and len(span.suffix) <= CONTEXT
            assert span.exact.endswith(task.action)
            for body in (*task.lead, *task.coordinating):
                assert TEXT[body.start : body.end] == body.text


def test_the_action_is_the_span_without_its_addressee() -> None:
    assert [(task.span.exact == task.action, task.action) for task in tasks_of(document_of(TEXT))] == [
        (False, "mua thuốc, bảo đảm 100% trạm y tế có thuốc trước ngày 20/6"),
        (False, "bố trí kinh phí"),
        (True, "khẩn trương kiểm tra các kho"),
        (True, "chuyển tiền cho các huyện"),
        (False, "phối hợp với UBND tỉnh rà soát quy hoạch điện"),
    ]


def test_values_of_a_task() -> None:
    first, _, third, _, last = tasks_of(document_of(TEXT))
    assert [(target.value, target.unit) for target in first.targets] == [(100.0, "%")]
    assert first.deadline is not None and first.deadline.end == "2023-06-20"
    assert third.urgency == "khẩn trương" and third.deadline is None
    assert [body.text for body in last.coordinating] == ["UBND tỉnh"]


def test_bodies_are_those_of_the_registry_or_say_why_not() -> None:
    document = document_of(TEXT)
    bodies = [body for task in tasks_of(document) for body in (*task.lead, *task.coordinating)]
    assert {body.text: body.id for body in bodies}["Bộ Công Thương"] == "bo-cong-thuong"
    assert all((body.id is None) == (body.reason is not None) for body in bodies)


def test_line_ends_stay_in_the_quotation_and_go_from_names() -> None:
    wrapped = (
        "Phiên họp của Ủy ban nhân dân tỉnh về phòng, chống hạn trong mùa khô\n"
        "năm nay đã thống nhất nhiều giải pháp để giữ nước cho các hồ chứa, đập\n"
        "dâng và trạm bơm của tỉnh; nhiều xã đã nạo vét kênh mương, cống lấy\n"
        "nước. Kết luận, Chủ tịch UBND tỉnh Lò Văn Đạt yêu cầu Sở Nông nghiệp\n"
        "và Phát triển nông thôn kiểm tra toàn bộ các hồ chứa, đập dâng ở các\n"
        "xã vùng cao; các xã phải cử người trực ban cả ngày lẫn đêm để giữ nước\n"
        "cho dân dùng trong những tháng tới.\n"
    )
    first = tasks_of(document_of(wrapped))[0]
    assert first.lead[0].text == "Sở Nông nghiệp\nvà Phát triển nông thôn"
    assert first.lead[0].name == "Sở Nông nghiệp và Phát triển nông thôn"
    assert "\n" in first.span.exact and "\n" not in first.action


def test_a_document_without_asks() -> None:
    assert document_of("Trời nắng.\n\nHồ Ba Khe đã cạn.\n").directives == ()
