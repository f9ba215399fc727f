"""Mail messages (`.eml`) and pages saved whole (`.mht`): the text of the message, and what is attached to it.

The plain part is read where there is one, else the HTML part as a web page is. A message's subject is its title, its
date the day it was sent, in Vietnam's time. Attachments are no part of the text: a note lists them, and `attachments`
gives them out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from typing import Any

from pipeline.errors import UnreadableDocument
from pipeline.read.formats import FORMATS
from pipeline.read.html_tree import decode_page
from pipeline.read.normalise import normalise
from pipeline.read.web_page import read_markup
from pipeline.records import FileText, Note

MESSAGE_MAX = 64 * 1024 * 1024
"""Bytes of a message with all that is attached to it."""
PARTS_MAX = 1000
HEADER_MAX = 4000
"""Characters of a header that are read."""
_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\"\r\n;]{1,200})", re.IGNORECASE)
_PART_LINE = re.compile(rb"\n--([^\r\n]{1,200})")
_FORWARD = re.compile(r"^(?:\s*(?:re|fwd?|tr|trả lời|chuyển tiếp)\s*:\s*)+", re.IGNORECASE)


def read_mail_message(data: bytes, where: str) -> FileText:
    """The text of a message; its subject without "Fwd:" as title, the day it was sent, the sender in a note.

    Raises UnreadableDocument where it is too large, has more than PARTS_MAX parts, or no text of its own: what it then
    has attached is named.
    """
    message = _parse(data, where)
    parts = list(_parts(message, where))
    plain = [part for part in parts if _is_text(part, "plain")]
    pages = [part for part in parts if _is_text(part, "html")]
    held = [_attachment_name(part, i) for i, part in enumerate(parts) if _is_attachment(part)]
    content, encoding = None, "utf-8"
    for part in plain:
        text, encoding = _text(part, where)
        if text.strip():
            text = _unwrapped(part, text)
            content = FileText(text=text, media_type="text/plain", encoding=encoding)
            break
    if content is None:
        for part in pages:
            text, encoding = _text(part, where)
            if re.sub(r"<[^>]*>", "", text).strip():
                content = read_markup(text, where)
                break
    if content is None:
        raise UnreadableDocument(
            "the message has no text of its own ({count} attachments: {names})",
            where=where,
            remedy="Save what is attached and give that",
            count=len(held),
            names=", ".join(held)[:200] or "-",
        )
    notes = list(content.notes)
    sender = _header(message, "from")
    if sender:
        notes.append(Note(code="sender", detail=sender))
    if held:
        notes.append(Note(code="attachments_left_out", count=len(held), detail=", ".join(held)))
    saved_page = message.get_content_type() == "multipart/related" and not _header(message, "to")
    return FileText(
        text=content.text,
        media_type=FORMATS["mhtml" if saved_page else "eml"].media_type,
        encoding=encoding,
        title=(content.title if saved_page else None) or _FORWARD.sub("", _header(message, "subject")) or content.title,
        published=content.published or (None if saved_page else _day_sent(message)),
        publisher=content.publisher,
        url=content.url or (_header(message, "snapshot-content-location") or None),
        blocks=content.blocks,
        notes=tuple(notes),
    )


def attachments(data: bytes, where: str = "") -> Iterator[tuple[str, bytes]]:
    """What is attached to a message, in order: the name as the message gives it, without folders, and the bytes.

    Pictures set into the text are left out, attached messages are given out as `.eml`. Raises UnreadableDocument as
    `read_mail_message` does for limits.
    """
    for i, part in enumerate(_parts(_parse(data, where), where)):
        if not _is_attachment(part):
            continue
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            yield _attachment_name(part, i), inner.as_bytes() if isinstance(inner, Message) else b""
        else:
            payload = _payload(part, where)
            yield _attachment_name(part, i), payload if isinstance(payload, bytes) else b""


def _parse(data: bytes, where: str) -> EmailMessage:
    from email import message_from_bytes

    if len(data) > MESSAGE_MAX:
        raise UnreadableDocument(
            "the message is too large (more than {megabytes} MB)",
            where=where,
            remedy="Save what is attached and give that",
            megabytes=MESSAGE_MAX // (1024 * 1024),
        )
    if data.count(b"\n--") > PARTS_MAX and _count_parts(data) > PARTS_MAX:
        raise _too_many_parts(where)
    try:
        message: EmailMessage = message_from_bytes(data, policy=_SHORT_HEADERS)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnreadableDocument(
            "the message is damaged ({reason})",
            where=where,
            remedy="Save it again from the mail program",
            reason=type(error).__name__,
        ) from error
    return message


class _ShortHeaders(EmailPolicy):
    """Parses the beginning of a header alone: the time that one takes grows with the square of its length."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value[:HEADER_MAX])


