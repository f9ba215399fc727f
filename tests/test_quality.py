"""The quality doesn't fall: the figures over the gold reports against the floors in `floors.toml`.

`python -m tests.pin_floors` pins the floors anew, see there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pin_floors import (
    COMMAND,
    FOLDERS,
    Figures,
    Floors,
    Lowered,
    LowerFloor,
    Pinned,
    digest_of,
    measure,
    pin,
    read_floors,
    write_floors,
)

PLACES = sorted(read_floors().groups)


def folder_of(name: str) -> Path:
    if not FOLDERS[name].is_dir():
        pytest.skip("these gold reports aren't here: their texts belong to their publishers")
    return FOLDERS[name]


def name_of(place: tuple[str, str]) -> str:
    return "-".join(place)


@pytest.mark.parametrize("name", FOLDERS)
def test_every_group_has_floors_for_the_gold_as_it_is(name: str) -> None:
    pinned = {group: one.gold for (folder, group), one in read_floors().groups.items() if folder == name}
    found = digest_of(folder_of(name))
    changed = sorted(group for group in pinned.keys() | found.keys() if pinned.get(group) != found.get(group))
    assert not changed, f"the gold of {name} changed since its floors were pinned ({', '.join(changed)}): run {COMMAND}"


@pytest.mark.parametrize("place", PLACES, ids=name_of)
def test_no_figure_is_below_its_floor(place: tuple[str, str]) -> None:
    folder, group = place
    figures = measure(folder_of(folder)).get(group, {})
    floors = read_floors().groups[place].figures
    below = {name: (figures.get(name), floor) for name, floor in floors.items() if figures.get(name, 0.0) < floor}
    assert not below, f"(measured, floor): {below}; chidao evaluate with --misses shows each disagreement"


def test_the_corpus_is_pinned() -> None:
    assert {group for folder, group in PLACES if folder == "corpus"} == {"national", "news", "official", "press"}
    sizes = {(folder, len(one.figures)) for (folder, _), one in read_floors().groups.items()}
    assert sizes == {("corpus", 8), ("dev", 8), ("chains", 6)}


HIGH: dict[str, Figures] = {"x": {"tasks": 0.9, "lead": 0.5}}
DIGESTS = {"x": "one", "y": "two"}


def test_floors_are_a_hundredth_below_what_was_measured() -> None:
    floors = pin(Floors({}, ()), "corpus", DIGESTS, HIGH | {"y": {"tasks": 0.0}}, "")
    assert floors.groups == {
        ("corpus", "x"): Pinned("one", {"tasks": 0.89, "lead": 0.49}),
        ("corpus", "y"): Pinned("two", {"tasks": 0.0}),
    }


@pytest.mark.parametrize(("measured", "floor"), [(0.95, 0.94), (0.9, 0.89), (0.895, 0.89), (0.89, 0.89)])
def test_a_floor_rises_and_otherwise_stays(measured: float, floor: float) -> None:
    old = pin(Floors({}, ()), "corpus", DIGESTS, HIGH, "")
    floors = pin(old, "corpus", DIGESTS, {"x": {"tasks": measured, "lead": 0.5}}, "")
    assert floors == Floors({("corpus", "x"): Pinned("one", {"tasks": floor, "lead": 0.49})}, ())


@pytest.mark.parametrize(
    ("measured", "told"),
    [
        pytest.param({"x": {"tasks": 0.8, "lead": 0.5}}, "corpus.x.tasks: 0.89 -> 0.79", id="lower"),
        pytest.param({"y": {"tasks": 0.8}}, "corpus.x.lead: 0.49 -> None", id="gone"),
    ],
)
def test_lowering_needs_a_reason_and_keeps_it(measured: dict[str, Figures], told: str) -> None:
    old = pin(Floors({}, (Lowered("corpus.x.lead", 0.6, 0.49, "earlier"),)), "corpus", DIGESTS, HIGH, "")
    with pytest.raises(LowerFloor, match=told):
        pin(old, "corpus", DIGESTS, measured, " ")
    floors = pin(old, "corpus", DIGESTS, measured, "the gold was wrong")
    assert floors.lowered[0].reason == "earlier"
    assert {one.reason for one in floors.lowered[1:]} == {"the gold was wrong"}
    assert told in [f"{one.floor}: {one.was} -> {one.now}" for one in floors.lowered]


def test_floors_of_a_folder_that_is_not_there_stay() -> None:
    old = pin(Floors({}, ()), "dev", DIGESTS, HIGH, "")
    floors = pin(old, "corpus", DIGESTS, HIGH, "")
    assert floors.groups["dev", "x"] == old.groups["dev", "x"]
    assert set(floors.groups) == {("dev", "x"), ("corpus", "x")}


def test_the_file_reads_back(folder: Path) -> None:
    lowered = (
        Lowered("corpus.x.lead", 0.6, 0.49, 'gold was "wrong"\nđã sửa'),
        Lowered("dev.n.tasks", 0.5, None, "gone"),
    )
    floors = Floors({("corpus", "x"): Pinned("one", {"tasks": 0.89}), ("dev", "ben-tre"): Pinned("two", {})}, lowered)
    write_floors(floors, folder / "floors.toml")
    assert read_floors(folder / "floors.toml") == floors
    assert read_floors(folder / "none.toml") == Floors({}, ())


@pytest.mark.parametrize("change", ["text", "gold", "day", "name"])
def test_the_digest_is_of_all_that_is_measured_with(folder: Path, change: str) -> None:
    (folder / "x1.txt").write_text("Họp.", encoding="utf-8")
    (folder / "x1.json").write_text('{"tasks": []}', encoding="utf-8")
    (folder / "y1.txt").write_text("Họp.", encoding="utf-8")
    (folder / "y1.json").write_text('{"tasks": []}', encoding="utf-8")
    (folder / "manifest.csv").write_text("file,published\nx1.txt,2023-06-07\ny1.txt,2023-06-07\n", encoding="utf-8")
    before = digest_of(folder)
    assert set(before) == {"x", "y"} and before["x"] != before["y"]
    if change == "text":
        (folder / "x1.txt").write_text("Họp!", encoding="utf-8")
    elif change == "gold":
        (folder / "x1.json").write_text('{"tasks":  []}', encoding="utf-8")
    elif change == "day":
        (folder / "manifest.csv").write_text("file,published\nx1.txt,2023-06-08\ny1.txt,2023-06-07\n", encoding="utf-8")
    else:
        for suffix in (".txt", ".json"):
            (folder / f"x1{suffix}").rename(folder / f"x2{suffix}")
    after = digest_of(folder)
    assert after["x"] != before["x"] and after["y"] == before["y"]
