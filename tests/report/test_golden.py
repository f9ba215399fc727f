"""The pages of a small digest, byte for byte. Rewritten only with --update-golden or UPDATE_GOLDEN=1."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.report import write_digest
from pipeline.report.wording import Language
from tests.report.documents import document, news

_GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_small_digest_is_as_it_was(language: Language, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    pages = write_digest([news(), document("Không có gì.", id="e0", published=None)], tmp_path, language)
    update = request.config.getoption("--update-golden", default=False) or os.environ.get("UPDATE_GOLDEN") == "1"
    for page in pages:
        name = page.relative_to(tmp_path).as_posix().replace("/", "-")
        golden = _GOLDEN / language / name
        # The style is in every page and has tests of its own.
        head, _, rest = page.read_text(encoding="utf-8").partition("<style>")
        content = (head + rest.partition("</style>\n")[2]).encode()
        if update:
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_bytes(content)
        assert golden.read_bytes() == content, f"{golden.name} differs; --update-golden rewrites it"
