"""The dates lexicon: rules, frames, refusals and cues from `pipeline/lexicon/dates/*.toml`, checked and compiled.

Nothing is read at import; `load_lexicon` reads once. A file may hold `[spelling]`, `[atom.*]`, `[[rule]]`, `[[frame]]`,
`[[refusal]]` and `[[cue]]` entries. Refused, with the file and the entry named: unknown keys, duplicate names, a
missing source or example, text that isn't NFC, patterns that match the empty string, resolvers that don't exist.
"""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from typing import Any, Literal

import msgspec

from pipeline.dates import resolve as resolvers
from pipeline.dates.records import Context, DatesLexiconError, Reading
from pipeline.dates.template import Atom, Compiled, Slot, compile_template, trigger_of

Effect = Literal[
    "within", "until", "before", "until-before", "from", "after", "now-until", "as-of", "about", "planned", "clock",
    "past", "label", "now-until-before", "range", "list", "recurring", "onward", "backward", "to-now", "amid", "moved"
]  # fmt: skip
Resolver = Callable[[Mapping[str, Any], Context], Reading | None]
_ANYTHING: dict[str, list[Any]] = {"*": []}
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that a rule must read: the day counted from, and the start and end (absent: null) it must give.

    `more` are the start and end of each further expression, where a list gives several.
    """

    text: str
    on: str
    start: str | None = None
    end: str | None = None
    end_strict: str | None = None
    edtf: str | None = None
    recurrence: str | None = None
    rrule: str | None = None
    found: str | None = None
    more: tuple[tuple[str | None, str | None], ...] = ()
    none: bool = False


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that name a time, and the function that reads them.

    `weak`: "cue" is a date only after a cue or in brackets; "cue-or-alone" also with a capital inside
    or as the whole text; "weekday" the same, but in a list only after "và" or another weekday;
    "alone" is one only as the whole text, after a word of meeting or in a sentence that looks ahead;
    "small" only without a capital.
    `use`: values handed to the resolver besides the slots.
    """

    name: str
    gloss: str
    pattern: str
    resolve: str
    source: str
    examples: tuple[Example, ...]
    counterexamples: tuple[str, ...] = ()
    weak: Literal["", "cue", "cue-or-alone", "weekday", "alone", "small"] = ""
    modifier: str | None = None
    use: dict[str, Any] = {}


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words before, after or between expressions, and what they do to their bounds."""

    name: str
    gloss: str
    side: Literal["before", "after", "between"]
    pattern: str
    effect: Effect
    source: str
    examples: tuple[Example, ...]
    counterexamples: tuple[str, ...] = ()
    modifier: str | None = None
    use: dict[str, Any] = {}


class Refusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words before or after a candidate that show it is no date. `rules`: rule names concerned, empty for all."""

    name: str
    gloss: str
    side: Literal["before", "after"]
    regex: str
    source: str
    counterexamples: tuple[str, ...]
    rules: tuple[str, ...] = ()


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that tell of times.

    `date` before a weak candidate of any kind and `event` (meetings) before one that isn't mere figures show it to be a
    date, as does a `particle` after it; `past` and `future` tell the direction of a sentence.
    """

    name: str
    gloss: str
    tells: Literal["date", "past", "future", "event", "particle"]
    source: str
    words: tuple[str, ...] = ()
    regex: str | None = None


class LazyPattern:
    """A regular expression that is compiled when it is first asked: most rules are never tried in a report, and all of
    them take most of a second."""

    __slots__ = ("_match", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._match: Callable[[str, int], re.Match[str] | None] | None = None

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """The match at a place, as a compiled pattern gives it."""
        if self._match is None:
            self._match = re.compile(self.pattern).match
        return self._match(text, at)


class CompiledRule(msgspec.Struct, frozen=True):
    """A rule ready to match."""

    rule: Rule
    regex: LazyPattern
    slots: tuple[Slot, ...]
    resolver: Resolver
    refused_before: tuple[re.Pattern[str], ...]
    refused_after: tuple[re.Pattern[str], ...]


class CompiledFrame(msgspec.Struct, frozen=True):
    """A frame with its slots; its regex is part of the one expression of its side."""

    frame: Frame
    group: str
    slots: tuple[Slot, ...]


class Lexicon(msgspec.Struct, frozen=True):
    """Everything the reader needs, compiled; `closing` holds at least the words that a frame before may end with."""

    rules: tuple[CompiledRule, ...]
    frames: tuple[Frame, ...]
    refusals: tuple[Refusal, ...]
    by_opening: Mapping[str, Mapping[str, tuple[CompiledRule, ...]]]
    trigger: re.Pattern[str]
    sides: Mapping[str, tuple[re.Pattern[str], Mapping[str, CompiledFrame]]]
    cues: Mapping[str, re.Pattern[str]]
    spellings: tuple[tuple[str, str], ...] = ()
    closing: frozenset[str] = frozenset()


def _read_files() -> Iterable[tuple[str, dict[str, Any]]]:
    folder = resources.files("pipeline").joinpath("lexicon", "dates")
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            text = entry.read_text(encoding="utf-8")
            if not unicodedata.is_normalized("NFC", text):
                raise DatesLexiconError(f"{entry.name}: not in Unicode normal form C; save it composed")
            yield entry.name, tomllib.loads(text)


def _entries(name: str, table: Mapping[str, Any], key: str, kind: type[Any], seen: set[str]) -> list[Any]:
    found = []
    for number, entry in enumerate(table.get(key, ()), 1):
        where = f"{name}: {key} {entry.get('name', number)}"
        try:
            made = msgspec.convert(entry, kind)
        except msgspec.ValidationError as error:
            raise DatesLexiconError(f"{where}: {error}") from error
        if not _KEBAB.fullmatch(made.name):
            raise DatesLexiconError(f"{where}: the name must be lower-case ASCII words joined by hyphens")
        if made.name in seen:
            raise DatesLexiconError(f"{where}: the name is taken; names are unique over all files")
        if not made.source or not made.gloss:
            raise DatesLexiconError(f"{where}: source and gloss must not be empty")
        if isinstance(made, Rule | Frame) and not made.examples:
            raise DatesLexiconError(f"{where}: give at least one example")
        seen.add(made.name)
        found.append(made)
    return found


def _atom(where: str, content: Mapping[str, Any]) -> Atom:
    unknown = set(content) - set(Atom.__struct_fields__)
    if unknown:
        raise DatesLexiconError(f"{where}: unknown keys {sorted(unknown)}")
    try:
        return msgspec.convert(content, Atom)
    except msgspec.ValidationError as error:
        raise DatesLexiconError(f"{where}: {error}") from error


def _spellings(name: str, table: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for odd, plain in table.get("spelling", {}).items():
        if not isinstance(plain, str) or len(odd) != len(plain) or odd == plain:
            raise DatesLexiconError(f"{name}: spelling {odd!r}: give another string of equal length")
        yield odd, plain


def parse_tables(files: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """Atoms, rules, frames, refusals and cues of (file name, table) pairs; DatesLexiconError for a bad entry."""
    atoms: dict[str, Atom] = {}
    entries: dict[str, list[Any]] = {"rule": [], "frame": [], "refusal": [], "cue": [], "spelling": []}
    kinds: dict[str, type[Any]] = {"rule": Rule, "frame": Frame, "refusal": Refusal, "cue": Cue}
    seen: set[str] = set()
    for name, table in files:
        unknown = set(table) - set(kinds) - {"atom", "spelling"}
        if unknown:
            known = ", ".join(["atom", "spelling", *kinds])
            raise DatesLexiconError(f"{name}: unknown keys {sorted(unknown)}; known are {known}")
        entries["spelling"] += _spellings(name, table)
        for atom, content in table.get("atom", {}).items():
            if atom in atoms:
                raise DatesLexiconError(f"{name}: atom {atom} is defined twice")
            atoms[atom] = _atom(f"{name}: atom {atom}", content)
        for key, kind in kinds.items():
            entries[key] += _entries(name, table, key, kind, seen)
    return {"atom": atoms, **entries}


_compiled = functools.cache(re.compile)
"""One refusal stands in many rules."""


def compile_rule(rule: Rule, atoms: Mapping[str, Atom], refusals: Iterable[Refusal]) -> tuple[CompiledRule, Compiled]:
    """The rule with its regex, slots, resolver and refusals; DatesLexiconError when it can't be used."""
    where = f"rule {rule.name}"
    compiled = compile_template(rule.pattern, atoms, prefix="g", where=where)
    if compiled.nullable:
        raise DatesLexiconError(f"{where}: the pattern matches the empty string; make a word obligatory")
    resolver = getattr(resolvers, rule.resolve, None)
    if resolver is None:
        raise DatesLexiconError(f"{where}: no resolver {rule.resolve!r} in pipeline.dates.resolve")
    mine = [refusal for refusal in refusals if not refusal.rules or rule.name in refusal.rules]
    before = tuple(_compiled(f"(?:{r.regex})\\Z") for r in mine if r.side == "before")
    after = tuple(_compiled(r.regex) for r in mine if r.side == "after")
    regex = LazyPattern(compiled.regex + r"(?!\w)")
    return CompiledRule(rule, regex, compiled.slots, resolver, before, after), compiled


