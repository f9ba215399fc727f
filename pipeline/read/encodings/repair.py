"""What a reader gave, with text that was misread before it reached us read anew."""

from __future__ import annotations

import msgspec

from pipeline.read.encodings.misreading import Misreading, find_misreadings
from pipeline.read.normalise import normalise
from pipeline.records import Block, FileText, Note


def repair(content: FileText) -> FileText:
    """The content with misread text put right in its text, its title and its publisher, and a note `misread_text` for
    each misreading, with the lines it was found in and the encoding. What was read well comes back as it is.

    Blocks that the reader gave keep their words; their offsets follow.
    """
    misreadings = find_misreadings(content.text)
    if not misreadings:
        return content
    notes = list(content.notes)
    text, blocks = content.text, content.blocks
    for misreading in misreadings:
        text, blocks, lines = _undo(misreading, text, blocks)
        notes.append(Note(code="misread_text", count=lines, detail=misreading.encoding))
    return msgspec.structs.replace(
        content,
        text=text,
        blocks=blocks,
        title=_field(misreadings, content.title),
        publisher=_field(misreadings, content.publisher),
        notes=tuple(notes),
    )


def _undo(misreading: Misreading, text: str, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...], int]:
    """The text read anew piece by piece between the blocks' bounds. With blocks it must come out normalised."""
    if not blocks:
        anew, lines = misreading.undo(text)
        return anew, (), lines
    bounds = sorted({0, len(text), *(bound for block in blocks for bound in (block.start, block.end))})
    moved, parts, length, lines = {0: 0}, [], 0, 0
    for start, end in zip(bounds, bounds[1:], strict=False):
        anew, changed = misreading.undo(text[start:end])
        parts.append(normalise(anew))
        length += len(parts[-1])
        moved[end] = length
        lines += changed
    shifted = (msgspec.structs.replace(block, start=moved[block.start], end=moved[block.end]) for block in blocks)
    return "".join(parts), tuple(shifted), lines


def _field(misreadings: list[Misreading], value: str | None) -> str | None:
    for misreading in misreadings:
        value = misreading.undo(value)[0] if value else value
    return value
