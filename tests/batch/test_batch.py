"""Many files: all are accounted for, whatever is wrong with some."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch
from pipeline.batch import RunOptions
from pipeline.errors import ManifestError, StoreError, UnreadableDocument
from pipeline.read.encodings import encode_text
from pipeline.read.items import Found, Item, Opening, ReadOptions, Source
from pipeline.read.readers import CONTAINERS, READERS
from pipeline.records import Document, FileText, Report, RunRecord
from pipeline.store import json_files
from tests.batch.articles import ARTICLE
from tests.batch.result_files import results

Extract = Callable[[Report], Document]
Run = Callable[..., RunRecord]
TEXT = "Họp {0}\nChủ tịch UBND tỉnh yêu cầu Sở Y tế phải báo cáo trước 30/6\n"


@pytest.fixture
def run(extract: Extract) -> Run:
    """A run in this process, with an extraction for tests."""

    def run_on(*inputs: str, **given: Any) -> RunRecord:
        names = RunOptions.__struct_fields__
        options = RunOptions(**{name: given.pop(name) for name in names if name in given})
        arguments = {"out_dir": Path("outputs"), "extract": extract, **given}
        return batch.run(inputs, started="2023-06-08T00:00:00+07:00", options=options, **arguments)

    return run_on


def fill(folder: Path, *names: str) -> None:
    for name in names:
        location = folder / name
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_text(TEXT.format(name), encoding="utf-8")


def test_what_is_written(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt", "in/b.md")
    (folder / "in/manifest.csv").write_text("file,published\na.txt,2023-06-08\n", encoding="utf-8")
    record = run("in")
    written = results(folder / "outputs")
    ids = [report.id for report in record.reports]
    assert set(written) == {
        ".written", "digest/index.html", "run.json", "tasks.csv", "tasks.jsonl",
        *(f"json/{i}.json" for i in ids), *(f"digest/reports/{i}.html" for i in ids),
    }  # fmt: skip
    assert b'lang="vi"' in written["digest/index.html"]
    assert [report.published for report in record.reports] == ["2023-06-08", None]
    assert record.manifests == ("in/manifest.csv",)
    counts = record.counts
    assert (counts.files, counts.reports, counts.tasks, counts.with_deadline) == (2, 2, 2, 2)
    assert len(written["tasks.jsonl"].splitlines()) == 2
    document = json_files.read_document(folder / "outputs" / record.reports[0].json)
    assert document.document.path == "in/a.txt"


def test_the_order_of_inputs_and_running_again_change_nothing(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt", "in/sub/b.txt", "c.txt")
    shutil.copy(folder / "in/a.txt", folder / "in/z.txt")
    run("in", "c.txt")
    first = results(folder / "outputs")
    run("in", "c.txt")
    assert results(folder / "outputs") == first
    run("c.txt", "in/sub", "in", out_dir=Path("other"))
    again = results(folder / "other")
    assert {name: data for name, data in again.items() if name != "run.json"} == {
        name: data for name, data in first.items() if name != "run.json"
    }


def test_duplicates_are_of_the_first_path(folder: Path, run: Run) -> None:
    fill(folder, "in/b.txt")
    for name in ("a.txt", "z.txt"):
        shutil.copy(folder / "in/b.txt", folder / "in" / name)
    record = run("in")
    assert [(duplicate.path, duplicate.of) for duplicate in record.duplicates] == [
        ("in/b.txt", "in/a.txt"),
        ("in/z.txt", "in/a.txt"),
    ]
    assert record.counts.files == 3


def near_copies(folder: Path) -> None:
    texts = {
        "in/whole.txt": ARTICLE,
        "in/cut.txt": ARTICLE.replace("Họp về hạn mặn", "Tin trong ngày").partition("Các địa phương")[0],
        "in/spaced.txt": ARTICLE.replace("\n\n", "\n\n\n"),
        "in/other.txt": ARTICLE.replace("350 ha", "360 ha"),
    }
    (folder / "in").mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_near_copies_are_kept_once_with_their_sources(folder: Path, run: Run) -> None:
    near_copies(folder)
    record = run("in")
    assert [report.path for report in record.reports] == ["in/other.txt", "in/spaced.txt"]
    assert [(row.path, row.of, row.relation) for row in record.duplicates] == [
        ("in/cut.txt", "in/spaced.txt", "near_copy"),
        ("in/whole.txt", "in/spaced.txt", "same_text"),
    ]
    counts = record.counts
    assert (counts.files, counts.reports, counts.duplicates) == (4, 2, 2)
    document = json_files.read_document(folder / "outputs" / record.reports[1].json)
    assert [(source.path, source.relation) for source in document.document.sources] == [
        ("in/cut.txt", "near_copy"),
        ("in/whole.txt", "same_text"),
    ]
    run("in/spaced.txt", "in/other.txt", "in/whole.txt", "in/cut.txt", out_dir=Path("other"))
    first, again = results(folder / "outputs"), results(folder / "other")
    assert {name: data for name, data in again.items() if name != "run.json"} == {
        name: data for name, data in first.items() if name != "run.json"
    }


def test_duplicates_are_kept_where_asked_for(folder: Path, run: Run) -> None:
    near_copies(folder)
    shutil.copy(folder / "in/cut.txt", folder / "in/cut-again.txt")
    record = run("in", keep_duplicates=True)
    assert record.counts.reports == record.counts.files == 5
    assert not record.duplicates
    first, second = (report.id for report in record.reports if report.path.startswith("in/cut"))
    assert second == f"{first}-2"
    assert all((folder / "outputs" / report.json).exists() for report in record.reports)


def test_versions_are_kept_and_what_changed_is_told(folder: Path, run: Run) -> None:
    (folder / "in").mkdir()
    (folder / "in/new.txt").write_text(ARTICLE.replace("trước 30/6", "trước 15/7"), encoding="utf-8")
    (folder / "in/old.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "in/manifest.csv").write_text(
        "file,published,url\nnew.txt,2023-06-09,https://example.vn/1.html\nold.txt,2023-06-08,https://example.vn/1.html\n",
        encoding="utf-8",
    )
    record = run("in")
    assert [report.path for report in record.reports] == ["in/new.txt", "in/old.txt"]
    assert [(row.path, row.of, row.added, row.dropped, row.changed) for row in record.revised] == [
        ("in/new.txt", "in/old.txt", 0, 0, 1)
    ]
    new, old = (json_files.read_document(folder / "outputs" / report.json) for report in record.reports)
    assert [source.path for source in new.document.sources] == ["in/old.txt"]
    assert [source.id for source in old.document.sources] == [new.document.id]
    (revision,) = new.revisions
    assert (revision.of, revision.path) == (old.document.id, "in/old.txt")
    assert [field.field for field in revision.changes[0].fields] == ["task", "deadline"]
    assert not old.revisions


def test_what_is_wrong_with_one_file_is_told_and_the_others_go_on(folder: Path, run: Run) -> None:
    fill(folder, "in/good.txt")
    (folder / "in/empty.txt").write_bytes(b"")
    (folder / "in/binary.txt").write_bytes(bytes(range(256)))
    (folder / "in/latin.txt").write_bytes(b"caf\xe9 " * 9)
    (folder / "in/dangling.txt").symlink_to("nowhere")
    (folder / "in/loop.txt").symlink_to("loop.txt")
    (folder / "in/gold.json").write_text("{}", encoding="utf-8")
    os.mkfifo(folder / "in/pipe.txt")
    (folder / "none").mkdir()
    record = run("in", "none", "gone.txt", "in/gold.json", language="en")
    reasons = {failure.path: failure.reason for failure in record.failures}
    assert reasons == {
        "gone.txt": "there is no such file or folder",
        "in/binary.txt": "no reader for this kind of file",
        "in/dangling.txt": "there is no such file or folder",
        "in/empty.txt": "the file is empty",
        "in/gold.json": "no reader for this kind of file",
        "in/latin.txt": "the file is not UTF-8 (byte 3), and its words tell no other encoding",
        "in/loop.txt": reasons["in/loop.txt"],
        "in/pipe.txt": "this is no regular file but a folder, pipe, socket or device",
        "none": "the folder holds no report",
    }
    assert all(failure.remedy and failure.error for failure in record.failures)
    assert [report.path for report in record.reports] == ["in/good.txt"]
    counts = record.counts
    assert counts.files == counts.reports + counts.duplicates + counts.failures == 10


def test_a_file_that_breaks_the_extraction_is_a_failure(folder: Path, run: Run, extract: Extract) -> None:
    fill(folder, "in/a.txt", "in/b.txt", "in/c.txt")

    def fragile(report: Report) -> Document:
        if report.source.path == "in/b.txt":
            raise ZeroDivisionError("a {brace}")
        return extract(report)

    record = run("in", extract=fragile, language="en")
    assert [report.path for report in record.reports] == ["in/a.txt", "in/c.txt"]
    assert [(failure.path, failure.error, failure.reason) for failure in record.failures] == [
        ("in/b.txt", "ZeroDivisionError", "the report can't be extracted (ZeroDivisionError: a {brace})")
    ]


@pytest.mark.parametrize("part", ["render_report", "render_index"])
def test_a_digest_that_fails_costs_the_digest_alone(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    fill(folder, "in/a.txt")
    run("in")

    def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(f"pipeline.report.{part}", broken)
    record = run("in", force=True, language="en")
    assert [(problem.path, problem.reason) for problem in record.problems] == [
        ("digest", "the digest can't be written (KeyError: 'x')")
    ]
    assert not (folder / "outputs/digest").exists()
    assert (folder / "outputs" / record.reports[0].json).exists()
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert not run("in", force=True).problems


def test_wrong_rows_of_a_manifest_cost_no_report(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt", "in/b.txt")
    rows = "file,published\na.txt,2023-13-01\nb.txt,2023-06-08\ngone.txt,2023-06-08\n"
    (folder / "in/manifest.csv").write_text(rows, encoding="utf-8")
    record = run("in", language="en")
    assert [report.published for report in record.reports] == [None, "2023-06-08"]
    assert [problem.path for problem in record.problems] == ["in/manifest.csv:2", "in/manifest.csv:4"]
    assert record.counts.problems == 2


def test_the_nearest_manifest_tells(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt", "in/sub/b.txt", "in/sub/c.txt")
    (folder / "in/manifest.csv").write_text(
        "file,published\na.txt,2023-01-01\nsub/b.txt,2023-01-02\nsub/c.txt,2023-01-03\n", encoding="utf-8"
    )
    (folder / "in/sub/manifest.csv").write_text("file,published\nb.txt,2022-01-01\n", encoding="utf-8")
    record = run("in")
    assert [report.published for report in record.reports] == ["2023-01-01", "2022-01-01", "2023-01-03"]
    assert not record.problems


def test_a_manifest_named_outright_tells_alone(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt", "in/b.txt")
    (folder / "in/manifest.csv").write_text("file,published\na.txt,2022-01-01\nb.txt,2022-01-01\n", encoding="utf-8")
    (folder / "m.csv").write_text("file,published\na.txt,2023-01-01\n", encoding="utf-8")
    record = run("in", manifest=Path("m.csv"))
    assert [report.published for report in record.reports] == ["2023-01-01", None]


def test_an_unusable_manifest_stops_the_run_only_when_named(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt")
    (folder / "in/manifest.csv").write_text("file\na.txt\n", encoding="utf-8")
    assert [problem.error for problem in run("in").problems] == ["ManifestError"]
    with pytest.raises(ManifestError):
        run("in", manifest=Path("in/manifest.csv"))


def test_an_output_folder_that_cant_be_written(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt")
    with pytest.raises(StoreError):
        run("in", out_dir=Path("in/a.txt"))


def test_results_of_an_earlier_run_go(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt", "in/b.txt")
    run("in")
    (folder / "outputs/json/mine.json").write_text("mine", encoding="utf-8")
    (folder / "in/b.txt").unlink()
    record = run("in")
    assert sorted(path.name for path in (folder / "outputs/json").iterdir()) == sorted(
        ["mine.json", f"{record.reports[0].id}.json"]
    )


def test_a_large_run_has_sub_folders(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(folder, "in/a.txt", "in/b.txt")
    run("in")
    monkeypatch.setattr(json_files, "MANY", 1)
    record = run("in", force=True)
    for report in record.reports:
        assert report.json == f"json/{report.id[:2]}/{report.id}.json"
        assert (folder / "outputs" / report.json).exists()
    assert not list((folder / "outputs/json").glob("*.json"))


def test_progress_is_told(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt", "in/b.txt")
    told: list[tuple[str, int, int]] = []
    run("in", progress=lambda stage, done, total: told.append((stage, done, total)))
    assert told == [
        ("reading", 0, 2), ("reading", 1, 2), ("reading", 2, 2),
        ("extracting", 0, 2), ("extracting", 1, 2), ("extracting", 2, 2),
        ("writing", 1, 2), ("writing", 2, 2),
    ]  # fmt: skip


def test_words_are_in_the_language_asked_for(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt", "in/README.md")
    (folder / "in/empty.txt").write_bytes(b"")
    record = run("in")
    assert record.failures[0].reason == "tệp trống"
    assert record.skipped[0].reason == "tệp giới thiệu thư mục, không phải báo cáo"


def table(folder: Path, name: str, *rows: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(("id;text;date", *rows)), encoding="utf-8")


def test_items_of_tables_and_archives_are_counted(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt", "in/README.md")
    table(folder, "in/t.csv", '1;"Họp\nyêu cầu Sở Y tế";8/6/2023', "2; ;", '3;"Họp\nyêu cầu Sở Y tế";')
    with zipfile.ZipFile(folder / "in/z.zip", "w") as archive:
        archive.write(folder / "in/a.txt", "x/a.txt")
        archive.writestr("x/b.txt", TEXT.format("b"))
        archive.writestr("x/c.rar", b"Rar!\x1a\x07\x01\x00")
        archive.writestr("x/manifest.csv", "file,published\nb.txt,2022-01-01\n")
    told: list[tuple[int, int]] = []

    def tell(stage: str, done: int, total: int) -> None:
        if stage == "reading":
            told.append((done, total))

    record = run("in", "gone.txt", language="en", progress=tell)
    assert [(report.path, report.published) for report in record.reports] == [
        ("in/a.txt", None),
        ("in/t.csv#1", "2023-06-08"),
        ("in/z.zip!x/b.txt", "2022-01-01"),
    ]
    assert [(duplicate.path, duplicate.of) for duplicate in record.duplicates] == [
        ("in/t.csv#3", "in/t.csv#1"),
        ("in/z.zip!x/a.txt", "in/a.txt"),
    ]
    assert [failure.path for failure in record.failures] == ["gone.txt", "in/t.csv#2"]
    assert [skip.path for skip in record.skipped] == ["in/README.md", "in/z.zip!x/c.rar", "in/z.zip!x/manifest.csv"]
    assert record.manifests == ("in/z.zip!x/manifest.csv",)
    counts = record.counts
    assert (counts.files, counts.items, counts.skipped) == (4, 7, 3)
    assert told[0] == (0, 3) and told[-1] == (6, 6)
    assert all(done <= total for done, total in told)


def test_a_table_is_the_same_in_any_order_of_inputs(folder: Path, run: Run) -> None:
    table(folder, "t.csv", "1;Họp yêu cầu a;", "1;Họp yêu cầu b;", "2;Họp yêu cầu a;")
    fill(folder, "a.txt")
    run("t.csv", "a.txt")
    first = results(folder / "outputs")
    run("a.txt", "t.csv")
    assert results(folder / "outputs") == first


def test_duplicates_can_be_kept(folder: Path, run: Run) -> None:
    table(folder, "t.csv", "1;Họp yêu cầu a;8/6/2023", "2;Họp yêu cầu a;9/6/2023")
    record = run("t.csv", keep_duplicates=True)
    assert [report.published for report in record.reports] == ["2023-06-08", "2023-06-09"]
    assert len({report.json for report in record.reports}) == 2
    assert all((folder / "outputs" / report.json).exists() for report in record.reports)


def test_many_items_of_one_table_have_sub_folders(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    table(folder, "t.csv", *(f"{n};Họp yêu cầu {n};" for n in range(4)))
    assert all(report.json == f"json/{report.id}.json" for report in run("t.csv").reports)
    monkeypatch.setattr(json_files, "MANY", 3)
    record = run("t.csv", force=True)
    assert all(report.json == f"json/{report.id[:2]}/{report.id}.json" for report in record.reports)
    assert not list((folder / "outputs/json").glob("*.json"))


def test_conflicting_days_are_noted_and_counted(folder: Path, run: Run) -> None:
    table(folder, "t.csv", "1;Họp yêu cầu a;8/6/2023", "2;Họp yêu cầu b;9/6/2023")
    rows = "file,published,publisher\nt.csv#1,2023-06-07,\nt.csv#2,2023-06-09,\nt.csv,,Báo Nghệ An\n"
    (folder / "m.csv").write_text(rows, encoding="utf-8")
    record = run("t.csv", manifest=Path("m.csv"))
    assert [report.published for report in record.reports] == ["2023-06-07", "2023-06-09"]
    assert record.counts.conflicts == 1
    assert not record.problems
    one, two = (json_files.read_document(folder / "outputs" / report.json).document for report in record.reports)
    assert [(note.code, note.detail) for note in one.notes] == [
        ("published_conflict", "manifest 2023-06-07, file 2023-06-08")
    ]
    assert not two.notes
    assert one.publisher == two.publisher == "Báo Nghệ An"


def test_a_container_that_breaks_off_is_one_failure_more(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(source: Source, opening: Opening) -> Iterator[Found]:
        yield Item(path="t.csv#1", data=b"x", format="txt")
        raise ZeroDivisionError("within")

    table(folder, "t.csv", "1;x;")
    fill(folder, "z.txt")
    monkeypatch.setitem(CONTAINERS, "csv", breaking)
    record = run("t.csv", "z.txt", language="en")
    assert [report.path for report in record.reports] == ["t.csv#1", "z.txt"]
    assert [(failure.path, failure.error) for failure in record.failures] == [("t.csv", "ZeroDivisionError")]
    assert record.counts.items == 3


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RecursionError(), "the file is nested too deeply to be read"),
        (MemoryError(), "the file takes more memory than there is"),
    ],
)
def test_a_reader_that_takes_too_much_is_a_failure(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    def greedy(data: bytes, where: str) -> FileText:
        raise error

    fill(folder, "in/a.md", "in/b.txt")
    monkeypatch.setitem(READERS, "md", greedy)
    record = run("in", language="en")
    assert [report.path for report in record.reports] == ["in/b.txt"]
    assert [failure.reason for failure in record.failures] == [reason]


def test_files_that_go_during_the_run(folder: Path, run: Run) -> None:
    fill(folder, "in/a.txt", "in/b.txt", "in/c.txt")

    def take_away(stage: str, done: int, total: int) -> None:
        (folder / "in/b.txt").unlink(missing_ok=True)
        if (stage, done) == ("reading", 1):
            (folder / "in/c.txt").unlink()
            os.mkfifo(folder / "in/c.txt")

    record = run("in", language="en", progress=take_away)
    assert [report.path for report in record.reports] == ["in/a.txt"]
    assert {failure.path: failure.reason for failure in record.failures} == {
        "in/b.txt": "there is no such file or folder",
        "in/c.txt": "this is no regular file but a folder, pipe, socket or device",
    }


def test_an_encoding_that_there_is_not(folder: Path, run: Run) -> None:
    fill(folder, "a.txt")
    with pytest.raises(UnreadableDocument, match="no encoding called klingon"):
        run("a.txt", read=ReadOptions(encoding="klingon"))
    assert not (folder / "outputs").exists()


def test_a_forced_encoding(folder: Path, run: Run) -> None:
    (folder / "a.txt").write_bytes(encode_text(TEXT, "vni"))
    record = run("a.txt", read=ReadOptions(encoding="VNI"))
    document = json_files.read_document(folder / "outputs" / record.reports[0].json)
    assert (document.text, document.document.encoding) == (TEXT, "vni")


def test_pages_tell_the_notes_on_the_reading(folder: Path, run: Run) -> None:
    (folder / "a.txt").write_bytes(TEXT.format("a").encode("utf-16"))
    record = run("a.txt")
    page = (folder / "outputs/digest/reports" / f"{record.reports[0].id}.html").read_text(encoding="utf-8")
    assert "có dấu thứ tự byte (utf-16-le)" in page
