"""The audit of a document: profiles, questions, vague words, tables, kinds; and totals."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.clarity.audit import audit_document
from pipeline.clarity.profiles import find_profile
from pipeline.clarity.records import SlotReading, TaskClarity
from pipeline.clarity.rules import matched_form
from pipeline.clarity.totals import sum_up, total_by
from pipeline.records import Document, Issuer
from tests.clarity.made_tasks import Span, body_at, document_with, made_task
from tests.extraction.pages import document_of

TEXT = "Sở Xây dựng chủ trì lập danh mục nhà nguy hiểm, trình UBND tỉnh trước ngày 30/6"


def place(text: str, words: str) -> Span:
    at = text.index(words)
    return at, at + len(words)


def audit_of(text: str, leads: tuple[str, ...] = (), due: str | None = None, profile: str = "all") -> TaskClarity:
    bounds = [place(text, lead) for lead in leads]
    document = document_with(text, [(0, len(text), bounds, place(text, due) if due else None)])
    (audit,) = audit_document(document, find_profile(profile))
    return audit


def words_of(reading: SlotReading) -> list[str]:
    return [piece.exact for piece in reading.evidence]


def test_each_slot_with_its_words_and_rule() -> None:
    audit = audit_of(TEXT, ("Sở Xây dựng",), "trước ngày 30/6", "pm-2025")
    assert {slot: words_of(reading) for slot, reading in audit.slots.items()} == {
        "person": ["Sở Xây dựng"],
        "work": ["chủ trì lập danh mục nhà nguy hiểm, trình UBND tỉnh trước ngày 30/6"],
        "responsibility": ["chủ trì"],
        "time": ["trước ngày 30/6"],
        "product": ["lập danh mục"],
        "authority": ["trình UBND"],
    }
    assert (audit.stated, audit.of, audit.profile) == (6, 6, "pm-2025")
    assert audit.slots["product"].evidence[0].rule == "product:document-made"
    assert all(reading.question is None for reading in audit.slots.values())


def test_profiles_ask_for_different_slots() -> None:
    assert list(audit_of(TEXT, profile="pm-effect").slots) == [
        "person", "work", "responsibility", "time", "effect", "product",
    ]  # fmt: skip
    assert list(audit_of(TEXT, profile="school").slots) == ["work", "person", "coordination", "time", "product"]


def test_a_missing_slot_has_a_question_in_both_languages() -> None:
    text = "Sở Y tế rà soát nhân lực"
    document = document_with(text, [(0, len(text), [place(text, "Sở Y tế")], None)])
    asked = {}
    for language in ("vi", "en"):
        (audit,) = audit_document(document, find_profile(), "vi" if language == "vi" else "en")
        asked[language] = audit.slots["responsibility"].question
        assert audit.slots["time"].question
    assert asked["vi"] == "Sở Y tế chủ trì hay phối hợp, chịu trách nhiệm và báo cáo ai?"
    assert asked["en"] == "Does Sở Y tế lead or take part, and to whom does Sở Y tế answer and report?"


def test_vague_words_are_asked_about() -> None:
    audit = audit_of("các cơ quan liên quan khẩn trương rà soát quy hoạch cảng", ("các cơ quan liên quan",))
    person, time = audit.slots["person"], audit.slots["time"]
    assert not person.stated and [piece.rule for piece in person.vague] == ["person:bodies-concerned"]
    assert person.question == "“các cơ quan liên quan” là những cơ quan, đơn vị nào, ai chủ trì?"
    assert not time.stated and time.question == "“khẩn trương” là chậm nhất ngày nào?"
    nobody = audit_of("rà soát quy hoạch cảng biển")
    assert nobody.slots["person"].question == "Ai, cơ quan nào chủ trì việc “rà soát quy hoạch cảng biển”?"
    assert (nobody.slots["authority"].question or "").endswith("Cơ quan được giao được tự quyết đến đâu?")


def test_a_long_work_is_shortened_in_a_question() -> None:
    question = audit_of("rà soát " + "các công trình thủy lợi " * 20).slots["person"].question
    assert question is not None and len(question) < 130 and " …”" in question


def test_a_named_lead_beside_a_vague_one_is_enough() -> None:
    text = "Sở Y tế, các đơn vị liên quan rà soát kho thuốc"
    person = audit_of(text, ("Sở Y tế", "các đơn vị liên quan")).slots["person"]
    assert person.stated and words_of(person) == ["Sở Y tế"] and len(person.vague) == 1


def test_coordinating_bodies_of_the_records_state_responsibility() -> None:
    text = "Sở Y tế cùng Công an tỉnh rà soát kho thuốc"
    task = made_task(text, (0, len(text)), [place(text, "Sở Y tế")], coordinating=[place(text, "Công an tỉnh")])
    (audit,) = audit_document(document_with(text, made=[task]), find_profile("all"))
    assert words_of(audit.slots["responsibility"]) == ["Công an tỉnh"]


def test_a_table_states_by_its_columns() -> None:
    text = (
        "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn | Sản phẩm | Cấp trình\n"
        "1 | Rà soát đất công | Sở Tài chính | 30/6 | Báo cáo | UBND tỉnh\n"
        "2 | Kiểm kê kho thuốc | Sở Y tế | 30/7 | | \n"
    )
    works = [place(text, "Rà soát đất công"), place(text, "Kiểm kê kho thuốc")]
    document = document_with(text, [(start, end, [], None) for start, end in works])
    first, second = audit_document(document, find_profile())
    assert words_of(first.slots["product"]) == ["Báo cáo"]
    assert words_of(first.slots["authority"]) == ["UBND tỉnh"]
    assert words_of(first.slots["responsibility"]) == ["Cơ quan chủ trì"]
    assert first.slots["product"].evidence[0].rule == "column:product"
    assert not second.slots["product"].stated and not second.slots["authority"].stated


def test_proposals_are_left_out() -> None:
    document = document_with(TEXT, [(0, len(TEXT), [], None)], kind="proposal")
    assert audit_document(document, find_profile()) == []


def test_line_ends_and_odd_spaces_inside_words() -> None:
    text = "Sở Nội vụ tổng hợp,\nbáo  cáo\u00a0Ủy ban\nnhân dân tỉnh"
    reading = audit_of(text, ("Sở Nội vụ",)).slots["responsibility"]
    assert reading.stated and reading.evidence[0].exact.startswith("báo  cáo")


def test_old_and_new_tone_marks() -> None:
    for words in ("Uỷ quyền cho Giám đốc Sở ký", "Ủy quyền cho Giám đốc Sở ký"):
        assert audit_of(words).slots["authority"].stated


def test_what_the_pipeline_reads() -> None:
    text = f"Kết luận cuộc họp, Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu {TEXT}.\n"
    (audit,) = audit_document(document_of(text), find_profile())
    assert (audit.stated, audit.issuer.person, audit.exact) == (6, "Lê Văn Nam", TEXT)


def documents() -> list[Document]:
    named = Issuer(person="Lê An", role="Chủ tịch", body=None, evidence=None)
    by_role = Issuer(person=None, role="Thủ tướng", body=None, evidence=None)
    bare = "Sở y tế rà soát kho thuốc"
    return [
        document_with(
            TEXT, [(0, len(TEXT), [place(TEXT, "Sở Xây dựng")], place(TEXT, "trước ngày 30/6"))], issuer=named
        ),
        document_with(bare, [(0, len(bare), [place(bare, "Sở y tế")], None)], issuer=by_role),
        document_with("Sở Y tế rà soát kho thuốc", [(0, 25, [(0, 7)], None)], issuer=by_role),
        document_with("rà soát kho thuốc", [(0, 17, [], None)]),
    ]


def test_totals_have_their_numbers() -> None:
    profile = find_profile()
    audits = [audit for document in documents() for audit in audit_document(document, profile)]
    bodies = total_by(audits, "body", profile)
    assert [(total.name, total.tasks, total.complete) for total in bodies] == [
        ("Sở Y tế", 2, 0), ("Sở Xây dựng", 1, 1), (None, 1, 0),
    ]  # fmt: skip
    assert bodies[0].slots == {
        "person": 2, "work": 2, "responsibility": 0, "time": 0, "product": 0, "authority": 0,
    }  # fmt: skip
    issuers = total_by(reversed(audits), "issuer", profile)
    assert [(total.name, total.tasks) for total in issuers] == [("Thủ tướng", 2), ("Lê An, Chủ tịch", 1), (None, 1)]
    assert sum_up(audits, profile).tasks == 4
    assert total_by([], "body", profile) == []


def test_bodies_with_one_id_are_one() -> None:
    text = "Sở Y tế, Ngành y tế rà soát kho thuốc"
    profile = find_profile()
    task = made_task(text, (0, len(text)))
    one = [body_at(text, place(text, "Sở Y tế"), "so-y-te")]
    other = [body_at(text, place(text, "Ngành y tế"), "so-y-te")]
    audits = []
    for leads in (one, other, one + other):
        audits += audit_document(document_with(text, made=[replace(task, lead=tuple(leads))]), profile)
    (total,) = total_by(audits, "body", profile)
    assert (total.id, total.name, total.tasks) == ("so-y-te", "Ngành y tế", 3)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("báo cáo Sở Ủy ban trình kế hoạch,.;|\n\t()%12 để nhằm"), max_size=120))
def test_any_text_is_audited(text: str) -> None:
    text = "x" + text
    assert len(matched_form(text)) == len(text)
    (audit,) = audit_document(document_with(text, [(0, len(text), [], None)]), find_profile("all"))
    for reading in audit.slots.values():
        assert reading.stated is bool(reading.evidence)
        assert (reading.question is None) is reading.stated
        assert all(text[piece.start : piece.end] == piece.exact for piece in reading.evidence + reading.vague)


def test_time_grows_with_the_text() -> None:
    text = "báo cáo kết quả rà soát các việc xây dựng và trình đề xuất để " * 3000
    (audit,) = audit_document(document_with(text, [(0, len(text), [], None)]), find_profile("all"))
    assert audit.of == 7
