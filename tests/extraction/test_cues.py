"""Cues in sentences: their edges and forces, and nouns and names that only look like them."""

from __future__ import annotations

import pytest

from pipeline.extraction.cues import find_cues
from tests.extraction.pages import page_of

# Every cue of the sentence, in order: its words and its force.
SENTENCES = {
    "order": ("Chủ tịch UBND tỉnh yêu cầu Sở Y tế báo cáo.", [("yêu cầu", "order")]),
    "with-adverb": ("Ông Nam cũng đề nghị xã sửa đường.", [("cũng đề nghị", "request")]),
    "two-verbs": ("Ông Nam yêu cầu và đề nghị các xã làm ngay.", [("yêu cầu", "order"), ("đề nghị", "request")]),
    "by-letter": ("Tỉnh đã có văn bản kiến nghị Bộ Tài chính.", [("đã có văn bản kiến nghị", "proposal")]),
    "pledge": ("Bộ trưởng cam kết sẽ giải ngân hết.", [("cam kết", "pledge")]),
    "stress": ("Thủ tướng nhấn mạnh, phải giữ nghiêm kỷ cương.", [("nhấn mạnh", "stress")]),
    "said-and-wished": ("Bà Tư nói, dân mong muốn có cầu.", [("nói", "say"), ("mong muốn", "proposal")]),
    "behind-the-name-duoc": ("Ông Trần Văn Được đề nghị xã sửa đường.", [("đề nghị", "request")]),
    "behind-the-name-giao": ("Ông Lê Văn Giao yêu cầu làm ngay.", [("yêu cầu", "order")]),
    "secretary": ("Tổng Bí thư yêu cầu các cấp ủy làm ngay.", [("yêu cầu", "order")]),
    "capitals": ("THỦ TƯỚNG YÊU CẦU CÁC BỘ BÁO CÁO.", [("YÊU CẦU", "order")]),
    "quality": ("Sản phẩm đạt yêu cầu kỹ thuật.", []),
    "at-somebodys-request": ("Lễ khởi công được tổ chức theo đề nghị của tỉnh.", []),
    "steering-committee": ("Ban Chỉ đạo phòng chống thiên tai họp.", []),
    "passive-ban": ("Xe tải bị cấm vào phố.", []),
    "briefing": ("Ủy ban giao ban hằng tuần.", []),
    "serve": ("Đội bạn được giao bóng.", []),
    "noun-in-plural": ("Các kiến nghị, đề xuất của cử tri được tiếp thu.", []),
    "technology-transfer": ("Dự án chuyển giao công nghệ.", []),
    "negated": ("Tôi không giao việc này cho ai.", []),
    "traffic": ("Nút giao thông này hay ùn tắc.", []),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_cues_of_a_sentence(case: str) -> None:
    text, cues = SENTENCES[case]
    found = find_cues(page_of(text), 0, len(text))
    assert [(text[cue.start : cue.end], cue.force) for cue in found] == cues


def test_tone_placement_and_case_do_not_matter() -> None:
    text = "Chủ tịch yêu cầu đội thi hoàn thành."
    pair = [find_cues(page_of(one), 0, len(one)) for one in (text, text.upper(), text.replace("hoà", "hòa"))]
    assert pair[0] and pair[0] == pair[1] == pair[2]


def test_the_bounds_are_kept() -> None:
    text = "Thủ tướng yêu cầu các bộ báo cáo. Ông Nam đề nghị các xã họp."
    first = text.index("Ông Nam")
    assert [cue.start for cue in find_cues(page_of(text), 0, first)] == [text.index("yêu cầu")]
    assert [cue.start for cue in find_cues(page_of(text), first, len(text))] == [text.index("đề nghị")]


@pytest.mark.parametrize(("verb", "past"), [("yêu cầu", False), ("đã yêu cầu", True), ("vừa đề nghị", False)])
def test_past(verb: str, past: bool) -> None:
    text = f"Thủ tướng {verb} các bộ báo cáo."
    assert [cue.past for cue in find_cues(page_of(text), 0, len(text))] == [past]
