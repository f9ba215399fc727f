"""The README's page on pandas runs as it stands, and answers rightly."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.store.json_files import write_document

ORDER = "Kết luận cuộc họp, Thủ tướng Chính phủ yêu cầu Bộ Tài chính rà soát toàn bộ các khoản chi thường xuyên"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the page's names stand for after it has run on three reports."""
    folder = tmp_path_factory.mktemp("analysis")
    for name, text, published in (
        ("a", f"{ORDER}, báo cáo trước ngày 30/6/2024.", "2024-05-31"),
        ("b", f"{ORDER} của năm nay.", "2024-06-20"),
        ("c", "Chủ tịch UBND tỉnh yêu cầu Sở Y tế tổ chức tiêm chủng.", "2024-06-21"),
    ):
        document = pipeline.extract(text, published=published, path=f"{name}.txt")
        write_document(document, folder / "outputs/json" / f"{document.document.id}.json")
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Analyse with pandas")[1].split("\n## ")[0]
    [code] = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    names: dict[str, Any] = {"folder": folder}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("MPLBACKEND", "agg")
        exec(compile(code, "README.md", "exec"), names)
    return names


def test_by_ministry_and_month(page: dict[str, Any]) -> None:
    counts = page["by_month"]
    assert counts.loc["bo-tai-chinh"].to_dict() == {month: 1 for month in counts.columns}
    assert [str(month) for month in counts.columns] == ["2024-05", "2024-06"]


def test_share_without_deadline(page: dict[str, Any]) -> None:
    assert page["without"]["size"].sum() == 3
    assert round(page["without"].loc["news", "mean"], 2) == 0.67


def test_who_asks_whom(page: dict[str, Any]) -> None:
    pairs = {(issuer, name): count for (issuer, name), count in page["who_whom"].items()}
    assert pairs["Thủ tướng Chính phủ", "Bộ Tài chính"] == 2


def test_time_given(page: dict[str, Any]) -> None:
    assert page["time_given"].loc["order", "50%"] == 30


def test_re_issued(page: dict[str, Any]) -> None:
    assert list(page["re_issued"]) == [2]
    assert page["re_issued"].index[0] == ("Bộ Tài chính", "rà soát toàn bộ các khoản")


def test_the_plot(page: dict[str, Any]) -> None:
    assert (page["folder"] / "time-given.png").read_bytes().startswith(b"\x89PNG")
