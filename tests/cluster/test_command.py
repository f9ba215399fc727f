"""`chidao run --engine dask` where it is called wrongly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline import cli


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--engine", "dask"], "--engine dask needs --scheduler"),
        (["--scheduler", "tcp://127.0.0.1:9"], "--scheduler needs --engine"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:9", "--format", "jsonl"], "--format can't be used"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:9", "--workers", "2"], "--workers can't be used"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:9", "--digest"], "--digest can't be used"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"], "there is no scheduler"),
    ],
)
def test_wrong_use(
    arguments: list[str],
    told: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("distributed", reason="needs Dask: pip install chidao[cluster]")
    monkeypatch.setattr("pipeline.cluster.scheduler._CONNECT_SECONDS", 1)
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as stopped:
        cli.main(["run", "articles", *arguments, "--lang", "en"])
    assert stopped.value.code == 2
    assert told in " ".join(capsys.readouterr().err.split())
    assert not (folder / "outputs").exists()


def test_without_dask(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SystemExit) as stopped:
        cli.main(["run", "articles", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9", "--lang", "en"])
    assert stopped.value.code == 2
    assert "pip install chidao[cluster]" in " ".join(capsys.readouterr().err.split())
