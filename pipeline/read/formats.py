"""What kind of file it is: by its content first, by its name second.

A name lies often: portals give out web pages as `.doc`, and a PDF may be saved as `.txt`. Magic bytes, the members of
a zip file, the streams of an OLE2 file, leading markup and mail headers decide; the name only tells apart what its
content can't (Markdown, CSV and JSON lines from plain text).
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from typing import NamedTuple


class Format(NamedTuple):
    """A kind of file: its short name, its media type, the suffixes it goes by (lower case, the usual one first) and,
    for a kind that nothing here reads, what to convert it to."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    convert_to: str | None = None


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("txt", "text/plain", (".txt", ".text")),
        Format("md", "text/markdown", (".md", ".markdown")),
        Format("html", "text/html", (".html", ".htm", ".xhtml", ".aspx", ".php")),
        Format("mhtml", "multipart/related", (".mht", ".mhtml")),
        Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx", ".docm")),
        Format("doc", "application/msword", (".doc", ".dot", ".wps")),
        Format("rtf", "application/rtf", (".rtf",)),
        Format("odt", "application/vnd.oasis.opendocument.text", (".odt",)),
        Format("pdf", "application/pdf", (".pdf",)),
        Format("eml", "message/rfc822", (".eml",)),
        Format("msg", "application/vnd.ms-outlook", (".msg",), "eml"),
        Format("png", "image/png", (".png",)),
        Format("jpeg", "image/jpeg", (".jpg", ".jpeg", ".jpe")),
        Format("tiff", "image/tiff", (".tif", ".tiff")),
        Format("zip", "application/zip", (".zip",)),
        Format("tar", "application/x-tar", (".tar",)),
        Format("tar.gz", "application/gzip", (".tar.gz", ".tgz", ".gz")),
        Format("rar", "application/vnd.rar", (".rar",), "zip"),
        Format("7z", "application/x-7z-compressed", (".7z",), "zip"),
        Format("csv", "text/csv", (".csv", ".tsv")),
        Format("jsonl", "application/jsonl", (".jsonl", ".ndjson")),
        Format("parquet", "application/vnd.apache.parquet", (".parquet",)),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx", ".xlsm"), "csv"),
        Format("xls", "application/vnd.ms-excel", (".xls",), "csv"),
        Format("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", (".pptx",), "pdf"),
        Format("ppt", "application/vnd.ms-powerpoint", (".ppt",), "pdf"),
        Format("ods", "application/vnd.oasis.opendocument.spreadsheet", (".ods",), "csv"),
        Format("binary", "application/octet-stream", ()),
    )
}
"""One row for each kind of file that an archive is known to hold, by name. "binary" is what no row fits."""

# The first bytes of a file of one kind. Sources: PDF 32000-1 §7.5.2, PNG and TIFF 6.0 specifications, JFIF, the
# Parquet, RAR and 7z format notes, RFC 1952 (gzip).
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "tar.gz"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)
# What stands in a zip file of one kind; the declared type of an OpenDocument file is the content of `mimetype`.
_ZIP_FOLDERS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
# Names of streams in the directory of an OLE2 file, UTF-16LE ([MS-DOC], [MS-XLS], [MS-PPT], [MS-OXMSG]).
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_STREAMS = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
    ("EncryptedPackage", "docx"),
)
_MARKUP = re.compile(
    r"(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(?P<element>!doctype\s+html|html|head|body|meta|title|h[1-6]|p|div|span|table|article|"
    r"section|main|ul|ol|strong|b|em|i|font|center|br|a|img|figure|link|style|script|form)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_CLOSED_BLOCK = re.compile(r"</(?:html|body|p|div|table|article|section|ul|ol|h[1-6]|center)\s*>", re.IGNORECASE)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]?")
_MAIL_HEADERS = frozenset(
    {"from", "to", "cc", "subject", "date", "received", "return-path", "delivered-to", "message-id", "mime-version",
     "content-type", "x-mailer", "reply-to", "dkim-signature", "arc-seal", "x-received"}
)  # fmt: skip
_TEXTS = ("txt", "md", "csv", "jsonl", "html")
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r")
_HEAD = 65_536
"""Bytes at a file's beginning that its kind is told from."""


def find_format(data: bytes, name: str) -> Format:
    """The kind of file that these bytes are; `name` (a path or a bare name) decides only between kinds of text.

    A file that is text but of no other kind is "txt" whatever its name says; bytes of no known kind are "binary".
    Never raises: a broken file has the kind that it begins as.
    """
    head = data[:_HEAD]
    found = _by_magic(data, head)
    if found is not None:
        return FORMATS[found]
    text = _as_text(head)
    if text is None:
        return FORMATS["binary"]
    return FORMATS[_text_kind(text, name)]


