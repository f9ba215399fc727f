"""Text files and what isn't one."""

from __future__ import annotations

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.read.plain_text import read_markdown, read_plain_text


def test_characters_stay_as_they_are() -> None:
    content = read_plain_text("Hoà\u0301  bình\r\n\x0c\x07".encode(), "a.txt")
    assert content.text == "Hoà\u0301  bình\r\n\x0c\x07"
    assert (content.media_type, content.encoding) == ("text/plain", "utf-8")
    assert read_markdown(b"# a", "a.md").media_type == "text/markdown"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        ("Trước ngày".encode("cp1258", "replace") + b"\xff", "not UTF-8"),
        (bytes(range(256)), "binary"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"abc".replace(b"b", b"\xe1\xbb"), "not UTF-8 (byte 1)"),
    ],
)
def test_refused(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_plain_text(data, "x/a.txt")
    assert problem in caught.value.problem
    assert caught.value.where == "x/a.txt"
    assert caught.value.remedy


def test_the_encoding_is_found_and_told() -> None:
    content = read_plain_text("Sở Y tế báo cáo".encode("utf-16"), "a.txt")
    assert (content.text, content.encoding) == ("Sở Y tế báo cáo", "utf-16-le")
    assert [note.code for note in content.notes] == ["byte_order_mark"]


def test_the_encoding_can_be_asked_for() -> None:
    assert read_plain_text(b"S\xeb Y t\xd5", "a.txt", "abc").text == "Sở Y tế"
    assert read_markdown(b"S\xeb Y t\xd5", "a.md", "tcvn3").encoding == "tcvn3"


def test_a_few_control_characters_are_text() -> None:
    assert "\x00" in read_plain_text(("a\x00b" + "chữ " * 50).encode(), "a.txt").text
