"""The real pipeline, from files to results, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

import pipeline
from pipeline.records import Directive, Document, decode_document, document_schema, encode_document

TEXT = """Chủ tịch UBND tỉnh kết luận cuộc họp về chuyển đổi số

Sáng 7/6, Chủ tịch UBND tỉnh Nguyễn Văn Bình chủ trì cuộc họp về chuyển đổi số của tỉnh.

Kết luận cuộc họp, Chủ tịch UBND tỉnh Nguyễn Văn Bình yêu cầu Sở Y tế hoàn thành bệnh án điện tử trước ngày 30/6/2023.
"""
NAUGHTY = {
    "controls": "Họp\x00\x07\x1b[31m giao ban\x0b\x0c\x85\u2028 yêu cầu Sở Y tế báo cáo trước 30/6.\n",
    "one-line-of-a-megabyte": "Chủ tịch yêu cầu Sở Y tế báo cáo, " * 30_000,
    "punctuation": "…!?;:—–-“”\"'()[]{}<>|/\\*_#%&@^~`´¨·•\n" * 3,
    "emoji": "😀 Chủ tịch yêu cầu 👨‍👩‍👧‍👦 Sở Y tế 🏥 báo cáo trước ngày 30/6 ✅\n",
    "scripts": "會議 совещание اجتماع Họp การประชุม yêu cầu Sở Y tế báo cáo.\n",
    "nfd": unicodedata.normalize("NFD", TEXT),
    "crlf": TEXT.replace("\n", "\r\n"),
    "combining": "Họp\u0301\u0323\u0301 \u0301\u0301 yêu cầu\u0323 Sở Y tế báo cáo\n",
    "blank-lines": "\n\n\n \n\tHọp\n\n\n\n",
    "zero-width": "Chủ\u200b tịch\u200d yêu\ufeff cầu\u00ad Sở Y tế\u2060 báo cáo.\n",
}


def spans(value: Any) -> list[dict[str, Any]]:
    """Every object in a document that claims a piece of the text."""
    found = []
    if isinstance(value, dict):
        found = [value] if {"start", "end", "exact"} <= set(value) else []
        value = list(value.values())
    if isinstance(value, list):
        return found + [span for item in value for span in spans(item)]
    return found


def check(document: Document) -> None:
    plain = json.loads(encode_document(document))
    Draft202012Validator(document_schema()).validate(plain)
    assert unicodedata.is_normalized("NFC", document.text)
    for span in spans(plain):
        assert document.text[span["start"] : span["end"]] == span["exact"]
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(document.text)
    for directive in document.directives:
        for task in directive.tasks:
            for body in (*task.lead, *task.coordinating):
                assert document.text[body.start : body.end] == body.text


@pytest.mark.parametrize("name", sorted(NAUGHTY))
def test_odd_texts_neither_crash_nor_shift_offsets(name: str) -> None:
    check(pipeline.extract(NAUGHTY[name], published="2023-06-08"))


def test_nfd_gives_what_nfc_gives() -> None:
    one = pipeline.extract(TEXT, published="2023-06-08")
    for other in (NAUGHTY["nfd"], NAUGHTY["crlf"]):
        again = pipeline.extract(other, published="2023-06-08")
        assert (again.text, without_ids(again), again.meeting) == (one.text, without_ids(one), one.meeting)


def without_ids(document: Document) -> list[Directive]:
    """The directives but for the ids, which are of the file's bytes."""
    return [
        replace(directive, id="", tasks=tuple(replace(task, id="") for task in directive.tasks))
        for directive in document.directives
    ]


def test_a_task_with_its_deadline() -> None:
    document = pipeline.extract(TEXT, published="2023-06-08")
    tasks = [(directive, task) for directive in document.directives for task in directive.tasks]
    assert [(d.issuer.person, [b.text for b in t.lead], t.deadline and t.deadline.end) for d, t in tasks] == [
        ("Nguyễn Văn Bình", ["Sở Y tế"], "2023-06-30")
    ]


def test_command(root: Path, folder: Path) -> None:
    (folder / "in").mkdir()
    for name, text in NAUGHTY.items():
        if name != "one-line-of-a-megabyte":
            (folder / "in" / f"{name}.txt").write_bytes(text.encode())
    (folder / "in" / "good.md").write_text(TEXT, encoding="utf-8")
    (folder / "in" / "manifest.csv").write_text("file,published\ngood.md,2023-06-08\n", encoding="utf-8")
    first = results(root, folder, "outputs", "in")
    assert results(root, folder, "outputs", "in") == first
    assert results(root, folder, "other", *(f"in/{name}" for name in ("good.md", "nfd.txt", "emoji.txt")))
    for name, data in first.items():
        if name.startswith("json/"):
            check(decode_document(data))
    assert {"tasks.csv", "tasks.jsonl", "digest/index.html"} <= set(first)
    assert b"2023-06-30" in first["tasks.jsonl"]


def results(root: Path, folder: Path, out: str, *inputs: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "pipeline", "run", *inputs, "--out", out]
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(root)}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    files = {path.relative_to(folder / out).as_posix(): path for path in (folder / out).rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if name != "run.json"}


def test_gold_reports_are_valid_under_the_schema(gold_folder: Path) -> None:
    for location in sorted(gold_folder.glob("*.txt")):
        check(pipeline.extract(location.read_text(encoding="utf-8"), published="2023-06-08"))
