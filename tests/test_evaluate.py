"""The scores: by hand on small cases, and equal to the measure that the gold comes with."""

from __future__ import annotations

import importlib.util
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.errors import GoldError
from pipeline.evaluate import (
    GoldDeadline,
    GoldIssuer,
    compare,
    dice,
    evaluate,
    gold_names,
    group_of,
    read_gold,
    same_bodies,
    same_deadline,
    same_issuer,
    score,
)
from pipeline.read import read, read_string
from pipeline.records import Document, Report, encode_document

Extract = Callable[[Report], Document]
TEXT = "Họp\nChủ tịch yêu cầu Sở Y tế phải báo cáo trước 30/6\nBí thư yêu cầu làm ngay\n"
GOLD: dict[str, Any] = {
    "id": "x01",
    "meeting": {"date": "2023-06-07", "chairs": [], "organizer": None},
    "tasks": [
        {
            "kind": "directive",
            "quote": "Sở Y tế phải báo cáo trước 30/6",
            "issuer": {"person": None, "role": "Chủ tịch", "body": None},
            "lead": ["Sở Y tế"],
            "coordinating": [],
            "deadline": {"text": "trước 30/6", "start": None, "end": "2023-06-30", "recurrence": None},
        },
        {
            "kind": "commitment",
            "quote": "làm ngay",
            "issuer": {"person": "Nguyễn Văn A", "role": None, "body": None},
            "lead": [],
            "coordinating": ["Sở Y tế"],
            "deadline": None,
        },
    ],
}


@pytest.fixture
def gold(folder: Path) -> Path:
    (folder / "x01.txt").write_text(TEXT, encoding="utf-8")
    (folder / "x01.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (folder / "manifest.csv").write_text("file,published\nx01.txt,2023-06-07\n", encoding="utf-8")
    return folder


def test_figures(gold: Path, extract: Extract) -> None:
    found = evaluate(gold, extract)
    total = found.total
    assert list(found.groups) == ["x"]
    assert found.groups["x"] == total
    assert (total.tasks.f1, total.complete.f1, total.deadline.f1) == (1.0, 0.5, 1.0)
    assert (total.kind, total.issuer, total.lead, total.coordinating) == (0.5, 0.5, 1.0, 0.5)
    assert total.meeting_date == 1.0
    assert [line.split(":")[:2] for line in found.misses] == [
        ["x01", " kind"],
        ["x01", " issuer"],
        ["x01", " coordinating"],
    ]


def test_deadline_given_span_leaves_out_what_was_not_found(gold: Path, extract: Extract) -> None:
    text = TEXT.replace("Chủ tịch yêu cầu", "Chủ tịch bảo")
    report = read_string(text)
    located = GOLD | {"tasks": [GOLD["tasks"][0] | {"quote": "Sở Y tế phải báo cáo trước 30/6"}]}
    (gold / "y.json").write_text(json.dumps(located), encoding="utf-8")
    tally, lines = compare(read_gold(gold / "y.json", text), _predicted(extract, report), text)
    scores = score(tally)
    assert (scores.deadline.gold, scores.deadline_given_span.gold) == (1, 0)
    assert [line.split(":")[0] for line in lines] == ["missed", "extra"]


def _predicted(extract: Extract, report: Report) -> Any:
    from pipeline.evaluate import as_predicted

    return as_predicted(extract(report))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (GoldIssuer(person="Lê A"), GoldIssuer(person="LÊ A", role="Bí thư"), True),
        (GoldIssuer(person="Lê A"), GoldIssuer(role="Bí thư"), False),
        (GoldIssuer(role="Thủ tướng"), GoldIssuer(role="Thủ tướng Chính phủ"), True),
        (GoldIssuer(role="Thủ tướng"), GoldIssuer(body="thủ tướng"), True),
        (GoldIssuer(role="Thủ tướng"), GoldIssuer(person="Lê A", role="Thủ tướng"), False),
        (GoldIssuer(body="UBND tỉnh"), GoldIssuer(body="UBND tỉnh Bến Tre"), True),
        (GoldIssuer(), GoldIssuer(), True),
        (GoldIssuer(), GoldIssuer(body="UBND tỉnh"), False),
    ],
)
def test_issuers(one: GoldIssuer, other: GoldIssuer, same: bool) -> None:
    assert same_issuer(one, other) is same


def test_bodies_and_deadlines() -> None:
    assert same_bodies((), ())
    assert not same_bodies((), ("Sở Y tế",))
    assert same_bodies(("Sở Y tế", "các huyện"), ("các huyện", "Sở Y tế"))
    assert same_deadline(None, None)
    assert not same_deadline(GoldDeadline(end="2023-06-30"), None)
    assert same_deadline(GoldDeadline(recurrence="monthly"), GoldDeadline(recurrence="monthly", end="2023-06-30"))
    assert same_deadline(GoldDeadline(start="2023-06-01"), GoldDeadline(start="2023-06-01", end="2023-06-30"))
    assert dice("", None) == 1.0


