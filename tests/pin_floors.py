"""The floors of quality: `python -m tests.pin_floors` pins them anew in `tests/floors.toml`.

For each folder of gold reports and each prefix of their names the file holds a digest of the gold and, for each
figure, the least it may be: 0.01 below what was measured when it was pinned. Pinning raises floors, adds those of new
gold, and keeps those of a folder that isn't there. It refuses to lower or drop one:

    python -m tests.pin_floors --lower "why it is right that the figure is lower"

does, and the reason is kept in the file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.document import extract_document
from pipeline.evaluate import Scores, evaluate, gold_names, group_of
from pipeline.read.manifest import MANIFEST_NAMES
from tests.chain_scores import digest_of_chains, measure_chains
from tests.conftest import ROOT, SHARED

FLOORS = Path(__file__).parent / "floors.toml"
FOLDERS = {"corpus": ROOT / "corpus", "dev": SHARED / "gold" / "dev", "chains": ROOT / "corpus" / "chains"}
"""Gold reports, and under `chains` those of follow-up."""
COMMAND = "python -m tests.pin_floors"
MARGIN = 0.01
_HEAD = f"""\
# The least that each figure may be, for each folder of gold reports and each prefix of their names. Never written by
# hand: `{COMMAND}` measures and pins, and says why where it refuses.
"""

Figures = dict[str, float]


class Lowered(NamedTuple):
    """A floor that was lowered or dropped, and why. `now` is null where it was dropped."""

    floor: str
    was: float
    now: float | None
    reason: str


class Pinned(NamedTuple):
    """The floors of one group of gold reports, with the digest of their gold."""

    gold: str
    figures: Figures


class Floors(NamedTuple):
    """The content of `floors.toml`: the floors by folder and group, and all that were lowered."""

    groups: dict[tuple[str, str], Pinned]
    lowered: tuple[Lowered, ...]


class LowerFloor(Exception):
    """A floor would have to be lowered, and no reason was given."""


def read_floors(location: Path = FLOORS) -> Floors:
    """The pinned floors; none where there is no file."""
    if not location.exists():
        return Floors({}, ())
    data = tomllib.loads(location.read_text(encoding="utf-8"))
    lowered = tuple(Lowered(row["floor"], row["was"], row.get("now"), row["reason"]) for row in data.pop("lowered", []))
    groups = {
        (folder, group): Pinned(row["gold"], {name: value for name, value in row.items() if name != "gold"})
        for folder, rows in data.items()
        for group, row in rows.items()
    }
    return Floors(groups, lowered)


def write_floors(floors: Floors, location: Path = FLOORS) -> None:
    """Writes the file; the inverse of `read_floors`."""
    parts = [_HEAD]
    for (folder, group), pinned in sorted(floors.groups.items()):
        rows = [f"{name} = {value}" for name, value in pinned.figures.items()]
        parts.append("\n".join([f"[{folder}.{group}]", f'gold = "{pinned.gold}"', *rows, ""]))
    for one in floors.lowered:
        now = [f"now = {one.now}"] if one.now is not None else []
        reason = f"reason = {json.dumps(one.reason, ensure_ascii=False)}"
        parts.append("\n".join(["[[lowered]]", f'floor = "{one.floor}"', f"was = {one.was}", *now, reason, ""]))
    location.write_text("\n".join(parts), encoding="utf-8")


def figures_of(scores: Scores) -> Figures:
    """The figures that have floors."""
    return {
        "tasks": scores.tasks.f1,
        "kind": scores.kind,
        "issuer": scores.issuer,
        "lead": scores.lead,
        "coordinating": scores.coordinating,
        "deadline": scores.deadline.f1,
        "complete": scores.complete.f1,
        "meeting_date": scores.meeting_date,
    }


def prefix_of(name: str) -> str:
    """The group of a gold report: "press" of "press-01-nghe-an", "n" of "n07"."""
    return group_of(name).rstrip("-")


@cache
def measure(folder: Path) -> dict[str, Figures]:
    """The figures of a folder's groups, as they are now."""
    if folder == FOLDERS["chains"]:
        return measure_chains(folder)
    found = evaluate(folder, extract_document)
    return {group.rstrip("-"): figures_of(scores) for group, scores in found.groups.items()}


def digest_of(folder: Path) -> dict[str, str]:
    """A digest of each group's gold: texts, annotations and days of publication."""
    if folder == FOLDERS["chains"]:
        return digest_of_chains(folder)
    manifest = folder / MANIFEST_NAMES[0]
    rows = manifest.read_text(encoding="utf-8").splitlines() if manifest.exists() else []
    digests: dict[str, hashlib._Hash] = {}
    for name in gold_names(folder):
        digest = digests.setdefault(prefix_of(name), hashlib.sha256())
        published = [row for row in rows if row.startswith(f"{name}.txt,")]
        for part in (name.encode(), *(row.encode() for row in published), *_contents(folder, name)):
            digest.update(hashlib.sha256(part).digest())
    return {group: digest.hexdigest()[:16] for group, digest in digests.items()}


def _contents(folder: Path, name: str) -> Iterable[bytes]:
    return ((folder / f"{name}{suffix}").read_bytes() for suffix in (".txt", ".json"))


def pin(old: Floors, folder: str, digests: Mapping[str, str], measured: Mapping[str, Figures], reason: str) -> Floors:
    """The floors with those of one folder pinned anew. Raises LowerFloor where one would fall and `reason` is empty."""
    groups = {key: pinned for key, pinned in old.groups.items() if key[0] != folder}
    lowered: list[Lowered] = []
    for (place, group), pinned in sorted(old.groups.items()):
        if place == folder and group not in measured:
            lowered += [Lowered(f"{folder}.{group}.{name}", was, None, reason) for name, was in pinned.figures.items()]
    for group, figures in sorted(measured.items()):
        before = old.groups.get((folder, group), Pinned("", {})).figures
        now = {}
        for name, value in figures.items():
            floor = max(0.0, math.floor((value - MARGIN) * 10_000) / 10_000)
            was = before.get(name, 0.0)
            if value >= was:
                floor = max(floor, was)
            else:
                lowered.append(Lowered(f"{folder}.{group}.{name}", was, floor, reason))
            now[name] = floor
        groups[folder, group] = Pinned(digests[group], now)
    if lowered and not reason.strip():
        raise LowerFloor("\n".join(f"{one.floor}: {one.was} -> {one.now}" for one in lowered))
    return Floors(groups, (*old.lowered, *lowered))


def main(arguments: list[str] | None = None) -> int:
    """Pins the floors of every folder that is there; 1 where a floor would fall without a reason."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Pin the floors of quality.")
    parser.add_argument("--lower", metavar="REASON", default="", help="lower floors where need be, and keep the reason")
    chosen = parser.parse_args(arguments)
    floors = read_floors()
    try:
        for name, folder in FOLDERS.items():
            if folder.is_dir():
                floors = pin(floors, name, digest_of(folder), measure(folder), chosen.lower)
    except LowerFloor as refused:
        print(f'these floors would fall; say why with --lower "reason":\n{refused}', file=sys.stderr)
        return 1
    write_floors(floors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
