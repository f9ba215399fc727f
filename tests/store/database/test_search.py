"""Search over a database: what is found, in which order, with which filters; the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL, create_engine, text

from pipeline.store.database import Database, open_database, store
from pipeline.store.database.search import ALL, Hit, search
from pipeline.store.database.search_index import VERSION, ensure_index, is_current, update_index
from pipeline.store.database.search_query import exact_phrase, parse_query
from pipeline.store.database.selection import Selection, resolve
from pipeline.store.database.task_list import list_tasks
from tests.store.database.searched import asking, pairs, report

DATA = "Chủ tịch Lê An yêu cầu Sở Y tế đẩy nhanh chuyển đổi số trước ngày 30/6."
OTHER = "Bí thư Trần Bình giao Sở Tài chính bố trí kinh phí chuyển đổi số hằng quý."
OLDER = "Chủ tịch Lê An yêu cầu Sở Y tế tỉnh Bến Tre báo cáo số ca bệnh. Hội nghị về chuyển đổi số."
BARE = "Chu tich yeu cau cac don vi chuyen doi so manh me."
APART = "Sở Xây dựng chuyển hồ sơ, đổi mẫu và ghi số vào sổ."
PROMISE = "Ông Lê An cam kết sẽ trả nợ trong năm."
DAY = datetime.date(2023, 7, 1)
_FILTERS: tuple[dict[str, Any], ...] = ({}, {"kind": "directive"})


def small() -> list[object]:
    return [
        asking(
            DATA, "Sở Y tế đẩy nhanh chuyển đổi số trước ngày 30/6", lead=[("Sở Y tế", None)],
            person="Lê An", role="Chủ tịch", by=("trước ngày 30/6", "2023-06-29", None), publisher="Báo Sáng",
        ),
        asking(
            OTHER, "Sở Tài chính bố trí kinh phí chuyển đổi số hằng quý", lead=[("Sở Tài chính", None)],
            person="Trần Bình", role="Bí thư", by=("hằng quý", "", "quarterly"), published="2023-06-20",
        ),
        asking(
            OLDER, "Sở Y tế tỉnh Bến Tre báo cáo số ca bệnh", lead=[("Sở Y tế tỉnh Bến Tre", "so-y-te--ben-tre")],
            person="Lê An", role="Chủ tịch", published="2020-01-02", url="https://bao.example.org/tin-100",
        ),
        report(BARE, published=None),
        report(APART, published="2024-01-01"),
        asking(PROMISE, "trả nợ trong năm", person="Lê An", kind="commitment"),
    ]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty database, for the tests of this module."""
    if request.param == "sqlite":
        address = str(tmp_path_factory.mktemp("search") / "s.db")
    else:
        server: URL = request.getfixturevalue("postgresql")
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE chidao_search"))
        engine.dispose()
        address = server.set(database="chidao_search").render_as_string(hide_password=False)
    with open_database(address) as database:
        yield database


@pytest.fixture(scope="module")
def database(empty: Database) -> Database:
    """The small reports, and a document for each pair of the table."""
    written = {one.document.id: one for _, words in pairs() for one in [report(words)]}
    documents = [*small(), *written.values()]
    store(empty, documents, started="2024-01-01T08:00:00+07:00")  # type: ignore[arg-type]
    ensure_index(empty)
    return empty


def found(database: Database, typed: str, *, limit: int = ALL, exact: bool = False, **filters: Any) -> list[Hit]:
    with database.reading() as connection:
        selection = Selection(**filters)
        return search(connection, parse_query(typed), selection, limit=limit, exact=exact)


def texts(hits: list[Hit]) -> list[str]:
    return [hit.task.task if hit.task else hit.snippet.text for hit in hits]


def test_the_table_is_found_whole(database: Database) -> None:
    """Every query finds its document, and the snippet marks the words there."""
    assert len(pairs()) >= 200
    missed = []
    for typed, written in pairs():
        wanted = report(written)
        snippet = next((hit.snippet for hit in found(database, typed) if hit.report.id == wanted.document.id), None)
        if snippet is None:
            missed.append((typed, written))
            continue
        assert snippet.marks, typed
        start, end = snippet.marks[0]
        assert snippet.text[start:end].strip() == snippet.text[start:end] != ""
        assert snippet.start == wanted.text.index(snippet.text[start:end])
    assert missed == []


def test_exact_comes_before_folded(database: Database) -> None:
    hits = found(database, "chuyển đổi số")
    ranks = [(hit.match, hit.phrase) for hit in hits]
    order = [("exact", True), ("exact", False), ("folded", True), ("folded", False)]
    assert ranks == sorted(ranks, key=order.index)
    assert [hit.match for hit in hits if hit.report.published is None] == ["folded"]
    assert APART in [hit.snippet.text for hit in hits if (hit.match, hit.phrase) == ("exact", False)]