def _side(frames: Iterable[Frame], atoms: Mapping[str, Atom], side: str) -> tuple[re.Pattern[str], dict[str, Any]]:
    parts, table = [], {}
    for number, frame in enumerate(frames):
        compiled = compile_template(frame.pattern, atoms, prefix=f"f{number}s", where=f"frame {frame.name}")
        if compiled.nullable:
            raise DatesLexiconError(f"frame {frame.name}: the pattern matches the empty string")
        parts.append(f"(?P<f{number}>{compiled.regex})")
        table[f"f{number}"] = CompiledFrame(frame, f"f{number}", compiled.slots)
    body = "|".join(parts) or "(?!)"
    blank = r"[ \t\r\n\xa0]{0,3}"
    shape = {"before": rf"(?<!\w)(?:{body}){blank}\Z", "after": rf"{blank}(?:{body})(?!\w)"}
    return re.compile(shape.get(side, rf"{blank}(?:{body}){blank}")), table


def _words_of(regex: re.Pattern[str], table: Mapping[str, CompiledFrame]) -> frozenset[str]:
    """All words in the frames of a side: those of the patterns and those that fill their slots."""
    slots = [slot for compiled in table.values() for slot in compiled.slots]
    values = [words for slot in slots for words in slot.values or ()]
    return frozenset(re.findall(r"[^\W\d_]+", " ".join([regex.pattern, *values])))