_SHORT_HEADERS: Any = _ShortHeaders()


def _count_parts(data: bytes) -> int:
    """How many parts there are at most, before they are parsed, which takes its time for each."""
    boundaries = {match[1].strip() for match in _BOUNDARY.finditer(data)}
    return sum(match[1].rstrip() in boundaries for match in _PART_LINE.finditer(data))


def _too_many_parts(where: str) -> UnreadableDocument:
    return UnreadableDocument(
        "the message has more than {count} parts",
        where=where,
        remedy="Save what is attached and give that",
        count=PARTS_MAX,
    )


def _parts(message: Message[Any, Any], where: str) -> Iterator[Message[Any, Any]]:
    """The parts that hold something, in order, those of attached messages aside."""
    pending: list[Message[Any, Any]] = [message]
    seen = 0
    while pending:
        part = pending.pop()
        seen += 1
        if seen > PARTS_MAX:
            raise _too_many_parts(where)
        # The content of a part that holds no others is asked for in `_payload` alone: here it would be decoded.
        inner = part.get_payload() if part.is_multipart() and part.get_content_type() != "message/rfc822" else None
        if isinstance(inner, list):
            pending.extend(child for child in reversed(inner) if isinstance(child, Message))
        else:
            yield part


def _is_attachment(part: Message[Any, Any]) -> bool:
    if part.get_content_type() == "message/rfc822":
        return True
    if _disposition(part) == "attachment":
        return True
    kind = part.get_content_maintype()
    return kind != "text" and not (kind == "image" and part.get("Content-ID")) and bool(_filename(part))


def _is_text(part: Message[Any, Any], kind: str) -> bool:
    return part.get_content_type() == f"text/{kind}" and _disposition(part) != "attachment"


def _disposition(part: Message[Any, Any]) -> str:
    return str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()


def _filename(part: Message[Any, Any]) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""


def _attachment_name(part: Message[Any, Any], at: int) -> str:
    name = re.split(r"[\\/]", _filename(part))[-1]
    name = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "", name).strip(". ")
    if name:
        return normalise(name)
    return f"attachment-{at}.eml" if part.get_content_type() == "message/rfc822" else f"attachment-{at}"


def _text(part: Message[Any, Any], where: str) -> tuple[str, str]:
    """The text of a part and the encoding it was in: as its header says, unless it is UTF-8."""
    payload = _payload(part, where)
    data = payload if isinstance(payload, bytes) else b""
    if not data.strip():
        return "", "utf-8"
    charset = part.get_param("charset")
    return decode_page(data, where, charset if isinstance(charset, str) else None)


def _unwrapped(part: Message[Any, Any], text: str) -> str:
    """The text with the lines joined that the sender's program broke (RFC 3676, format=flowed)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    keep = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    return re.sub(r"(?m)(?<!^--)(?<=\S) +\r?\n(?=\S)", keep, text)


def _header(message: Message[Any, Any], name: str) -> str:
    try:
        words = str(message.get(name, ""))
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""
    return normalise(" ".join(re.sub(r"[\ud800-\udfff]", "�", words).split()))


def _day_sent(message: Message[Any, Any]) -> str | None:
    from email.utils import parsedate_to_datetime

    try:
        sent = parsedate_to_datetime(_header(message, "date"))
        return (sent if sent.tzinfo is None else sent.astimezone(_VIETNAM)).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _payload(part: Any, where: str) -> Any:
    """The bytes of a part. Raises UnreadableDocument where what its head says of them makes no sense."""
    try:
        return part.get_payload(decode=True)
    except ValueError as error:
        raise UnreadableDocument(
            "the message is damaged ({reason})",
            where=where,
            remedy="Save it again from the mail program",
            reason=error,
        ) from error
