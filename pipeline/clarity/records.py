"""The records of the clarity audit: what each slot of a task was read from, and totals."""

from __future__ import annotations

from typing import Literal

from pipeline.records import Body, DirectiveKind, Evidence, Issuer, Record

Slot = Literal["person", "work", "time", "responsibility", "product", "authority", "effect", "coordination"]
"""Mục: rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ sản phẩm (kết quả), rõ thẩm quyền, rõ hiệu quả, người phối
hợp."""


class SlotReading(Record, frozen=True, kw_only=True):
    """Mục của nhiệm vụ: the words that state it, in the order of the text (none: it is missing); words that sound like
    it and don't tell (`vague`); and the question to ask where it is missing, else null."""

    stated: bool
    evidence: tuple[Evidence, ...]
    vague: tuple[Evidence, ...]
    question: str | None


class TaskClarity(Record, frozen=True, kw_only=True):
    """Độ rõ của nhiệm vụ, by one profile: `slots` in the profile's order, `stated` of them told, out of `of`. Offsets
    count code points of the report's text."""

    task_id: str
    report_id: str
    path: str
    published: str | None
    title: str | None
    kind: DirectiveKind
    start: int
    end: int
    exact: str
    issuer: Issuer
    lead: tuple[Body, ...]
    profile: str
    slots: dict[Slot, SlotReading]
    stated: int
    of: int


class ClarityTotal(Record, frozen=True, kw_only=True):
    """Cộng theo người giao hoặc cơ quan: how many tasks, how many of them state each slot, and how many state all.
    `name` null where the reports tell none; `id` is the body's where the register knows it."""

    name: str | None
    id: str | None
    profile: str
    tasks: int
    slots: dict[Slot, int]
    complete: int
