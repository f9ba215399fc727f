"""Properties of the whole way of one report, whatever its text."""

from __future__ import annotations

import itertools
import json
import re
import time
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.document import extract_document, findings
from pipeline.errors import UnreadableDocument
from pipeline.read import read_string
from pipeline.read.manifest import ManifestEntry
from pipeline.records import Document, Report, decode_document, document_schema, encode_document

CORPUS = Path(__file__).parents[1] / "corpus"
REPORTS = sorted(path.name for path in CORPUS.glob("*.txt"))
ENTRY = ManifestEntry(file="", published="2023-06-08")

TEXT = """Tỉnh họp bàn chống hạn

Sáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp về chống hạn ở tỉnh Hoà Bình.
Theo Sở Nông nghiệp, 12 hồ đã cạn.
“Các xã không được chủ quan, phải trực ban cả đêm”, ông Đạt nhấn mạnh.
Ông Đạt yêu cầu Sở Y tế chủ trì, phối hợp với Uỷ ban nhân dân các huyện bảo vệ sức khoẻ người dân trước ngày 20/6; \
Sở Tài chính bố trí 100% kinh phí.
Đồng thời khẩn trương kiểm tra các công trình thuỷ lợi.
Giám đốc Sở Tài chính Bùi Thị Lan hứa chuyển tiền cho các huyện trong tuần tới.
Cử tri xã Tân Lập đề nghị tỉnh sớm sửa đập Ba Khe.
"""

# Texts that break readers: what the name says, and sentences cut, glued or repeated where rules look around.
NAUGHTY = {
    "a-word": "Họp",
    "a-verb": "yêu cầu",
    "a-colon": "Chủ tịch yêu cầu:",
    "a-colon-and-nothing": "Chủ tịch UBND tỉnh yêu cầu các sở, ngành:\n",
    "marks-alone": "“”\"\"''()[]{}",
    "open-mark": "“Các xã phải trực ban",
    "close-mark": "phải trực ban”, ông Đạt nói",
    "marks-inside-out": "”Các xã phải trực ban“, ông Đạt nói.",
    "brackets-open": "Chủ tịch yêu cầu Sở Y tế ((((( rà soát thuốc; mua thêm.",
    "brackets-closed": "Chủ tịch yêu cầu Sở Y tế ))))) rà soát thuốc; mua thêm.",
    "semicolons": "Chủ tịch yêu cầu ;;;; Sở Y tế; ; rà soát;",
    "commas": "Sở Y tế,,,, , Sở Tài chính, và và và rà soát.",
    "colons": "Các Bộ: : : Tài chính:: rà soát.",
    "dashes": "- - - – — Sở Y tế - - rà soát - ",
    "markers-alone": "1.\n2.\na)\n-\nI.\n",
    "markers-on-one-line": "1. 2. 3. a) b) - + Sở Y tế rà soát.",
    "impossible-days": "Chủ tịch yêu cầu Sở Y tế báo cáo trước ngày 31/2, 99/99/9999, 0/0, 32/13/2023, quý XX.",
    "many-days": "Chủ tịch yêu cầu Sở Y tế báo cáo trước ngày " + ", ".join(f"{day}/6" for day in range(1, 31)) + ".",
    "long-word": "Chủ tịch yêu cầu Sở Y tế " + "a" * 5000 + " báo cáo.",
    "long-number": "Chủ tịch yêu cầu Sở Y tế trồng " + "9" * 5000 + " ha rừng trước ngày " + "1" * 400 + ".",
    "long-name": "Ông " + "Nguyễn " * 300 + "yêu cầu Sở Y tế báo cáo.",
    "long-role": "Chủ tịch, " * 200 + "yêu cầu Sở Y tế báo cáo.",
    "long-list": "Chủ tịch yêu cầu " + ", ".join(["Sở Y tế"] * 300) + " báo cáo.",
    "many-verbs": "yêu cầu đề nghị giao chỉ đạo " * 100,
    "many-modals": "cần phải không được " * 100,
    "tabs": "Chủ tịch\tyêu cầu\tSở Y tế\tbáo cáo.",
    "no-break-blanks": "Chủ\u00a0tịch yêu\u00a0cầu Sở\u00a0Y\u00a0tế báo cáo.",
    "line-ends": "Chủ tịch\nyêu cầu\nSở Y tế\nbáo cáo\ntrước ngày\n30/6.",
    "table": "| STT | Việc |\n|---|---|\n| 1 | Sở Y tế rà soát |\n|||||\n| |\n",
    "official-head-alone": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n",
    "official-in-capitals": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÔNG BÁO\nCHỦ TỊCH YÊU CẦU SỞ Y TẾ BÁO CÁO.\n",
    "recipients-alone": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNơi nhận:\n- Sở Y tế;\n",
    "capital-i-with-a-dot": "İİİ yêu cầu Sở Y tế İ báo cáo trước ngày 30/6.",
    "letters-that-lengthen": "ß ŉ ǰ ΐ ﬁ yêu cầu Sở Y tế báo cáo.",
    "loose-tones": "Ho\u0323\u0301p yêu\u0301\u0323 cầu Sở Y tế báo cáo.",
    "nfd": unicodedata.normalize("NFD", "Chủ tịch yêu cầu Sở Y tế báo cáo."),
    "right-to-left": "\u202eChủ tịch yêu cầu Sở Y tế báo cáo.\u202c",
    "surrogate-pairs": "😀" * 50 + " Chủ tịch yêu cầu Sở Y tế 😀 báo cáo trước ngày 30/6 😀",
    "controls": "Chủ tịch\x00 yêu cầu\x01 Sở Y tế\x7f báo cáo\x1b[0m trước ngày 30/6.",
    "odd-line-ends": "Chủ tịch\u2028yêu cầu\u2029Sở\x85Y tế\x0bbáo\x0ccáo.",
    "zero-width": "Chủ\u200b tịch\u200d yêu\u2060 cầu\u00ad Sở Y tế báo cáo.",
    "pattern": r"Chủ tịch (.*)+ yêu cầu [a-z]{1,9} \1 Sở Y tế $ ^ báo cáo.",
    "markup": "<p>Chủ tịch <b>yêu cầu</b> Sở Y tế &amp; Sở Tài chính</p><script>alert(1)</script>",
    "other-language": "The chairman requires the Department of Health to report by June 30.",
}  # fmt: skip


