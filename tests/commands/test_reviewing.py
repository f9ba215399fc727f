"""`chidao review`, `check`, `backup`, `history`, `runs` and `tasks --as-of`: what they print, and their exit codes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.store.database import open_database, store
from tests.store.database.documents import STARTED, TEXT, make_document, with_id_of

Call = Callable[..., tuple[int, str, str]]
DB = "outputs/directives.db"


@pytest.fixture
def chidao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command, in a folder with a database of three tasks."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LOGNAME", "hoa")
    with open_database(DB) as database:
        store(database, [make_document()], started=STARTED)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            cli.main(arguments)
        printed = capsys.readouterr()
        assert isinstance(stopped.value.code, int)
        return stopped.value.code, printed.out, printed.err

    return call


def listed(chidao: Call, *arguments: str) -> dict[str, dict[str, object]]:
    code, out, err = chidao("tasks", "--format", "json", *arguments)
    assert (code, err.startswith("Lỗi")) == (0, False), err
    return {task["id"]: task for task in json.loads(out)}


def test_the_queue(chidao: Call) -> None:
    code, out, err = chidao("review", "queue", "--lang", "en")
    assert (code, err) == (0, "")
    for words in ("Sở Y tế", "trước 30/6.", "Doubt"):
        assert words in out
    code, out, _ = chidao("review", "queue", "--format", "csv", "--limit", "2")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert (code, len(rows)) == (0, 2)
    assert {"task_id", "doubt", "questions"} <= rows[0].keys()
    code, out, _ = chidao("review", "queue", "--format", "json", "--kind", "directive")
    assert [one["kind"] for one in json.loads(out)] == ["directive"] * 3


def test_accept_reject_and_edit(chidao: Call) -> None:
    first, second, third = listed(chidao)
    assert chidao("review", "accept", first, second, "--reviewer", "Hoa")[0] == 0
    assert chidao("review", "reject", third, "--reason", "không phải")[0] == 0
    edit = (
        "review",
        "edit",
        first,
        "--lead",
        "Sở Tài chính",
        "--deadline",
        "trước ngày 15/7",
        "--issuer-role",
        "Bí thư",
    )
    assert chidao(*edit)[0] == 0
    now = listed(chidao)
    assert set(now) == {first, second}
    assert (now[first]["status"], now[second]["status"]) == ("edited", "accepted")
    assert now[first]["deadline_end"] == "2023-07-15"
    assert now[first]["issuer_role"] == "Bí thư"
    code, out, _ = chidao("history", first, "--json")
    moments = json.loads(out)
    assert [(moment["said_by"], moment["verdict"]) for moment in moments] == [
        ("chidao", None),
        ("Hoa", "accept"),
        ("hoa", "edit"),
    ]
    code, out, _ = chidao("history", third)
    assert (code, "không phải" in out, "reject" in out) == (0, True, True)
    assert chidao("check")[0] == 0


def test_what_is_emptied_and_what_is_left(chidao: Call) -> None:
    with_deadline = [id_ for id_, task in listed(chidao).items() if task["deadline"]]
    first = with_deadline[0]
    assert chidao("review", "edit", first, "--no-lead", "--no-deadline", "--issuer-person", "")[0] == 0
    task = listed(chidao)[first]
    assert (task["lead"], task["deadline"], task["issuer_person"]) == ([], None, None)


def test_add(chidao: Call) -> None:
    report = make_document().document.id
    code, out, _ = chidao("review", "add", report, "--words", "Họp về chuyển đổi số", "--kind", "proposal")
    assert code == 0
    assert listed(chidao)[out.strip()]["kind"] == "proposal"


@pytest.mark.parametrize(
    "arguments",
    [
        ("accept", "nothing"),
        ("edit", "TASK"),
        ("edit", "TASK", "--words", "không có ở đây"),
        ("edit", "TASK", "--due", "30/6"),
        ("add", "nothing", "--words", "họp"),
        ("import", "nowhere.json"),
        ("import", "nothing.txt"),
        ("accept", "TASK", "--reviewer", ""),
    ],
)
def test_what_can_not_be_done_is_told(chidao: Call, arguments: tuple[str, ...]) -> None:
    first = next(iter(listed(chidao)))
    code, out, err = chidao("review", *(first if part == "TASK" else part for part in arguments))
    assert (code, out) == (2, "")
    assert err.startswith("Lỗi")
    assert listed(chidao)[first]["status"] == "unreviewed"


def test_several_at_once_are_all_or_none(chidao: Call) -> None:
    first = next(iter(listed(chidao)))
    assert chidao("review", "accept", first, "nothing")[0] == 2
    assert listed(chidao)[first]["status"] == "unreviewed"


def test_gold_out_and_in(chidao: Call) -> None:
    chidao("review", "accept", *listed(chidao))
    code, out, _ = chidao("review", "export", "gold", "--lang", "en")
    assert code == 0
    assert "1 reports reviewed throughout" in out
    file = Path("gold") / f"{make_document().document.id}.json"
    gold = json.loads(file.read_bytes())
    gold["tasks"] = gold["tasks"][:2]
    file.write_text(json.dumps(gold), encoding="utf-8")
    code, out, _ = chidao("review", "import", str(file), "--lang", "en")
    assert (code, out) == (0, "0 accepted, 0 edited, 1 rejected, 0 added, 2 unchanged, 0 stale.\n")
    assert len(listed(chidao)) == 2


def test_tasks_as_of_a_run_and_a_day(chidao: Call) -> None:
    first = next(iter(listed(chidao)))
    chidao("review", "reject", first)
    document = make_document()
    with open_database(DB) as database:
        later = with_id_of(make_document(TEXT.rsplit("\n", 2)[0] + "\n"), document)
        store(database, [later], started="2126-03-05T00:00:00+00:00")
    assert [len(listed(chidao, "--as-of", moment)) for moment in ("1", "2", "3")] == [3, 2, len(listed(chidao))]
    assert len(listed(chidao, "--as-of", "2026-03-02")) == 3
    assert len(listed(chidao)) < 3
    assert chidao("tasks", "--as-of", "9")[0] == 1


def test_check_tells_faults(chidao: Call) -> None:
    assert chidao("check", "--lang", "en")[:2] == (0, "The database is sound.\n")
    with open_database(DB) as database, database.writing() as connection:
        connection.exec_driver_sql("UPDATE task_state SET action = 'khác'")
    code, out, _ = chidao("check", "--lang", "en")
    assert (code, out.splitlines()[-1]) == (1, "3 faults.")
    code, out, _ = chidao("check", "--json")
    assert code == 1
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["state"] * 3


def test_backup(chidao: Call) -> None:
    assert chidao("backup", "copy.db")[0] == 0
    assert chidao("check", "--db", "copy.db")[0] == 0
    code, _, err = chidao("backup", "copy.db", "--lang", "en")
    assert (code, "file of this name" in err) == (1, True)


def test_runs(chidao: Call) -> None:
    code, out, _ = chidao("runs", "--json")
    (run,) = json.loads(out)
    assert (code, run["run"], run["reports"]) == (0, 1, 1)
    assert chidao("runs")[0] == 0


@pytest.mark.parametrize("command", [("check",), ("runs",), ("history", "x"), ("backup", "y.db"), ("review", "queue")])
def test_no_database(chidao: Call, command: tuple[str, ...]) -> None:
    code, out, err = chidao(*command, "--db", "missing.db")
    assert (code, out) == (1, "")
    assert "missing.db" in err
    assert not Path("missing.db").exists()
