"""`chidao follow`: the JSON contract over files, the same over the database, one matter's dossier, wrong use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main

TEXTS = {
    "01.txt": "Chủ tịch UBND tỉnh Bến Tre Lê Văn Nam yêu cầu Sở Giao thông vận tải hoàn thành thi công cầu Bến Đá "
    "trước ngày 31/12/2024.",
    "02.txt": "Chủ tịch UBND tỉnh Bến Tre Lê Văn Nam yêu cầu Sở Giao thông vận tải hoàn thành thi công cầu Bến Đá "
    "trước ngày 30/6/2025.",
}
MANIFEST = "file,published\n01.txt,2024-03-01\n02.txt,2024-12-20\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, text in TEXTS.items():
        (reports / name).write_text(text + "\n", encoding="utf-8")
    (reports / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    return reports


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def listed(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    code, out, err = call(capsys, "follow", *arguments, "--format", "json")
    assert code == 0, err
    return json.loads(out)


def test_the_json_contract(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [matter] = listed(capsys, folder, "--manifest", folder / "manifest.csv", "--as-of", "2025-07-01")
    assert list(matter) == ["id", "title", "body", "deadline", "moved", "status", "statements"]
    assert (matter["deadline"], matter["moved"], matter["body"]) == ("2025-06-30", 1, "Sở Giao thông vận tải")
    assert matter["status"] == {"progress": "unknown", "timeliness": "overdue", "basis": "none_found"}
    for statement in matter["statements"]:
        assert list(statement) == ["path", "published", "start", "end", "exact", "type", "progress"]
        text = Path(statement["path"]).read_text(encoding="utf-8")
        assert text[statement["start"] : statement["end"]] == statement["exact"]


def test_only_what_was_published_by_the_day_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [matter] = listed(capsys, folder, "--as-of", "2024-12-19")
    assert (matter["deadline"], matter["moved"], len(matter["statements"])) == ("2024-12-31", 0, 1)
    assert matter["status"]["timeliness"] == "due_soon"
    assert listed(capsys, folder, "--as-of", "2024-01-01") == []


def test_the_order_of_inputs_does_not_matter(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [folder / name for name in TEXTS]
    manifest = ("--manifest", folder / "manifest.csv", "--as-of", "2025-07-01")
    assert listed(capsys, *files, *manifest) == listed(capsys, *reversed(files), *manifest)


def test_quiet_and_slipped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(listed(capsys, folder, "--as-of", "2025-07-01", "--quiet", "--slipped")) == 1
    assert listed(capsys, folder, "--as-of", "2024-12-19", "--quiet") == []
    assert listed(capsys, folder, "--as-of", "2024-12-19", "--slipped") == []
    assert listed(capsys, folder, "--as-of", "2025-07-01", "--body", "Sở Y tế") == []


def test_the_database_gives_the_same_and_a_dossier(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    # Two reports that differ in a date alone are copies to a run, unless it keeps all.
    call(capsys, "run", folder, "--out", out, "--no-digest", "--workers", "0", "--keep-duplicates")
    database = ("--db", out / "directives.db", "--as-of", "2025-07-01")
    found = listed(capsys, *database)
    assert found == listed(capsys, folder, "--as-of", "2025-07-01")
    code, dossier, _ = call(capsys, "follow", found[0]["id"], *database)
    assert code == 0
    assert "lùi từ 2024-12-31 sang 2025-06-30, lần 1, +181 ngày" in dossier
    code, _, err = call(capsys, "follow", "0123456789ab", *database)
    assert code == 1 and "0123456789ab" in err


def test_wrong_use(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "follow", folder, "--as-of", "hôm qua")[0] == 2
    assert call(capsys, "follow", folder, "--accept", "a,b")[0] == 2
    assert call(capsys, "follow", "--accept", "a", "--db", folder / "none.db")[0] == 2
