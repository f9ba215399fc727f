"""The chains of corpus/chains: every gold file says what its texts say, and agrees with itself."""

from __future__ import annotations

import datetime
import itertools
import unicodedata
from pathlib import Path

import pytest

from pipeline.chains import Chain, GoldMatter, GoldStatus, Statement, chain_names, read_chain
from pipeline.read.manifest import read_manifest

CHAINS = Path(__file__).parents[1] / "corpus" / "chains"
NAMES = chain_names(CHAINS)
PROGRESS = {"completed", "in_progress", "not_started", "late", "suspended", "cancelled"}
SLOTS = {"person", "work", "time", "responsibility", "product", "authority", "effect"}
DUE_SOON = datetime.timedelta(days=30)


@pytest.fixture(scope="module", params=NAMES)
def chain(request: pytest.FixtureRequest) -> Chain:
    return read_chain(CHAINS / request.param)


def published(chain: Chain) -> dict[str, str]:
    manifest = read_manifest(CHAINS / chain.name / "manifest.csv")
    assert not manifest.problems
    return {entry.file: entry.published or "" for entry in manifest.entries}


def statements(chain: Chain) -> list[Statement]:
    return [statement for matter in chain.gold.matters for statement in matter.statements]


def test_reports_are_listed_in_the_order_of_publication(chain: Chain) -> None:
    days = published(chain)
    assert list(days) == sorted(chain.texts) == [f"{number:02}.txt" for number in range(1, len(days) + 1)]
    assert 2 <= len(days) <= 6
    assert list(days.values()) == sorted(datetime.date.fromisoformat(day).isoformat() for day in days.values())


def test_texts_are_canonical(chain: Chain) -> None:
    for path, text in chain.texts.items():
        written = (CHAINS / chain.name / path).read_bytes().decode("utf-8")
        assert written == text == unicodedata.normalize("NFC", written)


def test_statements_are_unique_and_apart(chain: Chain) -> None:
    found = sorted(statements(chain), key=lambda statement: (statement.path, statement.start))
    for one, other in itertools.pairwise(found):
        assert one.path != other.path or one.end <= other.start
    for statement in found:
        assert statement.exact == statement.exact.strip() != ""
        assert statement.exact[-1] not in ".;,"
        assert statement.type in ("task", "progress")
        assert statement.progress in PROGRESS if statement.type == "progress" else statement.progress is None
    assert all(matter.statements for matter in chain.gold.matters)
    ids = [matter.id for matter in chain.gold.matters]
    assert len(set(ids)) == len(ids)


def last_said(matter: GoldMatter, day: str, days: dict[str, str]) -> str:
    said = [it for it in matter.statements if it.type == "progress" and days[it.path] <= day]
    last = max(said, key=lambda it: (days[it.path], it.path, it.start)).progress if said else "unknown"
    return "in_progress" if last == "late" else last or ""


def timeliness(status: GoldStatus) -> set[str]:
    """What can stand beside the deadline."""
    if status.deadline is None:
        return {"no_deadline"}
    if status.progress == "completed":
        return {"on_time", "late"}
    left = datetime.date.fromisoformat(status.deadline) - datetime.date.fromisoformat(status.as_of)
    return {"overdue" if left.days < 0 else "due_soon" if left <= DUE_SOON else "within_term"}


def test_statuses_follow_from_the_statements(chain: Chain) -> None:
    days = published(chain)
    assert chain.days
    for matter in chain.gold.matters:
        for status in matter.status:
            where = (chain.name, matter.id, status.as_of)
            assert any(days[it.path] <= status.as_of for it in matter.statements), where
            assert status.progress == last_said(matter, status.as_of, days), where
            assert status.timeliness in timeliness(status), where
            assert status.basis in ({"none_found"} if status.progress == "unknown" else {"official", "press_evidence"})
            assert status.moved >= 0
            assert not status.moved or status.deadline, where


def test_clarity_is_of_tasks(chain: Chain) -> None:
    tasks = {statement.place for statement in statements(chain) if statement.type == "task"}
    for task in chain.gold.clarity:
        assert (task.path, task.start, task.end, "task") in tasks
        assert set(task.slots) == SLOTS
        assert task.profile == "pm-2025"