@pytest.mark.parametrize(("name", "group"), [("n07", "n"), ("ben-tre", "ben-tre"), ("2023", "2023"), ("a1b2", "a")])
def test_groups(name: str, group: str) -> None:
    assert group_of(name) == group


def test_wrong_gold_is_told(gold: Path, extract: Extract) -> None:
    with pytest.raises(GoldError, match="no gold file"):
        gold_names(gold, only="none")
    (gold / "x01.json").write_text('{"tasks": [{"kind": "directive", "quote": "không có"}]}', encoding="utf-8")
    with pytest.raises(GoldError, match="không có"):
        evaluate(gold, extract)
    for wrong in ('{"tasks": 1}', "{"):
        (gold / "x01.json").write_text(wrong, encoding="utf-8")
        with pytest.raises(GoldError, match=r"x01\.json"):
            evaluate(gold, extract)


def test_equal_to_the_measure_of_the_gold(gold_folder: Path, tmp_path: Path) -> None:
    """On predictions made by spoiling the gold at random, report by report."""
    measure = _measure(gold_folder.parent / "score.py")
    chance = random.Random(20230608)
    for round_ in range(4):
        predictions = tmp_path / str(round_)
        predictions.mkdir()
        tally: Any = None
        for name in gold_names(gold_folder):
            text = (gold_folder / f"{name}.txt").read_text(encoding="utf-8")
            text = read_string(text).text
            gold = json.loads((gold_folder / f"{name}.json").read_text(encoding="utf-8"))
            spoiled = {**gold, "tasks": _spoiled(gold["tasks"], text, chance)}
            if chance.random() < 0.3:
                spoiled["meeting"] = {"date": "2020-01-01", "chairs": ["Lê A", *gold["meeting"]["chairs"][1:]]}
            (predictions / f"{name}.json").write_text(json.dumps(spoiled), encoding="utf-8")
            counted, _ = compare(
                read_gold(gold_folder / f"{name}.json", text), read_gold(predictions / f"{name}.json", text), text
            )
            tally = counted if tally is None else tally + counted
        _assert_equal(score(tally).as_json(), measure.score(gold_folder, predictions))


def test_equal_to_the_measure_of_the_gold_on_documents(gold_folder: Path, tmp_path: Path, extract: Extract) -> None:
    measure = _measure(gold_folder.parent / "score.py")
    for location in gold_folder.glob("*.txt"):
        (tmp_path / f"{location.stem}.json").write_bytes(encode_document(extract(read(location))))
    for only in ("", "n"):
        ours = evaluate(gold_folder, extract, only=only).total.as_json()
        theirs = measure.score(gold_folder, tmp_path, only=only)
        # The files were read without the manifest, and the extraction for tests takes the day for the meeting's.
        del ours["meeting_date"], theirs["meeting.date"]
        _assert_equal(ours, theirs)


def _assert_equal(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    del ours["deadline_given_span"]
    assert {name.replace("meeting_", "meeting."): value for name, value in ours.items()} == theirs


def _spoiled(tasks: list[dict[str, Any]], text: str, chance: random.Random) -> list[dict[str, Any]]:
    spoiled = []
    for task in tasks:
        task = dict(task)
        start = task.get("start", text.find(task["quote"]))
        start = start if text.startswith(task["quote"], start) else text.find(task["quote"])
        end = start + len(task["quote"])
        if chance.random() < 0.15:
            continue
        if chance.random() < 0.4:
            start += chance.randrange(0, max(1, len(task["quote"]) // 2))
            end += chance.randrange(-20, 40)
            end = max(start + 1, min(end, len(text)))
        task["start"], task["quote"] = start, text[start:end]
        for field, other in (
            ("lead", ["các sở"]),
            ("coordinating", ["Bộ Y tế"]),
            ("kind", "proposal"),
            ("deadline", None),
        ):
            if chance.random() < 0.2:
                task[field] = other
        if chance.random() < 0.2:
            task["issuer"] = {"person": None, "role": "Chủ tịch", "body": None}
        if chance.random() < 0.2:
            task["deadline"] = {"text": "x", "start": "2023-01-01", "end": "2023-12-31", "recurrence": None}
        spoiled.append(task)
        if chance.random() < 0.1:
            spoiled.append(dict(task))
    return [task for task in spoiled if re.search(r"\w", task["quote"])]


def _measure(location: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_measure", location)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
