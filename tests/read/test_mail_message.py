"""Mail messages: their text, subject and day, and what is attached."""

from __future__ import annotations

import unicodedata
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.read import mail_message
from pipeline.read.mail_message import attachments, read_mail_message

WORDS = "Sở Y tế báo cáo trước ngày 30/6.\nUBND các huyện rà soát.\n"


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Văn phòng <vp@tinh.example>"
    made["To"] = "so@tinh.example"
    made["Subject"] = headers.get("subject", "Kết luận cuộc họp")
    made["Date"] = headers.get("date", "Fri, 07 Jun 2024 23:30:00 +0000")
    return made


def with_attachments() -> EmailMessage:
    made = message()
    made.set_content(WORDS)
    made.add_alternative("<p>khác</p>", subtype="html")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Thông báo số 5.pdf")
    made.add_attachment("a,b\n", subtype="csv", filename="../../bang.csv")
    made.add_attachment(message(subject="Trong"))
    return made


def test_plain_text() -> None:
    made = message(subject="Fwd: Re: Kết luận cuộc họp")
    made.set_content(WORDS)
    content = read_mail_message(bytes(made), "a.eml")
    assert content.text == WORDS
    assert (content.title, content.published) == ("Kết luận cuộc họp", "2024-06-08")
    assert (content.media_type, content.encoding) == ("message/rfc822", "utf-8")
    assert [(note.code, note.detail) for note in content.notes] == [("sender", "Văn phòng <vp@tinh.example>")]


def test_html_alone_is_read_as_a_page() -> None:
    made = message()
    made.set_content("<html><body><p>Sở Y tế báo cáo.</p><table><tr><th>a<th>b</table></body></html>", subtype="html")
    content = read_mail_message(bytes(made), "a.eml")
    assert content.text == "Sở Y tế báo cáo.\n| a | b |\n"
    assert [content.text[b.start : b.end] for b in content.blocks] == ["| a | b |"]


def test_attachments_are_listed_and_given_out() -> None:
    data = bytes(with_attachments())
    content = read_mail_message(data, "a.eml")
    assert content.text == WORDS
    note = next(note for note in content.notes if note.code == "attachments_left_out")
    assert note.count == 3
    assert note.detail.startswith("Thông báo số 5.pdf, bang.csv, attachment-")
    given_out = list(attachments(data))
    assert [name for name, _ in given_out][:2] == ["Thông báo số 5.pdf", "bang.csv"]
    assert given_out[0][1] == b"%PDF-1.4"
    assert given_out[2][0].endswith(".eml")
    assert "Trong" in given_out[2][1].decode()


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1258"])
def test_charsets(charset: str) -> None:
    written = "Ho\u0323p" if charset == "windows-1258" else "Họp"
    body = written.encode(charset)
    import base64

    data = (
        b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Type: text/plain; charset=" + charset.encode() + b"\r\n\r\n" + base64.b64encode(body)
    )
    content = read_mail_message(data, "a.eml")
    assert unicodedata.normalize("NFC", content.text) == "Họp"
    assert content.encoding == {"utf-16": "utf-16-le"}.get(charset, charset)


def test_flowed_lines_are_joined() -> None:
    data = (
        "From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: 8bit\r\n"
        "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nSở Y tế \r\nbáo cáo.\r\nHết\r\n"
    )
    assert read_mail_message(data.encode(), "a.eml").text.split() == ["Sở", "Y", "tế", "báo", "cáo.", "Hết"]
    assert "Sở Y tế báo cáo." in read_mail_message(data.encode(), "a.eml").text


def test_pages_saved_whole() -> None:
    data = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://bao.example/1\r\nSubject: =?utf-8?Q?Trang?=\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=X\r\n\r\n--X\r\n"
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><head><title>H=E1=BB=8Dp"
        "</title></head><body><p>N=E1=BB=99i dung.</p></body></html>\r\n--X\r\nContent-Type: image/png\r\n"
        "Content-Location: a.png\r\n\r\nx\r\n--X--\r\n"
    )
    content = read_mail_message(data.encode(), "a.mht")
    assert (content.text, content.title, content.url) == ("Nội dung.\n", "Họp", "https://bao.example/1")
    assert (content.media_type, content.published) == ("multipart/related", None)


def test_no_text_of_its_own() -> None:
    made = message()
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(UnreadableDocument, match=r"no text of its own \(1 attachments: a\.pdf\)"):
        read_mail_message(bytes(made), "x/a.eml")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_message, "PARTS_MAX", 3)
    with pytest.raises(UnreadableDocument, match="more than 3 parts"):
        read_mail_message(bytes(with_attachments()), "a.eml")
    monkeypatch.setattr(mail_message, "MESSAGE_MAX", 10)
    with pytest.raises(UnreadableDocument, match="too large"):
        list(attachments(bytes(with_attachments())))


@pytest.mark.parametrize("date", ["", "hôm qua", "Fri, 99 Jun 2024 23:30:00 +0000", "1 Jan 99999"])
def test_no_certain_day(date: str) -> None:
    data = f"From: a@b.example\nSubject: x\nDate: {date}\n\nHọp\n"
    assert read_mail_message(data.encode(), "a.eml").published is None


@given(st.binary(max_size=200), st.integers(0, 3000))
def test_broken_messages_fail_in_order(noise: bytes, at: int) -> None:
    data = bytes(with_attachments())
    broken = data[:at] + noise + data[at + len(noise) :]
    try:
        assert read_mail_message(broken, "a.eml").text
        list(attachments(broken))
    except UnreadableDocument as error:
        assert error.where == "a.eml" or not error.where


HEAD = b"From: a@b.vn\r\nTo: c@d.vn\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


@pytest.mark.parametrize(
    "content",
    [b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\na\r\n" * 200_000 + b"--x--\r\n",
     b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(5000))],
)  # fmt: skip
def test_parts_are_counted_before_they_are_parsed(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="more than 1000 parts"):
        read_mail_message(HEAD + content, "a.eml")


def test_many_rules_of_dashes_are_no_parts() -> None:
    content = b'Content-Type: text/plain; charset=utf-8\r\nX: boundary="x"\r\n\r\n' + b"--\r\nA\r\n" * 2000
    assert read_mail_message(HEAD + content, "a.eml").text.count("A") == 2000


def test_only_the_beginning_of_a_long_header_is_parsed() -> None:
    # Parsed whole, each of these takes minutes.
    words = b"=?utf-8?q?H=E1=BB=8Dp?= " * 50_000
    made = b"From: a@b.vn\r\nTo: c@d.vn\r\nSubject: " + words + b"\r\nContent-Type: text/plain" + b"; a=b" * 50_000
    content = read_mail_message(made + b"\r\n\r\nBao cao", "a.eml")
    assert content.text.strip() == "Bao cao"
    assert content.title is not None and content.title.startswith("Họp")


def test_a_charset_that_is_no_name_is_passed_over() -> None:
    made = HEAD + b"Content-Type: text/html; charset=\0\0\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>B\xc3\xa1o</p>"
    assert read_mail_message(made, "a.eml").text == "Báo\n"
