"""Totals of an audit by issuer or by body: always with the numbers they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from pipeline.clarity.profiles import Profile
from pipeline.clarity.records import ClarityTotal, Slot, TaskClarity
from pipeline.language.matchkey import match_key
from pipeline.records import Issuer

By = Literal["issuer", "body"]
_Key = tuple[str, str]


def total_by(audits: Iterable[TaskClarity], by: By, profile: Profile) -> list[ClarityTotal]:
    """A total for each issuer, or for each lead body: those with most tasks first, then by name.

    A task with several leads counts for each of them; one without counts for `name` null, as one whose issuer isn't
    told. Bodies are one where the register gives them one id, else where their words are the same but for case; an
    issuer is a person by the name, else an office or body by its words.
    """
    groups: dict[_Key, list[TaskClarity]] = {}
    names: dict[_Key, Counter[str]] = {}
    for audit in audits:
        for key, name in dict(_issuer(audit.issuer) if by == "issuer" else _leads(audit)).items():
            groups.setdefault(key, []).append(audit)
            names.setdefault(key, Counter())[name] += 1
    totals = [
        # The commonest of the spellings, of equals the first by code points.
        sum_up(group, profile, name=min(names[key].items(), key=lambda item: (-item[1], item[0]))[0], key=key)
        for key, group in groups.items()
    ]
    return sorted(totals, key=lambda total: (-total.tasks, total.name is None, total.name or "", total.id or ""))


def sum_up(
    audits: Iterable[TaskClarity], profile: Profile, *, name: str = "", key: tuple[str, str] = ("name", "")
) -> ClarityTotal:
    """The total of the audits, under a name and its key (see `total_by`)."""
    counted: Counter[Slot] = Counter()
    tasks = complete = 0
    for audit in audits:
        tasks += 1
        complete += audit.stated == audit.of
        counted.update(slot for slot, reading in audit.slots.items() if reading.stated)
    return ClarityTotal(
        name=name or None,
        id=key[1] if key[0] == "id" else None,
        profile=profile.name,
        tasks=tasks,
        slots={item.slot: counted[item.slot] for item in profile.slots},
        complete=complete,
    )


def _issuer(issuer: Issuer) -> list[tuple[_Key, str]]:
    if issuer.person:
        name = ", ".join(part for part in (issuer.person, issuer.role) if part)
        return [(("person", match_key(issuer.person)), name)]
    name = issuer.role or issuer.body or ""
    return [(("name", match_key(name)), name)]


def _leads(audit: TaskClarity) -> list[tuple[_Key, str]]:
    if not audit.lead:
        return [(("name", ""), "")]
    return [
        (("id", body.id) if body.id else ("name", match_key(body.name)), body.name) for body in audit.lead
    ]
