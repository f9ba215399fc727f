"""The text of a scanned page, recognised by Tesseract where it is installed with its Vietnamese data."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

from pipeline.errors import UnreadableDocument
from pipeline.read.normalise import normalise

_LANGUAGE = "vie"
_RESOLUTION = 300
"""Dots an inch: what Tesseract's own pages advise."""
_PIXELS_MAX = 40_000_000
"""Larger pages are drawn at fewer dots an inch; an A4 page has 8.7 million."""
_PAGE_SECONDS = 120


def recogniser() -> str | None:
    """Where Tesseract is, or None where it isn't on the path or has no Vietnamese data."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=20, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    languages = (listed.stdout + listed.stderr).decode("utf-8", "replace").split()
    return program if _LANGUAGE in languages else None


def recognise(program: str, document: Any, index: int, where: str) -> str:
    """The page's text in NFC, a line a line of the page, a blank line between paragraphs. Raises UnreadableDocument."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(_RESOLUTION / 72, (_PIXELS_MAX / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        picture = _portable_graymap(bitmap)
        bitmap.close()
    finally:
        page.close()
    command = [program, "stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(round(72 * scale)), "--psm", "3"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=_PAGE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(index, where) from error
    if done.returncode != 0:
        raise _failed(index, where)
    return normalise(done.stdout.decode("utf-8", "replace").replace("\f", "")).strip("\n")


def _portable_graymap(bitmap: Any) -> bytes:
    """The picture as PGM, which needs no library to write."""
    rows = bytes(bitmap.buffer)
    stride, width, height = bitmap.stride, bitmap.width, bitmap.height
    body = b"".join(rows[row * stride : row * stride + width] for row in range(height))
    return b"P5\n%d %d\n255\n" % (width, height) + body


def _failed(index: int, where: str) -> UnreadableDocument:
    return UnreadableDocument(
        "Tesseract could not recognise page {page} of the PDF",
        where=where,
        remedy="Try tesseract on a picture of the page, or give a PDF with text",
        page=index + 1,
    )