def report_of(text: str) -> Report:
    return read_string(text, entry=ENTRY)


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(document_schema())


def spans(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every claim, however deep, that a run of the text reads so."""
    if isinstance(value, dict):
        if {"start", "end"} <= value.keys():
            words = value.get("exact", value.get("text") if "id" in value else None)
            if words is not None:
                yield value["start"], value["end"], words
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from spans(item)


def check(document: Document) -> None:
    """What holds for every document."""
    data = encode_document(document)
    plain = json.loads(data)
    validator().validate(plain)
    assert decode_document(data) == document
    text = document.text
    for start, end, words in spans(plain):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == words
    tasks = [task for directive in document.directives for task in directive.tasks]
    assert all(directive.tasks for directive in document.directives)
    ids = [task.id for task in tasks]
    assert len(ids) == len(set(ids))
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(tasks))
    for task in tasks:
        assert task.span.exact.strip() == task.span.exact
        assert task.action
        assert 0 < task.confidence < 1
        assert task.rules
        if task.deadline is not None and task.deadline.start and task.deadline.end:
            assert task.deadline.start <= task.deadline.end


@pytest.mark.parametrize("name", NAUGHTY)
def test_naughty_texts(name: str) -> None:
    for text in (NAUGHTY[name], f"{TEXT}{NAUGHTY[name]}\n{TEXT}"):
        check(extract_document(report_of(text)))


@pytest.mark.parametrize("name", REPORTS)
def test_the_corpus(name: str) -> None:
    check(extract_document(report_of((CORPUS / name).read_text(encoding="utf-8"))))


WORDS = st.sampled_from(sorted(set(re.findall(r"\w+|[^\w\s]|\s+", TEXT))))
SENTENCES = st.sampled_from([*TEXT.split("\n"), *NAUGHTY.values()])
SHUFFLED = st.one_of(
    st.lists(WORDS, max_size=60).map("".join),
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(SENTENCES, max_size=6).map("\n".join),
    st.text(max_size=120),
)


@given(SHUFFLED)
def test_any_text_gives_a_valid_document(text: str) -> None:
    try:
        report = report_of(text)
    except UnreadableDocument:
        assume(False)
    check(extract_document(report))


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
@settings(max_examples=40)
def test_any_part_of_a_report_gives_a_valid_document(one: int, other: int) -> None:
    text = TEXT[min(one, other) : max(one, other)]
    assume(text.strip())
    check(extract_document(report_of(text)))


@pytest.mark.parametrize("text", [TEXT, *NAUGHTY.values()], ids=["report", *NAUGHTY])
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    first = encode_document(extract_document(report_of(text)))
    assert encode_document(extract_document(report_of(text))) == first


def test_a_report_does_not_depend_on_those_read_before() -> None:
    alone = encode_document(extract_document(report_of(TEXT)))
    for name in REPORTS[:5]:
        extract_document(report_of((CORPUS / name).read_text(encoding="utf-8")))
    assert encode_document(extract_document(report_of(TEXT))) == alone


def told(document: Document) -> dict[str, Any]:
    """The document but for what tells of the file's bytes."""
    plain: dict[str, Any] = json.loads(encode_document(document))
    del plain["document"]["id"], plain["document"]["sha256"], plain["document"]["notes"]
    tasks = [task for directive in plain["directives"] for task in directive["tasks"]]
    for one in (*plain["directives"], *tasks, *plain["progress"]):
        del one["id"]
    return plain


@pytest.mark.parametrize("name", ["", *REPORTS[::6]])
def test_decomposed_text_gives_what_composed_text_gives(name: str) -> None:
    text = (CORPUS / name).read_text(encoding="utf-8") if name else TEXT
    composed = extract_document(report_of(text))
    decomposed = extract_document(report_of(unicodedata.normalize("NFD", text)))
    assert told(decomposed) == told(composed)
    assert composed.directives or name.startswith("news")


OLD_PLACE = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe",
             "oẽ": "õe", "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip
TONES = OLD_PLACE | {new[0].upper() + new[1:]: old[0].upper() + old[1:] for new, old in OLD_PLACE.items()}
NEW_PLACE = {old: new for new, old in TONES.items()}


def move_tones(text: str, table: dict[str, str]) -> str:
    """The text with the tone of an open oa, oe, uy on the other vowel: "hòa" as "hoà"."""
    return re.sub(rf"(?<![qQ])(?:{'|'.join(table)})(?![^\W\d_])", lambda found: table[found[0]], text)


WORD_KEYS = {
    "text", "exact", "prefix", "suffix", "action", "name", "title", "person", "role", "roles", "body", "long", "verb",
    "urgency", "unit", "reason",
}  # fmt: skip


def without_words(value: Any) -> Any:
    """Offsets, kinds, rules, days and ids of bodies: all but the words themselves."""
    if isinstance(value, dict):
        return {key: without_words(item) for key, item in value.items() if key not in WORD_KEYS}
    return [without_words(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["", *REPORTS[::4]])
def test_where_the_tone_stands_changes_no_field(name: str) -> None:
    text = (CORPUS / name).read_text(encoding="utf-8") if name else TEXT
    old, new = move_tones(text, TONES), move_tones(text, NEW_PLACE)
    assert old != new or name
    one, other = (told(extract_document(report_of(each))) for each in (old, new))
    assert without_words(one) == without_words(other)


def test_findings_are_slices_in_order() -> None:
    found = findings(report_of(TEXT))
    assert all(TEXT[one.start : one.end] == one.exact for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert {"block", "sentence", "cue", "person", "issuer", "task", "lead", "coordinating", "deadline"} <= {
        one.kind for one in found
    }


def test_time_grows_as_the_text_does() -> None:
    """Four times the text, at most nine times the time; quadratic work would take sixteen."""
    sizes = (50_000, 200_000)
    reports = [report_of(TEXT * (size // len(TEXT.encode()))) for size in sizes]
    extract_document(report_of(TEXT))
    seconds = []
    for report in reports:
        runs = []
        for _ in range(2):
            start = time.process_time()
            extract_document(report)
            runs.append(time.process_time() - start)
        seconds.append(min(runs))
    assert seconds[1] < 9 * seconds[0], seconds


def test_a_document_counts_from_its_own_day_though_published_later() -> None:
    text = (
        "ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH YÊN BÌNH                   Độc lập - Tự do - Hạnh phúc\n"
        "Số: 45/TB-UBND               Yên Bình, ngày 07 tháng 6 năm 2023\n\n"
        "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh Lò Văn Đạt tại cuộc họp về rừng\n\n"
        "Chủ tịch UBND tỉnh kết luận như sau:\n\n1. Sở Y tế mua thuốc trước ngày 30/6.\n"
    )
    document = extract_document(read_string(text, entry=ManifestEntry(file="", published="2024-03-12")))
    ends = [task.deadline.end for row in document.directives for task in row.tasks if task.deadline is not None]
    assert ends == ["2023-06-30"]


@pytest.mark.parametrize(("stated", "end"), [("2023", "2023-06-30"), ("9394", "2024-06-30"), ("0012", "2024-06-30")])
def test_a_misprinted_year_is_no_day_to_count_from(stated: str, end: str) -> None:
    text = (
        f"Số: 45/TB-UBND               Yên Bình, ngày 07 tháng 6 năm {stated}\n\n"
        "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh Lò Văn Đạt tại cuộc họp về rừng\n\n"
        "Chủ tịch UBND tỉnh kết luận như sau:\n\n1. Sở Y tế mua thuốc trước ngày 30/6.\n"
    )
    document = extract_document(read_string(text, entry=ManifestEntry(file="", published="2024-03-12")))
    assert [task.deadline and task.deadline.end for row in document.directives for task in row.tasks] == [end]


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_a_databases_zero_is_no_day_to_count_from(published: str) -> None:
    text = "Thủ tướng Lê Văn An yêu cầu Bộ Y tế báo cáo trước ngày 30/6."
    document = extract_document(read_string(text, entry=ManifestEntry(file="", published=published)))
    (deadline,) = [task.deadline for row in document.directives for task in row.tasks]
    assert deadline is not None
    assert (deadline.text, deadline.end) == ("trước ngày 30/6", None)