def test_within_a_rank_the_newest_come_first(database: Database) -> None:
    hits = [hit for hit in found(database, '"chuyển đổi số"') if hit.match == "exact"]
    days = [hit.report.published for hit in hits]
    assert len(days) > 3
    assert days == sorted(days, key=lambda day: day or datetime.date.min, reverse=True)


def test_typed_without_marks_the_phrase_comes_before_words_apart(database: Database) -> None:
    hits = found(database, "chuyen doi so")
    phrases = [hit.phrase for hit in hits]
    assert phrases == sorted(phrases, reverse=True)
    assert hits[0].report.published is None  # written so
    assert {hit.match for hit in hits} == {"exact", "folded"}


def test_a_phrase_stands_as_one(database: Database) -> None:
    for typed in ('"chuyển đổi số"', '"chuyen doi so"'):
        assert all(hit.phrase for hit in found(database, typed))
    with database.reading() as connection:
        hits = search(connection, exact_phrase("số chuyển đổi"), Selection())
    assert hits == []


def test_exact_alone(database: Database) -> None:
    assert {hit.match for hit in found(database, "chuyển đổi số", exact=True)} == {"exact"}
    assert [hit.report.published for hit in found(database, "chuyen doi so", exact=True)] == [None]


def test_each_hit_comes_once(database: Database) -> None:
    for typed in ("số", "chuyển đổi số", "uy ban nhan dan", "tế"):
        for filters in _FILTERS:
            hits = found(database, typed, **filters)
            counts = Counter((hit.report.id, hit.task.id if hit.task else None) for hit in hits)
            assert set(counts.values()) <= {1}


def test_few_hits_are_the_first_of_many(database: Database) -> None:
    for filters in _FILTERS:
        every = found(database, "chuyển đổi số", **filters)
        for limit in range(1, 4):
            assert found(database, "chuyển đổi số", limit=limit, **filters) == every[:limit]


def test_the_task_that_holds_the_words_is_the_hit(database: Database) -> None:
    hits = found(database, "kinh phí chuyển đổi số")
    assert hits[0].task is not None and hits[0].within == "task"
    assert OTHER[hits[0].task.start : hits[0].task.end] == hits[0].task.task
    assert hits[0].snippet.start == OTHER.index("kinh phí")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"body": "Sở Y tế"}, [DATA, OLDER]),
        ({"body": "so y te"}, [DATA, OLDER]),
        ({"body": "Sở Y tế Bến Tre"}, [OLDER]),
        ({"body": "Sở Y tế tỉnh Vĩnh Long"}, [OLDER]),  # which Bến Tre went into
        ({"body": "Sở Tài chính"}, [OTHER]),
        ({"body": "Sở Y"}, []),
        ({"lead": "Sở Y tế", "issuer": "Lê An"}, [DATA, OLDER]),
        ({"issuer": "le an"}, [PROMISE, DATA, OLDER]),
        ({"issuer": "Bí thư"}, [OTHER]),
        ({"issuer": "An"}, [PROMISE, DATA, OLDER]),
        ({"issuer": "Ân"}, [PROMISE, DATA, OLDER]),  # no such name with these marks
        ({"person": "LÊ AN"}, [PROMISE, DATA, OLDER]),
        ({"person": "An"}, []),
        ({"kind": "commitment"}, [PROMISE]),
        ({"due_before": datetime.date(2023, 6, 29)}, []),
        ({"due_before": datetime.date(2023, 6, 30)}, [DATA]),
        ({"due_after": datetime.date(2023, 6, 28)}, [DATA]),
        ({"overdue_on": DAY}, [DATA]),
        ({"overdue_on": datetime.date(2023, 6, 29)}, []),
        ({"without_deadline": True}, [PROMISE, OLDER]),
        ({"province": "ben tre"}, [OLDER]),
        ({"source": "Báo Sáng"}, [DATA]),
        ({"source": "bao sang"}, [DATA]),
        ({"source": "BAO.EXAMPLE.ORG"}, [OLDER]),
        ({"source": "100%_"}, []),
        ({"published_from": datetime.date(2023, 6, 9)}, [OTHER]),
        ({"published_to": datetime.date(2023, 6, 7)}, [OLDER]),
        ({"body": "Sở Y tế", "kind": "proposal"}, []),
    ],
)
def test_filters_of_a_list(database: Database, filters: dict[str, object], expected: list[str]) -> None:
    with database.reading() as connection:
        chosen = resolve(connection, Selection(**filters))  # type: ignore[arg-type]
        listed = list_tasks(connection, chosen)
    assert sorted(task.task for task in listed) == sorted(_words(whole) for whole in expected)


def _words(whole: str) -> str:
    return {
        DATA: "Sở Y tế đẩy nhanh chuyển đổi số trước ngày 30/6",
        OTHER: "Sở Tài chính bố trí kinh phí chuyển đổi số hằng quý",
        OLDER: "Sở Y tế tỉnh Bến Tre báo cáo số ca bệnh",
        PROMISE: "trả nợ trong năm",
    }[whole]


