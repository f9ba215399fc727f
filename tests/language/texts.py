"""Texts the language tests share: real reports, generated sentences, and strings that break tokenizers."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

NAUGHTY = (
    "", " ", "   ", "\n", "\r\n", "\t\t", "\u00a0", "\u200b", "\ufeff", "\x00", "\x1f", "\x85", "\u2028", "\u3000",
    "a", ".", "...", "…", '"', "“", " . ", "\n\n\na\n\n", "a  b", "a\u00a0b", "a\u200bb", "a\tb", " a", "a ", "  a  b ",
    "hoá  hòa\u0301", "Uỷ\nban", "Thanh\nHóa họp.\nÔng nói", unicodedata.normalize("NFD", "Ủy ban tỉnh Thừa Thiên."),
    "40x40x30", "64N6E", "Thyssen", "Th s", "Th.s Nguyễn", "Konráðsdóttir", "ÐẠI HỌC", "nghành bíết", "H'Mông N’Thôn",
    "👩‍👩‍👧‍👦 họp", "🇻🇳🇻🇳", "e\u0301\u0302\u0323", "\u0301", "\u0301\u0301a", "ﬁ ſ ß İ ı Σς", "한글 각", "日本語。",
    "\u0958", "\u0344", "x" * 3000, "1" * 3000, "a." * 500, "A. " * 300, "( ( ( [ {", '"""""', "٣٤ ½ ² Ⅳ",
    "\u202eabc\u202c", "a\x08b", "BOS EOS BOS", "X X X", ":) :D =)) <3", "http://a.b/c?d=e,f. x@y.z", "\U0001d15e",
    "\u0b3e\u0b57", "\u1100\u1161\u11a8",
)  # fmt: skip

_SYLLABLES = """
    ông bà Nguyễn Văn Thị Hà Nội Hồ Chí Minh thủ tướng chính phủ yêu cầu chỉ đạo bộ sở y tế giáo dục uỷ ban nhân dân
    hoá hoàn thành trước ngày tháng năm quý báo cáo kết quả thực hiện nhiệm vụ công an tỉnh Thanh Quảng Ninh không
    được và các của cho là có trong với nghành khoẻ thuý Putin Mỹ TP.HCM UBND TP PGS.TS. Th.s NĐ-CP v.v. v.v H&M
    e-mail chinhphu.vn BOS EOS X
"""
_NUMBERS = """
    1 30 2025 30/6 30/6/2025 30.6.2025 1.234,5 3.390 08-2014 10:20:50 43H-0530 40x40x30 4K
"""
_SIGNS = ".,;:!?()[]\"'“”‘’-–…/%+=<>*&@#°×"
_ODD = "ð Ð \u200b \u0301 ² ½ ß İ ǅ 中 한 👍 \x08 ٣ Σ _ ª Ａ ... -> ==> :)) --"
_POOLS = (_SYLLABLES.split(), list(_SIGNS), _NUMBERS.split(), [*_ODD.split(" "), "\u00a0"])


def read_reports(folder: Path) -> list[str]:
    """The reports in a folder, NFC."""
    return [unicodedata.normalize("NFC", path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def random_sentence(seed: int) -> str:
    """A sentence-like run of syllables, numbers, signs and odd characters, mostly spaced."""
    choose = random.Random(seed)
    parts = []
    for _ in range(choose.randint(1, 40)):
        pool = choose.choices(_POOLS, weights=(70, 15, 8, 7))[0]
        word = choose.choice(pool)
        parts.append(choose.choice((word, word, word, word.title(), word.upper())))
        parts.append(choose.choice(("", " ", " ", " ", " ", " ", "  ", "\n")))
    return unicodedata.normalize("NFC", "".join(parts))
