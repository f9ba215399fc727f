"""Tables of articles: each row a report, whatever the table is written in."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.read import read_item
from pipeline.read.article_rows import read_day
from pipeline.read.columns import ROLES, find_columns, fold, load_column_names
from pipeline.read.encodings import encode_text
from pipeline.read.items import Item, ReadOptions
from pipeline.records import Report
from tests.read.made_files import TEXT, csv_of, jsonl_of, outcomes_of, parquet_of, shown

UTF_8 = ReadOptions(encoding="utf-8")
HEAD = ("id", "Nội dung", "title", "ngày đăng", "publisher", "url")
ROWS = (
    ("a1", TEXT, "Họp", "08/06/2023", "Báo Nghệ An", "https://x.vn/1"),
    ("a2", TEXT + "Hai\n", "Họp nữa", "2023-06-09", "", ""),
)


def write(name: str, data: bytes) -> str:
    Path(name).write_bytes(data)
    return name


def reports_of(path: str, **options: str) -> list[Report]:
    return [read_item(item) for item in outcomes_of(path, options=ReadOptions(**options)) if isinstance(item, Item)]


def objects(rows: Sequence[Sequence[object]]) -> list[dict[str, object]]:
    return [dict(zip(HEAD, row, strict=True)) for row in rows]


def table(kind: str) -> bytes:
    if kind == "jsonl":
        return jsonl_of(objects(ROWS))
    if kind == "parquet":
        return parquet_of({name: [row[n] for row in ROWS] for n, name in enumerate(HEAD)}, rows_a_group=1)
    return csv_of([HEAD, *ROWS], {"csv": ",", "semicolons": ";", "tsv": "\t", "bars": "|"}[kind])


@pytest.mark.parametrize("kind", ["csv", "semicolons", "tsv", "bars", "jsonl", "parquet"])
def test_every_row_is_a_report(folder: Path, kind: str) -> None:
    name = write(f"t.{kind if kind in ('jsonl', 'parquet', 'tsv') else 'csv'}", table(kind))
    one, two = reports_of(name)
    assert (one.text, two.text) == (TEXT, TEXT + "Hai\n")
    source = one.source
    assert (source.path, source.title, source.published) == (f"{name}#a1", "Họp", "2023-06-08")
    assert (source.publisher, source.url, source.encoding) == ("Báo Nghệ An", "https://x.vn/1", "utf-8")
    assert (two.source.path, two.source.published) == (f"{name}#a2", "2023-06-09")
    assert (two.source.publisher, two.source.url) == (None, None)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_the_report_is_that_of_a_text_file(folder: Path, kind: str) -> None:
    """The same text gives the same id, wherever it lies: copies are found across formats."""
    write("a.txt", TEXT.encode())
    write(f"t.{kind}", table(kind))
    (plain,) = reports_of("a.txt")
    row = reports_of(f"t.{kind}")[0]
    assert (row.source.id, row.text, row.blocks) == (plain.source.id, plain.text, plain.blocks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1258", "tcvn3", "vni", "viscii", "vps"])
def test_encodings(folder: Path, encoding: str) -> None:
    text = csv_of([HEAD, *ROWS] + [(f"b{n}", TEXT, "", "", "", "") for n in range(30)]).decode()
    write("t.csv", encode_text(text, encoding))
    reports = reports_of("t.csv", text_column="Nội dung")
    assert [report.text for report in reports[:2]] == [TEXT, TEXT + "Hai\n"]
    assert len(reports) == 32
    assert reports[0].source.encoding.startswith(encoding)
    assert [report.text for report in reports_of("t.csv", encoding=encoding)[:1]] == [TEXT]


def test_a_byte_order_mark_and_a_spreadsheets_mark(folder: Path) -> None:
    write("t.csv", b"\xef\xbb\xbfsep=;\r\n" + csv_of([HEAD, *ROWS], ";"))
    assert [report.source.path for report in reports_of("t.csv")] == ["t.csv#a1", "t.csv#a2"]


def test_bad_rows_are_told_and_the_rest_goes_on(folder: Path) -> None:
    lines = [
        b"id,text,date", b"1,M\xe1\xbb\x99t,", b"2, ,", b"", b'3,"a"b,', b"4,x,y,z", b"5,caf\xe9,", b'6,"hai',
        b'dong",8/6/2023', b"7,x,32/1/2023",
    ]  # fmt: skip
    write("t.csv", b"\r\n".join(lines))
    outcomes = outcomes_of("t.csv", options=UTF_8)
    assert shown(outcomes) == {
        "t.csv#1": "item",
        "t.csv#2": "the row has no text",
        "t.csv#row 3": "the row is no CSV up to line 5 (',' expected after '\"')",
        "t.csv#row 4": "the row has more fields than the head line",
        "t.csv#5": "the row is not in the table's encoding",
        "t.csv#6": "item",
        "t.csv#7": "item",
    }
    remedies = [outcome.remedy for outcome in outcomes if isinstance(outcome, Exception)]
    assert [int("".join(filter(str.isdigit, str(remedy)))) for remedy in remedies] == [3, 5, 6, 7]
    last = read_item([outcome for outcome in outcomes if isinstance(outcome, Item)][-1])
    assert last.source.published is None
    assert [(note.code, note.detail) for note in last.source.notes] == [("row_day_unread", "32/1/2023")]


def test_a_quotation_that_is_never_closed_is_told_with_its_lines(folder: Path) -> None:
    write("t.csv", b'id,text\n1,a\n2,"b\n3,c\n')
    assert shown(outcomes_of("t.csv")) == {
        "t.csv#1": "item",
        "t.csv#row 2": "the row is no CSV up to line 4 (unexpected end of data)",
    }


def test_bad_lines_of_json(folder: Path) -> None:
    rows = ['{"id": 1, "text": "Một", "date": null}', "{", "[1]", "", '{"id": 2}', '{"id": 3, "text": 5}', "[" * 5000,
            '{"text": "a\\ud800"}', '{"id": 1, "text": "Hai"}', '{"id": {"a": 1}, "text": "Ba"}']  # fmt: skip
    write("t.jsonl", "\n".join(rows).encode())
    assert shown(outcomes_of("t.jsonl")) == {
        "t.jsonl#1": "item",
        "t.jsonl#row 2": "the line is no JSON object",
        "t.jsonl#row 3": "the line is no JSON object",
        "t.jsonl#row 5": "the row has no text",
        "t.jsonl#3": "the row's text is no string",
        "t.jsonl#row 7": "the line is no JSON object",
        "t.jsonl#row 8": "the line is no JSON object",
        "t.jsonl#row 9": "item",
        "t.jsonl#row 10": "item",
    }


def test_types_of_parquet(folder: Path) -> None:
    day = datetime.datetime(2023, 6, 8, 20, tzinfo=datetime.UTC)
    write("t.parquet", parquet_of({"id": [1.0, None], "text": ["a", None], "date": [day, None], "other": [[1], []]}))
    outcomes = outcomes_of("t.parquet")
    assert shown(outcomes) == {"t.parquet#1": "item", "t.parquet#row 2": "the row has no text"}
    assert isinstance(outcomes[0], Item) and outcomes[0].told
    assert outcomes[0].told.published == "2023-06-09"


def test_long_lines_cost_themselves_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("text_lines", "article_rows", "delimited"):
        monkeypatch.setattr(f"pipeline.read.{module}.ROW_LIMIT", 1000)
    write("t.csv", b"id,text\n1,a\n2," + b"x" * 5000 + b'\n3,"' + b"y\n" * 600 + b"4,b\n")
    found = shown(outcomes_of("t.csv", options=UTF_8))
    assert (found["t.csv#1"], found["t.csv#row 2"]) == ("item", "the row is too long")
    assert "field larger than field limit" in found["t.csv#row 3"]
    assert found["t.csv#4"] == "item"
    write("t.jsonl", b'{"text": "a"}\n{"text": "' + b"x" * 5000 + b'"}\n{"text": "b"}\n')
    assert list(shown(outcomes_of("t.jsonl")).values()) == ["item", "the row is too long", "item"]


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ("id,headline", r"no column is known to hold the text \(columns: id, headline\)"),
        ("text,content", r"several columns may be meant \(text, content\)"),
        ("text,published,publish_date", r"several columns may be meant \(published, publish_date\)"),
        ("", "the file is empty"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_columns_that_cant_be_told(folder: Path, head: str, problem: str, kind: str) -> None:
    columns = head.split(",") if head else []
    if not columns and kind == "parquet":
        pytest.skip("a Parquet table has columns")
    rows = [{column: "x" for column in columns}]
    data = {"csv": csv_of([columns, columns]) if columns else b"", "jsonl": jsonl_of(rows) if columns else b""}
    write(f"t.{kind}", data[kind] if kind in data else parquet_of({column: ["x"] for column in columns}))
    (error,) = outcomes_of(f"t.{kind}")
    assert isinstance(error, Exception)
    with pytest.raises(type(error), match=problem):
        raise error


def test_columns_that_the_user_names(folder: Path) -> None:
    write("t.csv", csv_of([("mã", "text", "Thân", "date", "hôm"), ("x", "no", "yes", "2023-01-01", "2/1/2023")]))
    (report,) = reports_of("t.csv", text_column="than", date_column="hôm", id_column="text")
    assert (report.text, report.source.published, report.source.path) == ("yes", "2023-01-02", "t.csv#no")
    (error,) = outcomes_of("t.csv", options=ReadOptions(text_column="none"))
    assert isinstance(error, Exception) and "there is no column none" in str(error)


def test_weaker_names_give_way() -> None:
    columns = find_columns(["Date", "ngay_dang", "TEXT", "link", "source"], ReadOptions(), "t")
    assert columns == {"published": "ngay_dang", "text": "TEXT", "url": "link", "id": "link", "publisher": "source"}


def test_names_of_columns_are_of_one_role() -> None:
    """But for an address, by which an article may be told as well."""
    names = load_column_names()
    seen: dict[str, str] = {}
    for role in ROLES:
        known = getattr(names, role)
        for name in (*known.names, *(() if role == "id" else known.weaker)):
            assert seen.setdefault(fold(name), role) == role, name
    assert fold("NộiDung") == fold("noi_dung") == "noidung"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2023-06-08", "2023-06-08"),
        ("2023-06-08T10:20:30", "2023-06-08"),
        ("2023-06-08 10:20", "2023-06-08"),
        ("2023-06-08T20:00:00Z", "2023-06-09"),
        ("2023-06-08T23:30:00+07:00", "2023-06-08"),
        ("8/6/2023", "2023-06-08"),
        ("08-06-2023", "2023-06-08"),
        ("08.06.2023 10:20", "2023-06-08"),
        ("Thứ Năm, 8/6/2023, 10:20 (GMT+7)", "2023-06-08"),
        ("Chủ nhật 11/6/2023", "2023-06-11"),
        ("2023/06/08", "2023-06-08"),
        (datetime.date(2023, 6, 8), "2023-06-08"),
        (datetime.datetime(2023, 6, 8, 23), "2023-06-08"),
        ("", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_days(cell: object, day: str | None) -> None:
    assert read_day(cell) == (day, None)


@pytest.mark.parametrize("cell", ["13/13/2023", "06/23/2023", "hôm qua", "2023", "8/6/23", "1686182400", "2023-02-30"])
def test_what_is_no_day(cell: str) -> None:
    assert read_day(cell) == (None, cell)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), max_size=9),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_no_text_is_lost(tmp_path: Path, texts: list[str], delimiter: str, end: str) -> None:
    """What a table was written with is read again, character by character."""
    import csv

    texts = [f'{text}\n{delimiter}"{text}' for text in texts if text.strip("\ufeff \u00a0")]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([("id", "text"), *enumerate(texts)])
    path = tmp_path / "t.csv"
    path.write_bytes(out.getvalue().encode())
    items = [item for item in outcomes_of(str(path), options=UTF_8) if isinstance(item, Item)]
    assert [item.data.decode() for item in items] == texts
