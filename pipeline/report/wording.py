"""The words of the digest in one language, from `words/`, and how it writes days and numbers."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib import resources
from typing import Any, Literal

Language = Literal["vi", "en"]
Family = Literal[
    "genre", "kind", "force", "recurrence", "confidence", "quality", "quality_mark", "relation", "change",
    "changed_field",
]  # fmt: skip

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# The least confidence that each word stands for.
_CONFIDENCE = ((0.9, "high"), (0.75, "fair"), (0.5, "medium"))


def read_words(language: Language) -> dict[str, Any]:
    """The tables of a language's catalogue."""
    return tomllib.loads(
        resources.files("pipeline.report").joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    )


def parse_day(iso: str | None) -> date | None:
    """The day of an ISO date such as "2023-06-30"; null for anything else."""
    if iso is None or not _ISO_DAY.fullmatch(iso):
        return None
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


class Wording:
    """What the digest says, in one language."""

    def __init__(self, language: Language) -> None:
        words = read_words(language)
        self.page: dict[str, str] = words["page"]
        self._words = words

    def say(self, key: str, **details: object) -> str:
        """The words under the key, with `{name}` filled in."""
        words: str = self._words["say"][key]
        return words.format(**details) if details else words

    def noun(self, key: str, count: int) -> str:
        """What is counted, in the form that stands with `count`."""
        forms: dict[str, str] = self._words["count"][key]
        return forms["one" if count == 1 else "other"]

    def count(self, key: str, count: int) -> str:
        """The number and what is counted: "3 nhiệm vụ"."""
        return f"{self.number(count)} {self.noun(key, count)}"

    def term(self, family: Family, value: str) -> str:
        """The word for a value of a record's field."""
        word: str = self._words[family][value]
        return word

    def reason(self, says: str) -> str:
        """A reason of the registry of bodies in the page's language; one that the catalogue doesn't know as it is."""
        for entry in self._words["reason"].values():
            pattern = re.sub(r"\\{(\w)\\}", r"(?P<\1>.+?)", re.escape(entry["says"]))
            match = re.fullmatch(pattern, says)
            if match is not None:
                words: str = entry["words"]
                return words.format(**match.groupdict())
        return says

    def letter(self, mark: str) -> str:
        """The letter of a kind of mark."""
        letter: str = self._words["mark"][mark]["letter"]
        return letter

    def name(self, mark: str) -> str:
        """The name of a kind of mark."""
        name: str = self._words["mark"][mark]["name"]
        return name

    def number(self, number: int) -> str:
        """A whole number with its thousands set apart."""
        return f"{number:,}".replace(",", self.say("thousands"))

    def decimal(self, number: float, places: int | None = None) -> str:
        """A number with so many decimal places; as many as it has where `places` is null."""
        written = f"{number:,.{places}f}" if places is not None else f"{number:,.12g}"
        return written.translate({ord(","): self.say("thousands"), ord("."): self.say("decimal")})

    def confidence(self, confidence: float) -> str:
        """A confidence between 0 and 1 in words and as a number: "cao (0,90)"."""
        word = next((word for least, word in _CONFIDENCE if confidence >= least), "low")
        return self.say("confidence", word=self.term("confidence", word), number=self.decimal(confidence, 2))

    def day(self, day: date) -> str:
        """A day: "30/06/2023"."""
        return self.say("day", day=day.day, month=day.month, year=day.year)

    def month(self, day: date) -> str:
        """A day's month: "Tháng 6/2023"."""
        return self.say("month", month=day.month, year=day.year)

    def iso_day(self, iso: str | None) -> str:
        """A record's date: as a day where it is one, as it stands where it isn't, "unknown" where there is none."""
        day = parse_day(iso)
        return self.day(day) if day else iso or self.say("unknown")
