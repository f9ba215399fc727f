"""The scores of the clarity audit: made gold against made audits."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.clarity.audit import audit_document
from pipeline.clarity.profiles import find_profile
from pipeline.clarity.records import TaskClarity
from pipeline.evaluate_clarity import evaluate_clarity
from tests.clarity.made_tasks import document_with

TEXT = "Sở Xây dựng chủ trì lập danh mục nhà nguy hiểm, trình UBND tỉnh; Sở Y tế rà soát kho thuốc"
FIRST, SECOND = (0, TEXT.index(";")), (TEXT.index("Sở Y tế"), len(TEXT))


def words(*told: str) -> list[dict[str, object]]:
    return [{"start": TEXT.index(it), "end": TEXT.index(it) + len(it), "exact": it} for it in told]


def write_chain(folder: Path) -> None:
    def entry(span: tuple[int, int], **slots: list[dict[str, object]]) -> dict[str, object]:
        start, end = span
        return {
            "path": "01.txt", "start": start, "end": end, "exact": TEXT[start:end], "profile": "pm-2025", "slots": slots
        }  # fmt: skip

    gold = [
        entry(FIRST, person=words("Sở Xây dựng"), work=words("lập danh mục"), responsibility=words("chủ trì"),
              product=words("nhà nguy hiểm"), authority=words("trình UBND tỉnh"), time=[], effect=[]),
        entry(SECOND, person=words("Sở Y tế"), work=words("rà soát"), effect=words("kho thuốc")),
    ]  # fmt: skip
    (folder / "01-nha").mkdir()
    (folder / "01-nha/01.txt").write_text(TEXT, encoding="utf-8")
    (folder / "01-nha/gold.json").write_text(json.dumps({"matters": [], "clarity": gold}), encoding="utf-8")


def test_slots_are_scored(tmp_path: Path) -> None:
    write_chain(tmp_path)

    def audit(folder: Path) -> dict[str, list[TaskClarity]]:
        tasks = [(*FIRST, [(0, 11)], None), (*SECOND, [(SECOND[0], SECOND[0] + 7)], None)]
        return {"01.txt": audit_document(document_with(TEXT, tasks), find_profile("all"))}

    scores, misses = evaluate_clarity(tmp_path, audit)
    assert (scores.tasks, scores.found) == (2, 2)
    assert scores.slots["person"].f1 == scores.slots["work"].f1 == scores.slots["authority"].f1 == 1
    # Told by both, but in other words: "lập danh mục" and "nhà nguy hiểm".
    assert (scores.slots["product"].right, scores.slots["product"].predicted, scores.slots["product"].gold) == (0, 1, 1)
    assert (scores.slots["effect"].right, scores.slots["effect"].gold) == (0, 1)
    assert len(misses) == 2 and misses[0].startswith("01-nha/01.txt: product")
    assert scores.as_json()["all"]["gold"] == 8


def test_a_task_that_was_not_found_is_missed(tmp_path: Path) -> None:
    write_chain(tmp_path)

    def audit(folder: Path) -> dict[str, list[TaskClarity]]:
        return {"01.txt": audit_document(document_with(TEXT, [(*SECOND, [SECOND], None)]), find_profile("all"))}

    scores, misses = evaluate_clarity(tmp_path, audit)
    assert (scores.tasks, scores.found, scores.all.gold, scores.of_found.gold) == (2, 1, 8, 3)
    assert any("no task: " in line for line in misses)
