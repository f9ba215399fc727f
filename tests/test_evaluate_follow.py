"""The scores of follow-up: by hand on a small chain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.chains import FollowedMatter, chain_names, read_chain, read_followed
from pipeline.errors import GoldError
from pipeline.evaluate_follow import FollowScores, evaluate_follow

FIRST = "Chủ tịch yêu cầu Sở Y tế xây xong trạm xá trước 30/6; giao Sở Xây dựng sửa cầu Rạch Gốc.\n"
SECOND = "Đến nay trạm xá đã xây xong. Cầu Rạch Gốc mới làm được 40 %.\n"
CLINIC, BRIDGE = "Sở Y tế xây xong trạm xá trước 30/6", "Sở Xây dựng sửa cầu Rạch Gốc"
CLINIC_DONE, BRIDGE_BEGUN = "trạm xá đã xây xong", "Cầu Rạch Gốc mới làm được 40 %"
TEXTS = {"01.txt": FIRST, "02.txt": SECOND}


def statement(exact: str, progress: str | None = None) -> dict[str, Any]:
    path = next(path for path, text in TEXTS.items() if exact in text)
    start = TEXTS[path].index(exact)
    kind = "progress" if progress else "task"
    return {
        "path": path, "start": start, "end": start + len(exact), "exact": exact, "type": kind, "progress": progress
    }  # fmt: skip


def standing(day: str, progress: str, timeliness: str, basis: str, deadline: str | None) -> dict[str, Any]:
    return {
        "as_of": day, "progress": progress, "timeliness": timeliness, "basis": basis, "deadline": deadline, "moved": 0
    }  # fmt: skip


GOLD: dict[str, Any] = {
    "matters": [
        {
            "id": "m1", "title": "trạm xá", "body": "Sở Y tế",
            "statements": [statement(CLINIC), statement(CLINIC_DONE, "completed")],
            "status": [
                standing("2025-06-15", "unknown", "due_soon", "none_found", "2025-06-30"),
                standing("2025-07-15", "completed", "on_time", "press_evidence", "2025-06-30"),
            ],
        },
        {
            "id": "m2", "title": "cầu Rạch Gốc", "body": "Sở Xây dựng",
            "statements": [statement(BRIDGE), statement(BRIDGE_BEGUN, "in_progress")],
            "status": [standing("2025-07-15", "in_progress", "no_deadline", "press_evidence", None)],
        },
    ],
    "clarity": [
        {
            **{key: statement(CLINIC)[key] for key in ("path", "start", "end", "exact")}, "profile": "pm-2025",
            "slots": {"time": [{"start": FIRST.index("trước 30/6"), "end": FIRST.index(";"), "exact": "trước 30/6"}]},
        }
    ],
}  # fmt: skip


@pytest.fixture
def chains(tmp_path: Path) -> Path:
    folder = tmp_path / "01-tram-xa"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def followed(*matters: Sequence[dict[str, Any]], **status: str) -> list[FollowedMatter]:
    """What would be printed: a matter for each list of statements, all of the same status; the path with its folder."""
    printed = [
        {
            "id": f"x{number}", "title": "", "body": None, "deadline": "2025-06-30", "moved": 0,
            "status": {"progress": "unknown", "timeliness": "due_soon", "basis": "none_found"} | status,
            "statements": [{**one, "path": f"corpus/{one['path']}", "published": None} for one in statements],
        }
        for number, statements in enumerate(matters)
    ]  # fmt: skip
    return read_followed(json.dumps(printed))


def perfect(folder: Path, day: str | None) -> list[FollowedMatter]:
    matters = []
    for matter in GOLD["matters"]:
        known = next((status for status in matter["status"] if status["as_of"] == day), None)
        status = {key: known[key] for key in ("progress", "timeliness", "basis")} if known else {}
        found = [one for one in matter["statements"] if day != "2025-06-15" or one["path"] == "01.txt"]
        matters.append(followed(found, **status)[0])
        if known:
            matters[-1] = FollowedMatter(
                id=matter["id"], statements=matters[-1].statements, status=matters[-1].status,
                deadline=known["deadline"], moved=known["moved"],
            )  # fmt: skip
    return matters


def scores(chains: Path, *matters: Sequence[dict[str, Any]], **status: str) -> FollowScores:
    return evaluate_follow(chains, lambda folder, day: followed(*matters, **status))


def test_gold_against_itself(chains: Path) -> None:
    result = evaluate_follow(chains, perfect)
    assert (result.chains, result.statuses) == (1, 3)
    assert [rate.f1 for rate in (result.tasks, result.progress, result.links, result.links_all)] == [1, 1, 1, 1]
    assert result.bcubed == result.status == 1
    assert set(result.status_fields.values()) == {1}
    assert result.as_json()["status"] == {
        "all": 1, "of": 3, "progress": 1, "timeliness": 1, "basis": 1, "deadline": 1, "moved": 1
    }  # fmt: skip


ALL = (statement(CLINIC), statement(BRIDGE), statement(CLINIC_DONE, "completed"), statement(BRIDGE_BEGUN, "late"))


def test_one_matter_of_all(chains: Path) -> None:
    result = scores(chains, ALL)
    assert result.links == (2, 6, 2)
    assert (result.bcubed_precision, result.bcubed_recall) == (0.5, 1)


def test_a_matter_for_each_statement(chains: Path) -> None:
    result = scores(chains, *((one,) for one in ALL))
    assert result.links == (0, 0, 2)
    assert (result.bcubed_precision, result.bcubed_recall) == (1, 0.5)


def test_a_wrong_value_is_no_progress_found_but_a_link(chains: Path) -> None:
    result = scores(chains, (ALL[0], ALL[2]), (ALL[1], ALL[3]))
    assert result.progress == (1, 2, 2)
    assert result.links.f1 == result.bcubed == 1


def test_a_statement_not_found_costs_links_all_only(chains: Path) -> None:
    result = scores(chains, ALL[:1], (ALL[1], ALL[3]))
    assert result.links == (1, 1, 1)
    assert result.links_all == (1, 1, 2)


def test_a_shifted_span_still_matches(chains: Path) -> None:
    shorter = {**ALL[0], "start": ALL[0]["start"] + 8}
    assert scores(chains, (shorter,)).tasks == (1, 1, 2)
    assert scores(chains, ({**ALL[0], "start": ALL[0]["end"] - 10},)).tasks == (0, 1, 2)


def test_a_task_is_no_progress(chains: Path) -> None:
    result = scores(chains, ({**ALL[2], "type": "task"},))
    assert result.progress == (0, 0, 2)
    assert result.tasks == (0, 1, 2)


def test_status_is_of_the_matter_with_the_most_statements(chains: Path) -> None:
    everything = scores(chains, ALL)
    assert everything.status == pytest.approx(1 / 3)
    assert everything.status_fields["basis"] == pytest.approx(1 / 3)
    assert everything.status_fields["deadline"] == pytest.approx(2 / 3)
    assert scores(chains).status_fields == dict.fromkeys(everything.status_fields, 0)


def test_what_is_wrong(chains: Path) -> None:
    with pytest.raises(GoldError, match="no chain"):
        chain_names(chains / "01-tram-xa")
    with pytest.raises(GoldError, match="not as described"):
        read_followed('[{"id": "x"}]')
    gold = chains / "01-tram-xa" / "gold.json"
    gold.write_text(json.dumps(GOLD).replace("30/6", "31/6"), encoding="utf-8")
    with pytest.raises(GoldError, match="not in the text"):
        read_chain(gold.parent)
    gold.write_text("[]", encoding="utf-8")
    with pytest.raises(GoldError, match="not as described"):
        read_chain(gold.parent)