def compile_lexicon(files: Iterable[tuple[str, Mapping[str, Any]]]) -> Lexicon:
    """The lexicon of (file name, TOML table) pairs. Raises DatesLexiconError for an entry it can't use."""
    tables = parse_tables(files)
    atoms = tables["atom"]
    pairs: dict[str, dict[str, list[CompiledRule]]] = {}
    rules = []
    for rule in tables["rule"]:
        compiled, template = compile_rule(rule, atoms, tables["refusal"])
        rules.append(compiled)
        for first, second in {(*opening, "*")[:2] for opening in template.openings}:
            pairs.setdefault(first, {}).setdefault(second, []).append(compiled)
    by_opening = {
        first: {
            second: tuple(rule for rule in rules if rule in group or rule in seconds.get("*", ()))
            for second, group in (_ANYTHING | seconds).items()
        }
        for first, seconds in pairs.items()
    }
    sides = {
        side: _side([frame for frame in tables["frame"] if frame.side == side], atoms, side)
        for side in ("before", "after", "between")
    }
    cues = {}
    for tells in ("date", "past", "future", "event", "particle"):
        said = sorted((word for cue in tables["cue"] if cue.tells == tells for word in cue.words), key=len)
        body = "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in reversed(said)) or "(?!)"
        shapes = [cue.regex for cue in tables["cue"] if cue.tells == tells and cue.regex is not None]
        body = "|".join([*shapes, body])
        end = r"[ \n\xa0(]{0,3}\Z" if tells in ("date", "event") else r"(?!\w)"
        begin = "[ ]{1,3}" if tells == "particle" else r"(?<!\w)"
        cues[tells] = re.compile(f"{begin}(?:{body}){end}")
    return Lexicon(
        rules=tuple(rules),
        frames=tuple(tables["frame"]),
        refusals=tuple(tables["refusal"]),
        by_opening=by_opening,
        trigger=trigger_of(by_opening),
        sides=sides,
        cues=cues,
        spellings=tuple(tables["spelling"]),
        closing=_words_of(*sides["before"]),
    )


@functools.cache
def load_lexicon() -> Lexicon:
    """The lexicon that comes with the package, read and compiled at the first call."""
    return compile_lexicon(_read_files())
