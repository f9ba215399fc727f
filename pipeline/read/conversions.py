"""Kinds of file that other programs turn into one that is read here: old Word files by LibreOffice, pictures of text
by Tesseract.

Where the program isn't on the path, the failure says which to install or what to do by hand. Both run without a
network, in a folder of their own that is removed, and are stopped when they take too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from pipeline.errors import UnreadableDocument, UnsupportedFormat
from pipeline.read.formats import Format, find_format
from pipeline.read.normalise import normalise
from pipeline.read.word_document import read_word_document
from pipeline.records import FileText, Note

CONVERSION_SECONDS = 120
OCR_SECONDS = 180
"""Of one picture."""
CONVERTED_MAX = 256 * 1024 * 1024
"""Bytes of the file that a conversion may make."""
_LANGUAGE = "vie"
_OFFICES = ("soffice", "libreoffice")


def read_old_document(data: bytes, where: str) -> FileText:
    """The text of a `.doc`, `.rtf` or `.odt` file, by way of a `.docx` that LibreOffice makes of it.

    Raises UnsupportedFormat where LibreOffice isn't installed, UnreadableDocument where it can't convert the file.
    """
    kind = find_format(data, where)
    office = _program(*_OFFICES)
    if office is None:
        raise UnsupportedFormat(
            "files of this kind ({kind}) are read by way of LibreOffice, which isn't installed",
            where=where,
            remedy="Install LibreOffice, or convert the file: soffice --headless --convert-to docx FILE",
            kind=kind.name,
        )
    content = read_word_document(_convert(office, data, kind, where), where)
    return FileText(
        text=content.text,
        media_type=kind.media_type,
        encoding=content.encoding,
        title=content.title,
        published=content.published,
        blocks=content.blocks,
        notes=(Note(code="converted", detail="LibreOffice"), *content.notes),
    )


def read_image(data: bytes, where: str) -> FileText:
    """The text of a PNG, JPEG or TIFF file by OCR. Raises as `recognise` does, UnreadableDocument for no text."""
    kind = find_format(data, where)
    text = recognise(data, where)
    if not text.strip():
        raise UnreadableDocument(
            "no text was recognised in the picture", where=where, remedy="Give a sharper picture, or type the text"
        )
    return FileText(
        text=text, media_type=kind.media_type, encoding="utf-8", notes=(Note(code="ocr", detail="Tesseract vie"),)
    )


def recognise(image: bytes, where: str) -> str:
    """The text that Tesseract recognises in a picture (PNG, JPEG, TIFF), with its Vietnamese data: lines as they stand,
    pages of a TIFF parted by form feeds. Empty where it finds none.

    Raises UnsupportedFormat where Tesseract or its Vietnamese data isn't installed, UnreadableDocument where it fails.
    """
    tesseract = _program("tesseract")
    if tesseract is None:
        raise _no_ocr("pictures of text are read by Tesseract, which isn't installed", where)
    with tempfile.TemporaryDirectory(prefix="chidao-ocr-") as folder:
        name = find_format(image, where).suffixes[:1]
        source = Path(folder) / f"picture{name[0] if name else '.png'}"
        source.write_bytes(image)
        done = _run([tesseract, str(source), "stdout", "-l", _LANGUAGE], folder, OCR_SECONDS, where)
        if done.returncode != 0:
            words = done.stderr.decode("utf-8", "replace").strip()
            if "language" in words.lower() or f"{_LANGUAGE}.traineddata" in words:
                raise _no_ocr("Tesseract's Vietnamese data isn't installed", where)
            raise UnreadableDocument(
                "Tesseract can't read the picture ({reason})",
                where=where,
                remedy="Save the picture again as PNG or TIFF",
                reason=_last_line(words),
            )
        return normalise(done.stdout[:CONVERTED_MAX].decode("utf-8", "replace"))


def can_recognise() -> bool:
    """Whether Tesseract is on the path; whether it has its Vietnamese data only shows when it runs."""
    return _program("tesseract") is not None


def refuse(kind: Format, where: str) -> UnsupportedFormat:
    """The failure for a kind of file that nothing here reads, with what to make of it."""
    if kind.convert_to is None:
        return UnsupportedFormat(
            "no reader for this kind of file ({kind})",
            where=where,
            remedy="Give the report as text, HTML, .docx or PDF",
            kind=kind.name,
        )
    return UnsupportedFormat(
        "no reader for this kind of file ({kind})",
        where=where,
        remedy="Save it as .{target} and give that",
        kind=kind.name,
        target=kind.convert_to,
    )


def _convert(office: str, data: bytes, kind: Format, where: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="chidao-office-") as folder:
        source = Path(folder) / f"report{kind.suffixes[0] if kind.suffixes else '.doc'}"
        source.write_bytes(data)
        made = Path(folder) / "made"
        # A profile of its own: LibreOffice otherwise hands the file to one that is open already, and quits.
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--nologo", "--convert-to", "docx:MS Word 2007 XML"]
        command = [office, profile, *options, "--outdir", str(made), str(source)]
        done = _run(command, folder, CONVERSION_SECONDS, where)
        result = made / "report.docx"
        if result.is_file() and not result.is_symlink() and 0 < result.stat().st_size <= CONVERTED_MAX:
            return result.read_bytes()
        raise UnreadableDocument(
            "LibreOffice can't convert the file ({reason})",
            where=where,
            remedy="Open it in Word or LibreOffice and save it as .docx",
            reason=_last_line(done.stderr.decode("utf-8", "replace") or done.stdout.decode("utf-8", "replace")),
        )


def _run(command: list[str], folder: str, seconds: float, where: str) -> subprocess.CompletedProcess[bytes]:
    """The finished program. What it started is stopped with it when it takes too long."""
    environment = {
        name: value for name in ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX") if (value := os.environ.get(name))
    }
    # One thread: the batch has its own workers. Macros don't run under --headless, and proxies lead nowhere.
    environment |= {"HOME": folder, "TMPDIR": folder, "OMP_THREAD_LIMIT": "1"}
    environment |= {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
    name = Path(command[0]).name
    try:
        with subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            try:
                out, err = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired as error:
                _stop(process)
                raise UnreadableDocument(
                    "{program} took longer than {seconds} seconds",
                    where=where,
                    remedy="Convert the file by hand and give what comes out",
                    program=name,
                    seconds=seconds,
                ) from error
            return subprocess.CompletedProcess(command, process.returncode, out, err)
    except OSError as error:
        raise UnreadableDocument(
            "{program} can't be started ({reason})",
            where=where,
            remedy="Check that it is installed rightly",
            program=name,
            reason=error.strerror or error,
        ) from error


def _stop(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError, PermissionError):
        process.kill()
    process.communicate()


def _program(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


def _no_ocr(problem: str, where: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        problem,
        where=where,
        remedy="Install Tesseract with its Vietnamese data (tesseract-ocr-vie), or give the text that OCR made of it",
    )


def _last_line(words: str) -> str:
    lines = words.strip().splitlines()
    return lines[-1][:120] if lines else "no message"
