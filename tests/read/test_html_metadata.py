"""What a page's head says, and what it doesn't say for certain."""

# Programs and markup stand as they would in a file.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from pipeline.read.html_metadata import PageMetadata, read_day, read_metadata
from pipeline.read.html_tree import parse_page


def metadata_of(head: str) -> PageMetadata:
    return read_metadata(parse_page(f"<html><head>{head}</head><body><p>x</p></body></html>", "a.html"))


DAYS = {
    "2024-06-08": "2024-06-08",
    "2024-06-08T06:30:00+07:00": "2024-06-08",
    "2024-06-07T23:45:00Z": "2024-06-08",
    "2024-06-07T23:45:00.123Z": "2024-06-08",
    "2024-06-08T01:00+09:00": "2024-06-07",
    "2024-06-08 23:30:00": "2024-06-08",
    "20240608": "2024-06-08",
    "20240608063000": "2024-06-08",
    "08/06/2024": "2024-06-08",
    "8-6-2024 06:30": "2024-06-08",
    "Thứ Bảy, 08.06.2024 | 06:30 (GMT+7)": "2024-06-08",
    "6/22/2024 8:30:00 AM": "2024-06-22",
    "22/6/2024 8:30:00 AM": "2024-06-22",
    "6/6/2024 8:30:00 PM": "2024-06-06",
    "6/8/2024 8:30:00 AM": None,
    "31/02/2024": None,
    "2024-13-01": None,
    "0001-01-01T00:00:00": None,
    "9999-12-31T23:59:59Z": None,
    "hôm qua": None,
    "": None,
}


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    assert read_day(text) == DAYS[text]


def test_json_ld_goes_before_meta_elements_and_differing_days_are_told() -> None:
    found = metadata_of(
        '<title>Trang</title><meta property="og:title" content="OG"><meta name="pubdate" content="2024-06-09">'
        '<script type="application/ld+json">[{"@type":["NewsArticle"],"headline":"Họp &amp; bàn","datePublished":'
        '"2024-06-08","author":[{"name":"A"},{"name":"B"}],"publisher":{"name":"Báo"},"mainEntityOfPage":'
        '{"@id":"https://b.example/1"}}]</script>'
    )
    assert found == PageMetadata("Họp & bàn", "2024-06-08", "A, B", "Báo", "https://b.example/1", ("2024-06-09",))


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 100_000, '"x"', "null", '{"@type":5}', '{"@graph":{"@graph":{"@graph":[]}}}', '{"@type":"Article","author":[[]]}'],
    ids=range(7),
)  # fmt: skip
def test_broken_json_ld_is_passed_over(script: str) -> None:
    found = metadata_of(f'<script type="application/ld+json">{script}</script><meta name="author" content="A">')
    assert found.author == "A"
    assert found.published is None


def test_line_breaks_in_json_ld() -> None:
    found = metadata_of('<script type="application/ld+json">{"@type":"NewsArticle","headline":"Họp\nbàn"};</script>')
    assert found.title == "Họp bàn"


def test_addresses_are_no_names() -> None:
    found = metadata_of(
        '<meta property="article:author" content="https://facebook.example/bao"><meta property="og:url" content="/tin-1">'
        '<meta property="article:publisher" content="https://facebook.example/bao"><link rel="canonical" href="tin.html">'
    )
    assert (found.author, found.publisher, found.url) == (None, None, None)


def test_a_page_that_says_nothing() -> None:
    assert metadata_of("") == PageMetadata(None, None, None, None, None, ())
