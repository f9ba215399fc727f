"""Who speaks: subjects of verbs, quotations, "Theo …"."""

from __future__ import annotations

import pytest

from pipeline.extraction.quotations import find_quotations
from pipeline.extraction.speakers import Speaker
from tests.extraction.pages import place_of, speakers_of

Who = tuple[str | None, str | None, str | None]


def who_of(speaker: Speaker | None) -> Who | None:
    """Person, office and body."""
    return None if speaker is None else (speaker.person, speaker.role, speaker.body)


# Sentence, its verb, and the verb's subject.
SUBJECTS: dict[str, tuple[str, str, Who | None]] = {
    "person-with-role": (
        "Chủ tịch UBND tỉnh Lò Văn Đạt yêu cầu Sở Y tế báo cáo.",
        "yêu cầu",
        ("Lò Văn Đạt", "Chủ tịch UBND tỉnh", None),
    ),
    "behind-an-adverbial-and-a-verb": (
        "Kết luận cuộc họp, Chủ tịch UBND tỉnh Lò Văn Đạt đã nêu rõ và yêu cầu Sở Y tế báo cáo.",
        "yêu cầu",
        ("Lò Văn Đạt", "Chủ tịch UBND tỉnh", None),
    ),
    "role-in-apposition": (
        "Tại cuộc họp, bà Mai Thị Lài, Giám đốc Sở Tài chính, đề nghị các huyện báo cáo.",
        "đề nghị",
        ("Mai Thị Lài", "Giám đốc Sở Tài chính", None),
    ),
    "title-alone": ("Thủ tướng yêu cầu các bộ báo cáo.", "yêu cầu", (None, "Thủ tướng", None)),
    "epithet": ("Người đứng đầu Chính phủ yêu cầu các bộ báo cáo.", "yêu cầu", (None, "Thủ tướng", None)),
    "body": ("Trước đó, ngày 2/3, Sở Y tế đề nghị UBND tỉnh cấp thuốc.", "đề nghị", (None, None, "Sở Y tế")),
    "verb-inside-a-name": (
        "Trước đó, Bộ Giao thông vận tải đã giao Cục Đường bộ sửa cầu.",
        "đã giao",
        (None, None, "Bộ Giao thông vận tải"),
    ),
    "comma-inside-a-name": (
        "Sở Văn hóa, Thể thao và Du lịch yêu cầu các huyện báo cáo.",
        "yêu cầu",
        (None, None, "Sở Văn hóa, Thể thao và Du lịch"),
    ),
    "society-is-no-commune": (
        "Bộ Lao động, thương binh và xã hội yêu cầu các tỉnh báo cáo.",
        "yêu cầu",
        (None, None, "Bộ Lao động, thương binh và xã hội"),
    ),
    "body-by-letter": ("UBND tỉnh vừa có văn bản yêu cầu các huyện rà soát.", "yêu cầu", (None, None, "UBND tỉnh")),
    "body-of-a-document": (
        "Công điện số 12 của UBND tỉnh nêu rõ, các huyện phải trực ban.",
        "nêu rõ",
        (None, None, "UBND tỉnh"),
    ),
    "people": (
        "Nhiều hộ dân xã Tân Lập kiến nghị tỉnh sửa đường.",
        "kiến nghị",
        (None, None, "Nhiều hộ dân xã Tân Lập"),
    ),
    "pronoun-without-anyone": ("Ông yêu cầu các xã làm ngay.", "yêu cầu", None),
    "nobody": ("Từ thực tế đó, yêu cầu các xã làm ngay.", "yêu cầu", None),
    "a-thing": ("Đường hỏng nặng nên yêu cầu nhà thầu sửa.", "yêu cầu", None),
}


@pytest.mark.parametrize("case", SUBJECTS)
def test_subject(case: str) -> None:
    text, verb, who = SUBJECTS[case]
    found = speakers_of(text).subject(0, place_of(text, verb), None)
    assert who_of(found) == who
    if found is not None:
        assert text[found.start : found.end].strip(" ,")


def test_a_pronoun_is_who_spoke_last() -> None:
    text = "Giám đốc Sở Y tế Bùi Thị Lan báo cáo. Bà yêu cầu các bệnh viện trực."
    last = Speaker("Bùi Thị Lan", "Giám đốc Sở Y tế", None, 0, 29, "role-and-name")
    found = speakers_of(text).subject(place_of(text, "Bà "), place_of(text, "yêu cầu"), last)
    assert who_of(found) == ("Bùi Thị Lan", "Giám đốc Sở Y tế", None)


