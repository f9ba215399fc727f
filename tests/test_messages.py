"""The words of the terminal: complete in both languages."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path
from typing import get_args

import pytest

from pipeline.errors import PipelineError, UnreadableDocument
from pipeline.follow.ledger import EventKind
from pipeline.follow.status import Basis, Progress, Timeliness
from pipeline.messages import Messages, read_catalogue
from pipeline.read.metadata import PUBLISHED_CONFLICT
from pipeline.read.normalise import _steps
from pipeline.records import DirectiveKind, Note

# The rooms whose errors reach a user; those of the lexicon are defects that its own tests find.
_SPEAKING = ("read", "store", "batch", "cluster", "evaluate.py")
# Words that are named by a value of a record.
_COMPOSED = {
    "show_kind": get_args(DirectiveKind),
    "follow": get_args(EventKind),
    "progress": get_args(Progress),
    "timeliness": get_args(Timeliness),
    "basis": get_args(Basis),
}
_ERRORS = {
    "PipelineError", "UnreadableDocument", "UnsupportedFormat", "LimitExceeded", "ManifestError", "StoreError",
    "GoldError", "ReviewError", "WorkerError", "ClusterError", "Fault", "row_error",
}  # fmt: skip


def test_both_languages_have_the_same_keys_and_fields() -> None:
    catalogue = read_catalogue()
    assert list(catalogue["vi"]) == list(catalogue["en"])
    for key, words in catalogue["vi"].items():
        assert fields(words) == fields(catalogue["en"][key]), key
    for english, vietnamese in catalogue["sentences"].items():
        assert fields(english) == fields(vietnamese), english


def fields(words: str) -> list[str]:
    return sorted(re.findall(r"(?<!\{)\{(\w+)\}", words))


def test_catalogue_is_nfc(root: Path) -> None:
    assert unicodedata.is_normalized("NFC", (root / "pipeline/messages.toml").read_text(encoding="utf-8"))


def raised_sentences(root: Path) -> set[str]:
    """Every problem and remedy that is raised as an error where a user can meet it."""
    sentences = set()
    for name in _SPEAKING:
        path = root / "pipeline" / name
        for source in [path] if path.is_file() else sorted(path.rglob("*.py")):
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ERRORS:
                    values = [*node.args, *(word.value for word in node.keywords if word.arg == "remedy")]
                    sentences |= {v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)}
    return sentences


def test_every_error_has_its_vietnamese(root: Path) -> None:
    sentences = raised_sentences(root)
    assert len(sentences) > 20
    assert not sentences - set(read_catalogue()["sentences"])


def noted_codes(root: Path) -> set[str]:
    """The code of every note that is made anywhere."""
    codes = {step[0] for step in _steps()} | {PUBLISHED_CONFLICT}
    for path in sorted((root / "pipeline" / "read").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                # counted while a file is read, and noted at its end
                counter = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
                codes |= {str(node.slice.value)} if counter in ("counts", "left_out") else set()
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Note":
                values = [word.value for word in node.keywords if word.arg == "code"]
                codes |= {v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)}
    return codes


def test_every_note_has_its_words_in_both_languages(root: Path) -> None:
    notes = read_catalogue()["notes"]
    assert noted_codes(root) == set(notes)
    for code, words in notes.items():
        assert set(words) == {"vi", "en"}, code
        assert fields(words["vi"]) == fields(words["en"]), code


def test_a_note_in_both_languages() -> None:
    note = Note(code="misread_text", count=3, detail="vni")
    assert Messages("en").note(note) == "3 lines held text of the encoding vni taken for another, read anew"
    assert "vni" in Messages("vi").note(note)
    assert Messages("vi").note(Note(code="new_kind", count=2)) == "new_kind"


def test_an_error_in_both_languages() -> None:
    error = UnreadableDocument(
        "the file is not UTF-8 (byte {offset})", where="a.txt", remedy="Check the name", offset=3
    )
    assert str(error) == "a.txt: the file is not UTF-8 (byte 3). Check the name"
    assert Messages("en").failure(error).reason == "the file is not UTF-8 (byte 3)"
    assert Messages("vi").failure(error).reason == "tệp không phải UTF-8 (byte 3)"
    assert Messages("vi").failure(error).error == "UnreadableDocument"


def test_an_unknown_sentence_is_shown_as_it_is() -> None:
    assert Messages("vi").failure(PipelineError("an odd {thing}", where="x")).reason == "an odd {thing}"


def test_every_word_is_used(root: Path) -> None:
    sources = [root / "pipeline" / name for name in ("cli.py", "terminal.py")]
    sources += sorted((root / "pipeline" / "batch").glob("*.py"))
    sources += sorted((root / "pipeline" / "commands").glob("*.py"))
    used = "".join(source.read_text(encoding="utf-8") for source in sources)
    composed = {f"{before}_{value}" for before, values in _COMPOSED.items() for value in values}
    unused = {key for key in read_catalogue()["en"] if f'"{key}"' not in used and f"'{key}'" not in used}
    assert unused <= composed
    assert all(f"{before}_{{" in used for before in _COMPOSED)


def test_unknown_key() -> None:
    with pytest.raises(KeyError):
        Messages("vi").say("none")
