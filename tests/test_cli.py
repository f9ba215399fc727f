"""The command line: arguments, exit codes, and which words go where."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipeline import __version__, cli
from pipeline.read.encodings import encode_text
from pipeline.records import Document, Finding, Report, document_schema

TEXT = "Họp giao ban\nChủ tịch UBND tỉnh yêu cầu Sở Y tế phải báo cáo trước 30/6\n"


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Chidao = Callable[..., Answer]


@pytest.fixture
def chidao(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], extract: Callable[[Report], Document]
) -> Chidao:
    """The command, with an extraction for tests."""

    def findings(report: Report) -> list[Finding]:
        whole = Finding(kind="block", start=0, end=12, exact=report.text[:12], rule="title", value="title")
        word = Finding(kind="word", start=4, end=12, exact=report.text[4:12], rule="\x1b[31mred", value="giao ban")
        return [word, whole]

    monkeypatch.setattr("pipeline.document.extract_document", extract)
    monkeypatch.setattr("pipeline.document.findings", findings)

    def call(*arguments: str, stdin: str = "") -> Answer:
        # In this process, where the extraction for tests is.
        arguments = ("run", "--workers", "0", *arguments[1:]) if arguments[:1] == ("run",) else arguments
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as stopped:
            cli.main(arguments)
        printed = capsys.readouterr()
        assert isinstance(stopped.value.code, int)
        return Answer(stopped.value.code, printed.out, printed.err)

    return call


@pytest.fixture
def report(folder: Path) -> Path:
    (folder / "in").mkdir()
    (folder / "in/a.txt").write_text(TEXT, encoding="utf-8")
    return folder / "in/a.txt"


def test_run(chidao: Chidao, report: Path) -> None:
    answer = chidao("run", "in")
    assert answer.code == 0
    assert "Nhiệm vụ" in answer.out
    assert answer.err == ""
    record = json.loads(Path("outputs/run.json").read_text(encoding="utf-8"))
    assert record["counts"]["tasks"] == 1
    assert record["started"][:2] == "20"
    assert 'lang="vi"' in Path("outputs/digest/index.html").read_text(encoding="utf-8")


def test_run_in_english(chidao: Chidao, report: Path) -> None:
    answer = chidao("run", "in", "--lang", "en", "--out", "elsewhere/deep")
    assert answer.code == 0
    assert "With deadline" in answer.out
    assert 'lang="en"' in Path("elsewhere/deep/digest/index.html").read_text(encoding="utf-8")


def test_run_with_a_failing_file(chidao: Chidao, report: Path) -> None:
    report.with_name("b.txt").write_bytes(b"")
    answer = chidao("run", "in")
    assert answer.code == 1
    assert "in/b.txt: tệp trống. Hãy cho văn bản" in answer.err
    assert "tệp trống" not in answer.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("run", "in", "--lang", "fr"),
        ("run", "in", "--workers", "-1"),
        ("run", "in", "--workers", "many"),
        ("run", "in", "--timeout", "0"),
        ("run", "in", "--format", "xml"),
        ("run", "in", "--out", "in/a.txt"),
        ("run", "in", "--manifest", "none.csv"),
        ("run", "in", "--encoding", "klingon"),
        ("show",),
        ("show", "in/a.txt", "--published", "8/6/2023"),
        ("explain", "in/a.txt"),
        ("explain", "in/a.txt", "x"),
        ("explain", "in/a.txt", "9999"),
        ("explain", "in/a.txt", "-1"),
        ("date",),
        ("date", "ngày 30/6"),
        ("date", "ngày 30/6", "--on", "30/6"),
        ("date", "ngày 30/6", "--batch", "-"),
        ("unknown",),
    ],
)
def test_wrong_use(chidao: Chidao, report: Path, arguments: tuple[str, ...]) -> None:
    answer = chidao(*arguments)
    assert answer.code == 2
    assert answer.err
    assert answer.out == ""
    assert not Path("outputs/run.json").exists()


def test_show(chidao: Chidao, report: Path) -> None:
    answer = chidao("show", "in/a.txt", "--published", "2023-06-08")
    assert answer.code == 0
    for words in ("2023-06-08", "Chủ tịch UBND tỉnh", "Sở Y tế phải báo cáo", "Chủ trì: Sở Y tế", "2023-06-30"):
        assert words in answer.out


def test_show_tells_what_was_done_to_the_text(chidao: Chidao, report: Path) -> None:
    words = "Chủ tịch yêu cầu\xa0Sở Y tế báo cáo trước ngày 30/6.\n"
    report.write_bytes(words.encode("utf-16"))
    answer = chidao("show", "in/a.txt")
    assert "Ghi chú: có dấu thứ tự byte (utf-16-le)" in answer.out
    assert "Ghi chú: 1 dấu cách đặc biệt thành dấu cách thường" in answer.out
    assert "Chất lượng" not in answer.out


def test_show_tells_of_damaged_text(chidao: Chidao, report: Path) -> None:
    report.write_text("Chu tich yeu cau So Y te khan truong bao cao ket qua thuc hien nhiem vu.\n", encoding="utf-8")
    assert "Chất lượng: văn bản không có dấu tiếng Việt" in chidao("show", "in/a.txt").out


def test_show_lets_no_escape_sequence_through(chidao: Chidao, report: Path) -> None:
    report.write_text("Họp\nChủ tịch yêu cầu \x1b]0;x\x07báo cáo [bold]\n", encoding="utf-8")
    answer = chidao("show", "in/a.txt")
    assert "\x1b" not in answer.out
    assert "[bold]" in answer.out


def test_run_with_columns(chidao: Chidao, folder: Path) -> None:
    rows = 'k,Thân,hôm\n7,"Họp\nChủ tịch UBND tỉnh yêu cầu Sở Y tế phải báo cáo trước 30/6",8/6/2023\n'
    Path("t.csv").write_text(rows, encoding="utf-8")
    answer = chidao("run", "t.csv")
    assert answer.code == 1
    assert "không rõ cột nào chứa nội dung (các cột: k, Thân, hôm)" in answer.err
    answer = chidao("run", "t.csv", "--text-column", "thân", "--date-column", "hôm", "--id-column", "k")
    assert (answer.code, answer.err) == (0, "")
    record = json.loads(Path("outputs/run.json").read_text(encoding="utf-8"))
    assert [(report["path"], report["published"]) for report in record["reports"]] == [("t.csv#7", "2023-06-08")]


def test_an_encoding_that_is_asked_for(chidao: Chidao, report: Path) -> None:
    report.write_bytes(encode_text(TEXT, "tcvn3"))
    assert "Sở Y tế phải báo cáo" in chidao("show", "in/a.txt", "--encoding", "TCVN3").out
    assert chidao("show", "in/a.txt", "--encoding", "klingon").code == 1


@pytest.mark.parametrize("command", [("show",), ("explain",)])
@pytest.mark.parametrize("name", ["none.txt", "in", "in/a.pdf"])
def test_a_file_that_cant_be_read(chidao: Chidao, report: Path, command: tuple[str], name: str) -> None:
    answer = chidao(*command, name, *(["0"] if command == ("explain",) else []), "--lang", "en")
    assert answer.code == 1
    assert answer.err.startswith(f"Error: {name}: ")


def test_schema(chidao: Chidao) -> None:
    answer = chidao("schema")
    assert answer.code == 0
    assert json.loads(answer.out) == json.loads(json.dumps(document_schema()))


def test_explain(chidao: Chidao, report: Path) -> None:
    answer = chidao("explain", "in/a.txt", "5", "--lang", "en")
    assert answer.code == 0
    assert answer.out.index("title") < answer.out.index("word")
    assert "\x1b" not in answer.out
    assert "Nothing was read at 20" in chidao("explain", "in/a.txt", "20", "--lang", "en").out


@pytest.fixture
def gold(report: Path) -> Path:
    task = {"kind": "directive", "quote": "Sở Y tế phải báo cáo trước 30/6"}
    (report.parent / "a.json").write_text(json.dumps({"tasks": [task]}), encoding="utf-8")
    return report.parent


def test_evaluate(chidao: Chidao, gold: Path) -> None:
    answer = chidao("evaluate", "in", "--misses", "--lang", "en")
    assert answer.code == 0
    assert "deadline_given_span" in answer.out
    assert "a: issuer: gold null" in answer.out


def test_evaluate_as_json(chidao: Chidao, gold: Path) -> None:
    figures: dict[str, Any] = json.loads(chidao("evaluate", "in", "--json").out)
    assert figures["total"]["tasks"] == {"f1": 1.0, "p": 1.0, "r": 1.0, "gold": 1, "predicted": 1}
    assert list(figures["groups"]) == ["a"]
    assert "misses" not in figures
    assert json.loads(chidao("evaluate", "in", "--json", "--misses").out)["misses"]


def test_evaluate_without_gold(chidao: Chidao, gold: Path) -> None:
    answer = chidao("evaluate", "in", "--only", "z")
    assert (answer.code, answer.out) == (1, "")
    assert "không có tệp đáp án" in answer.err


def test_date(chidao: Chidao) -> None:
    answer = chidao("date", "trước ngày 30/6", "--on", "2023-06-08")
    assert answer.code == 0
    assert [found["end"] for found in json.loads(answer.out)] == ["2023-06-30"]
    assert answer.out.count("\n") == 1


def test_dates_in_a_batch(chidao: Chidao, folder: Path) -> None:
    lines = [
        json.dumps({"text": "trước ngày 30/6", "on": "2023-06-08"}),
        json.dumps({"text": "không có", "on": "2023-06-08"}),
    ]
    Path("lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    answer = chidao("date", "--batch", "lines.jsonl")
    assert answer.code == 0
    assert [len(json.loads(line)) for line in answer.out.splitlines()] == [1, 0]


def test_a_wrong_line_of_a_batch_has_an_answer_too(chidao: Chidao, folder: Path) -> None:
    good = json.dumps({"text": "trước ngày 30/6", "on": "2023-06-08"})
    wrong = ["{", "[]", "", '{"text": "x"}', '{"text": "x", "on": "8/6"}', '{"text": 1, "on": "2023-06-08"}']
    Path("lines.jsonl").write_text("\n".join([*wrong, good, ""]), encoding="utf-8")
    answer = chidao("date", "--batch", "lines.jsonl", "--lang", "en")
    assert answer.code == 1
    assert answer.out.splitlines()[:-1] == ["null"] * len(wrong)
    assert json.loads(answer.out.splitlines()[-1])
    assert "line 2:" in answer.err
    assert chidao("date", "--batch", "none.jsonl").code == 1


def test_help_is_in_the_language_asked_for(chidao: Chidao) -> None:
    for command in ("run", "show", "schema", "evaluate", "explain", "date"):
        vietnamese, english = chidao(command, "--help"), chidao(command, "--lang", "en", "--help")
        assert vietnamese.code == english.code == 0
        assert vietnamese.out != english.out
        for answer in (vietnamese, english):
            assert "arg_" not in answer.out and "opt_" not in answer.out and "help_" not in answer.out
    assert "Đọc" in chidao("--help").out


def test_version(chidao: Chidao) -> None:
    assert chidao("--version").out == f"chidao {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ((), "vi"),
        (("run", "--lang", "en"), "en"),
        (("--lang=en",), "en"),
        (("--lang",), "vi"),
        (("--lang", "fr"), "vi"),
    ],
)
def test_language_of(arguments: tuple[str, ...], language: str) -> None:
    assert cli.language_of(arguments) == language


def test_the_module_is_the_command_and_reads_standard_input(root: Path) -> None:
    line = json.dumps({"text": "trước ngày 30/6", "on": "2023-06-08"}) + "\n"
    command = [sys.executable, "-m", "pipeline", "date", "--batch", "-"]
    environment = {"PYTHONPATH": str(root), "PYTHONIOENCODING": "ascii", "PATH": ""}
    done = subprocess.run(command, input=line.encode(), capture_output=True, env=environment, check=True)
    assert json.loads(done.stdout.decode("utf-8"))[0]["text"] == "trước ngày 30/6"