def test_a_given_name_takes_name_and_office_of_the_person() -> None:
    text = "Chủ tịch UBND tỉnh Lò Văn Đạt họp. Ông Đạt yêu cầu các xã làm ngay."
    found = speakers_of(text).subject(place_of(text, "Ông Đạt"), place_of(text, "yêu cầu"), None)
    assert who_of(found) == ("Lò Văn Đạt", "Chủ tịch UBND tỉnh", None)


def test_an_office_takes_the_name_that_is_told_later() -> None:
    text = "Thủ tướng yêu cầu các bộ báo cáo. Cuộc họp do Thủ tướng Lưu Bách Nghệ chủ trì."
    found = speakers_of(text).subject(0, place_of(text, "yêu cầu"), None)
    assert who_of(found) == ("Lưu Bách Nghệ", "Thủ tướng", None)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param("Theo ông Nhân, hồ đã cạn.", ("Nhân", None, None), id="given-name"),
        pytest.param(
            "Cũng theo Giám đốc Sở Y tế Bùi Thị Lan, dịch đã giảm.",
            ("Bùi Thị Lan", "Giám đốc Sở Y tế", None),
            id="also-by",
        ),
        pytest.param("Theo UBND tỉnh, 5 xã mất điện.", (None, None, "UBND tỉnh"), id="body"),
        pytest.param("Theo người đứng đầu Chính phủ, việc này gấp.", (None, "Thủ tướng", None), id="epithet"),
        pytest.param("Theo báo cáo của Sở Y tế, dịch giảm.", None, id="a-paper"),
        pytest.param("Theo quy định, chủ đầu tư phải làm.", None, id="a-rule"),
        pytest.param("Theo đó, các xã làm ngay.", None, id="accordingly"),
    ],
)
def test_by_theo(text: str, who: Who | None) -> None:
    speakers = speakers_of(text)
    assert who_of(speakers.by_theo(speakers.page.sentences[0], None)) == who


WORDS = "Chúng ta phải làm ngay, không được chậm trễ"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"“{WORDS}”, ông Lò Văn Đạt nói.", id="attribution-behind"),
        pytest.param(f"Ông Lò Văn Đạt nói: “{WORDS}”.", id="attribution-before"),
        pytest.param(f'Ông Lò Văn Đạt nói: "{WORDS}".', id="straight-marks"),
        pytest.param(f'"{WORDS}" - ông Lò Văn Đạt nhấn mạnh.', id="behind-a-dash"),
    ],
)
def test_a_quotation_and_its_speaker(text: str) -> None:
    found = find_quotations(speakers_of(text))
    assert [(text[q.start : q.end], q.speaker and q.speaker.person) for q in found] == [(WORDS, "Lò Văn Đạt")]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_mark_is_seen_once_however_lines_are_parted(between: str) -> None:
    said = [f'Ông {name} nói: "{WORDS}."' for name in ("Lò Văn Đạt", "Bùi Văn Sơn")]
    text = between.join(("Cuộc họp về đê", *said, "Mưa vẫn rơi."))
    found = find_quotations(speakers_of(text))
    assert [(text[q.start : q.end], q.speaker and q.speaker.person) for q in found] == [
        (f"{WORDS}.", "Lò Văn Đạt"), (f"{WORDS}.", "Bùi Văn Sơn"),
    ]  # fmt: skip


def test_a_quotation_over_sentences() -> None:
    text = "Ông Lò Văn Đạt nói: “Chúng ta phải làm ngay. Việc này rất gấp. Không ai được đứng ngoài.” Mưa vẫn rơi."
    [found] = find_quotations(speakers_of(text))
    assert (found.first, found.last) == (0, 2)
    assert text[found.end :] == "” Mưa vẫn rơi."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('Các "đầu nậu" cát bị bắt.', id="a-word-in-marks"),
        pytest.param(f'Ông Lò Văn Đạt nói: "{WORDS}. Mưa vẫn rơi. Nước vẫn lên.', id="never-closed"),
        pytest.param(f"{WORDS}”, ông Lò Văn Đạt nói.", id="never-opened"),
        pytest.param('Ông Đạt nói: "' + "Mưa vẫn rơi. " * 20 + '" Nước lên.', id="closed-too-late"),
    ],
)
def test_no_quotation(text: str) -> None:
    assert find_quotations(speakers_of(text)) == []