def format_of_name(name: str) -> Format | None:
    """The kind that a name promises by its suffix, or None."""
    lowered = os.path.basename(name).lower()
    rows = ((suffix, row) for row in FORMATS.values() for suffix in row.suffixes)
    return max(((len(suffix), row) for suffix, row in rows if lowered.endswith(suffix)), default=(0, None))[1]


def _by_magic(data: bytes, head: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    # Readers of PDF look for the mark within the first 1024 bytes (PDF 32000-1, Annex H.3.4.1).
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(data)
    if head.startswith(_OLE2):
        return _ole2_kind(data)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return "rtf"
    if head[257:262] == b"ustar":
        return "tar"
    return None


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if names and names[0] == "mimetype":
                declared = archive.open("mimetype").read(200).decode("ascii", "replace").strip()
                return next((row.name for row in FORMATS.values() if row.media_type == declared), "zip")
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, KeyError):
        # A truncated file has lost its directory: what its first members are called still stands before each.
        names = [found.decode("latin-1") for found in re.findall(rb"PK\x03\x04.{26}([\x20-\x7e]{1,100})", data[:_HEAD])]
    except Exception as error:  # zlib.error, struct.error: what a broken stream raises is not one tree
        if type(error).__module__ not in ("zlib", "struct", "_struct", "lzma", "_lzma"):
            raise
        return "zip"
    if "[Content_Types].xml" not in (name[:19] for name in names):
        return "zip"
    return next((kind for folder, kind in _ZIP_FOLDERS if any(name.startswith(folder) for name in names)), "zip")


def _ole2_kind(data: bytes) -> str:
    for stream, kind in _OLE2_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return "doc"


def _as_text(head: bytes) -> str | None:
    """The head as text good enough to look for marks in, or None where it is no text in any encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) & ~1].decode("utf-16", "replace").lstrip("\ufeff")
    plain = head.removeprefix(b"\xef\xbb\xbf")
    text = plain.decode("latin-1")
    nuls = text.count("\0")
    if nuls > len(text) // 4:
        # UTF-16 without a mark: every other byte of its ASCII letters, blanks and marks is zero.
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > 3 * min(even, odd):
            return head[: len(head) & ~1].decode("utf-16-be" if even > odd else "utf-16-le", "replace")
        return None
    # Bytes below the blank are letters in VISCII and VPS, so their number decides, not their being there.
    controls = len(plain) - len(plain.translate(None, _CONTROLS))
    return None if controls > (0.1 if nuls else 0.3) * len(text) else text


def _text_kind(text: str, name: str) -> str:
    promised = format_of_name(name)
    start = text.lstrip()
    if promised is not None and promised.name == "md":
        return "md"
    if _is_markup(start, promised is not None and promised.name == "html"):
        return "html"
    mail = _mail_kind(start)
    if mail is not None:
        return mail
    if promised is not None and promised.name in _TEXTS:
        return "txt" if promised.name == "html" else promised.name
    return "txt"


def _is_markup(start: str, promised: bool) -> bool:
    """Whether a text is a page or a fragment of one: it begins with an element, and closes a block somewhere."""
    match = _MARKUP.match(start)
    if match is not None:
        whole = match["element"].lower().startswith(("!doctype", "html"))
        return whole or promised or bool(_CLOSED_BLOCK.search(start))
    return promised and len(re.findall(r"</?(?:p|div|br|b|i|span|strong|a|table)\b", start[:20_000], re.IGNORECASE)) > 1


def _mail_kind(start: str) -> str | None:
    """ "eml" or "mhtml" where a text begins with at least two header fields of a message (RFC 5322), else None."""
    fields: dict[str, str] = {}
    last = ""
    for line in start.splitlines()[:80]:
        if not line.strip():
            break
        if line[0] in " \t" and last:
            fields[last] += line
        elif _HEADER.match(line):
            last = line.partition(":")[0].lower()
            fields[last] = line.partition(":")[2]
        elif not (line.startswith("From ") and not fields):
            return None
    known = _MAIL_HEADERS & fields.keys()
    if len(known) < 2:
        return None
    if "mime-version" in fields and "multipart/related" in fields.get("content-type", "").lower():
        return "eml" if "to" in fields or "received" in fields else "mhtml"
    return "eml" if known & {"from", "mime-version", "message-id", "received", "return-path"} else None