def test_a_list_has_what_is_due_first(database: Database) -> None:
    with database.reading() as connection:
        tasks = list_tasks(connection, resolve(connection, Selection()))
        assert [task.deadline_end for task in tasks][:2] == [datetime.date(2023, 6, 29), None]
        assert list_tasks(connection, resolve(connection, Selection()), limit=1) == tasks[:1]
    first = tasks[0]
    assert (first.issuer_person, first.issuer_role, first.kind) == ("Lê An", "Chủ tịch", "directive")
    assert [body.name for body in first.lead] == ["Sở Y tế"]
    assert DATA[first.start : first.end] == first.task


def test_a_filtered_search(database: Database) -> None:
    hits = found(database, "chuyen doi so", body="Sở Y tế")
    # The task that holds the words, then that whose report does.
    assert [(hit.within, hit.task and hit.task.task) for hit in hits] == [
        ("task", _words(DATA)),
        ("report", _words(OLDER)),
    ]
    assert "chuyển đổi số" in hits[1].snippet.text
    assert found(database, "chuyển đổi số", body="Sở Y tế", overdue_on=DAY)[0].task is not None
    assert found(database, "kinh phí", body="Sở Y tế") == []
    assert [hit.report.publisher for hit in found(database, "chuyển đổi số", source="Báo Sáng")] == ["Báo Sáng"]


SIGNS = ["", " ", "…!?", '"', '""', "***", "\x00", "()", "--", "' OR 1=1 --", "NOT", "^", ":"]
TYPED = st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\"'*:()^-+đĐsố_\\%&|!<>"))


@pytest.mark.parametrize("typed", SIGNS)
def test_any_punctuation_is_safe(database: Database, typed: str) -> None:
    found(database, typed)
    found(database, typed, body="Sở Y tế")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=TYPED, max_size=30))
def test_anything_typed_is_safe(database: Database, typed: str) -> None:
    for hit in found(database, typed, limit=3):
        assert hit.report.id


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_run_of_words_finds_its_document(database: Database, data: st.DataObject) -> None:
    written = data.draw(st.sampled_from([words for _, words in pairs()]))
    words = report(written).text.split()
    start = data.draw(st.integers(0, len(words) - 1))
    typed = " ".join(words[start : start + data.draw(st.integers(1, 8))])
    if parse_query(typed).phrases:
        with database.reading() as connection:
            hits = search(connection, exact_phrase(typed), Selection(), limit=ALL, exact=True)
        assert report(written).document.id in {hit.report.id for hit in hits}


def test_very_long_words_and_reports(database: Database) -> None:
    word = "x" * 5000
    numbers = " ".join(f"{number}từ" for number in range(70_000))
    long = [report(f"Mã {word} lạ."), report(f"Đầu sách. {numbers}")]
    store(database, long, started="2024-01-01T09:00:00+07:00")
    ensure_index(database)
    assert {hit.report.id for hit in found(database, f"mã {word}")} == {long[0].document.id}
    assert found(database, f"ma {word}")[0].snippet.marks
    assert {hit.report.id for hit in found(database, '"đầu sách 0từ"')} == {long[1].document.id}


def test_the_index_follows_the_runs(empty: Database, database: Database) -> None:
    with database.reading() as connection:
        assert is_current(connection)
    new = report("Một bản tin về kênh mương nội đồng.")
    assert found(database, "kênh mương") == []
    store(database, [new], started="2024-01-02T08:00:00+07:00")
    with database.reading() as connection:
        assert not is_current(connection)
    ensure_index(database)
    assert [hit.report.id for hit in found(database, "kenh muong")] == [new.document.id]
    with database.writing() as connection:
        assert update_index(connection) == 0


def test_a_report_that_is_read_with_another_day_is_found_by_it(database: Database) -> None:
    """The entries of its tasks are those of the day before; searches by day find them all the same."""
    words, text = "Sở Y tế nạo vét mương rạch", "Chủ tịch Lê An yêu cầu Sở Y tế nạo vét mương rạch."
    for published, started in (("2023-06-08", "2024-01-03"), ("2022-02-02", "2024-01-04")):
        made = asking(text, words, person="Lê An", published=published)
        store(database, [made], started=f"{started}T08:00:00+07:00")
        ensure_index(database)
        day = datetime.date.fromisoformat(published)
        hits = found(database, "nạo vét", kind="directive", published_from=day, published_to=day)
        assert [hit.task and hit.task.task for hit in hits] == [words]
        assert found(database, "nạo vét", kind="directive", published_to=day - datetime.timedelta(days=1)) == []
        assert found(database, "nạo vét", published_from=day + datetime.timedelta(days=1)) == []


def test_an_index_of_an_old_version_is_made_anew(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = found(database, "chuyển đổi số")
    monkeypatch.setattr("pipeline.store.database.search_index.VERSION", VERSION + 1)
    with database.reading() as connection:
        assert not is_current(connection)
    with database.writing() as connection:
        assert update_index(connection) > 200
    assert found(database, "chuyển đổi số") == before
    monkeypatch.undo()
    ensure_index(database)
