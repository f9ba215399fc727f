"""Patterns as a linguist writes them, made into regular expressions.

A template is words, with `{atom}` for a slot (`{name=atom}` gives the slot its own name), `[...]` for what may be
missing, `(a|b)` for a choice (of branches of mere words the longest is tried first), and a space for one to three
blanks or line ends. "ngày {day}[ tháng {month}]" reads "ngày 5" and "ngày 5 tháng 6". An atom is a set of words with
values, a regular expression, or a template of its own.

`Compiled.openings` holds the first two tokens with which a match may begin (words, "0" for digits, single signs, "*"
for anything), so that the reader tries a rule only where they stand.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from pipeline.dates.records import DatesLexiconError

BLANK = r"[ \t\r\n\xa0]{1,3}"
_TOKEN = re.compile(
    r"\{(?:(?P<alias>\w+)=)?(?P<atom>\w+)\}|(?P<mark>[\[\]()|])|(?P<blank> +)|(?P<word>[^\s\[\](){}|]+)"
)
_TOKENS = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")

Openings = frozenset[tuple[str, ...]]
_NOTHING: Openings = frozenset([()])


class Slot(msgspec.Struct, frozen=True):
    """A named group of a compiled template: its regex group, the name the resolver sees, and the atom's values."""

    group: str
    name: str
    values: Mapping[str, Any] | None
    lookup: bool


class Compiled(msgspec.Struct, frozen=True):
    """A template as a regular expression over lower-case NFC text, its slots, and the tokens it may begin with."""

    regex: str
    slots: tuple[Slot, ...]
    openings: Openings
    nullable: bool


class Atom(msgspec.Struct, frozen=True):
    """What may fill a slot: `values` (words and what they mean), a `regex` with its `first`s, both, or a `template`.

    `first` are the tokens a match of the regex begins with ("0" for digits); with `open` more may follow.
    With `lookup` the values are not part of the pattern: the regex finds, the values say what is meant or refuse.
    `not_before` gives, for a word of `values`, a regular expression of what must not follow it.
    """

    values: Mapping[str, Any] | None = None
    regex: str | None = None
    first: tuple[str, ...] = ()
    template: str | None = None
    not_before: Mapping[str, str] = {}
    open: bool = False
    lookup: bool = False


def tokens_of(text: str) -> tuple[str, ...]:
    """The words, numbers ("0") and signs of a text."""
    return tuple("0" if token[0].isdigit() else token for token in _TOKENS.findall(text))


def _then(before: Openings, after: Openings) -> Openings:
    """The first two tokens of one thing followed by another."""
    return frozenset((one + other)[:2] for one in before for other in (after if len(one) < 2 else _NOTHING))


def trie(
    words: Iterable[str], *, ends: Mapping[str, str] | None = None, follows: Mapping[str, str] | None = None
) -> str:
    """One regular expression for a set of words, common beginnings shared; the longest word is tried first.

    A blank in a word stands for one to three blanks or line ends. `ends` gives words that must not be followed by
    a regular expression of their own, `follows` words that must be.
    """
    return _trie(tuple(words), tuple((ends or {}).items()), tuple((follows or {}).items()))


@functools.lru_cache(maxsize=512)
def _trie(
    words: tuple[str, ...], no_ends: tuple[tuple[str, str], ...], must_follow: tuple[tuple[str, str], ...]
) -> str:
    ends, follows = dict(no_ends), dict(must_follow)
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        after = f"(?={follows[word]})" if word in follows else ""
        node[""] = after + f"(?!{re.sub('^ ', '[ ]{1,3}', ends[word])})" if word in ends else after

    def write(node: dict[str, Any]) -> str:
        branches = [
            (BLANK if letter == " " else re.escape(letter)) + write(below) for letter, below in node.items() if letter
        ]
        if "" in node:
            branches.append(r"(?!\w)" + node[""])
        return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"

    return write(tree)


def trigger_of(by_opening: Mapping[str, Mapping[str, Any]]) -> re.Pattern[str]:
    """Numbers and the first tokens of openings, each only before a second token that goes with it ("*": any)."""
    follows = {}
    for first, seconds in by_opening.items():
        if not seconds["*"]:
            words = [second for second in seconds if second.isalpha()]
            signs = [r"\d" if second == "0" else re.escape(second) for second in sorted({*seconds} - {*words, "*"})]
            follows[first] = f"[ \t\r\n\xa0]{{0,3}}(?:{'|'.join(signs + [trie(words)] * bool(words))})"
    firsts = trie([first for first in by_opening if first != "0"], follows=follows)
    return re.compile((r"\d{1,9}|" + firsts).replace(r"(?!\w)", r"(?![^\W\d_])"))


class _Compiler:
    def __init__(self, atoms: Mapping[str, Atom], prefix: str, where: str) -> None:
        self.atoms, self.prefix, self.where = atoms, prefix, where
        self.slots: list[Slot] = []

    def compile(self, template: str) -> tuple[str, Openings]:
        tokens, position = [], 0
        while position < len(template):
            found = _TOKEN.match(template, position)
            if not found:
                raise DatesLexiconError(f"{self.where}: can't read the pattern at {template[position:]!r}")
            tokens.append(found)
            position = found.end()
        result, rest = self._choice(tokens, 0)
        if rest != len(tokens):
            raise DatesLexiconError(f"{self.where}: unbalanced brackets in {template!r}")
        return result

    def _choice(self, tokens: list[re.Match[str]], at: int) -> tuple[tuple[str, Openings], int]:
        branches: list[str] = []
        slots = len(self.slots)
        openings: Openings = frozenset()
        while True:
            (regex, more), at = self._sequence(tokens, at)
            branches.append(regex)
            openings |= more
            if at < len(tokens) and tokens[at]["mark"] == "|":
                at += 1
                continue
            if len(self.slots) == slots:
                branches.sort(key=len, reverse=True)
            regex = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
            return (regex, openings), at

    def _sequence(self, tokens: list[re.Match[str]], at: int) -> tuple[tuple[str, Openings], int]:
        regex: list[str] = []
        openings = _NOTHING
        while at < len(tokens) and tokens[at]["mark"] not in ("|", "]", ")"):
            token = tokens[at]
            at += 1
            if token["mark"] in ("[", "("):
                (inner, more), at = self._choice(tokens, at)
                if at >= len(tokens) or tokens[at]["mark"] != {"[": "]", "(": ")"}[token["mark"]]:
                    raise DatesLexiconError(f"{self.where}: a bracket is never closed")
                at += 1
                more = more | _NOTHING if token["mark"] == "[" else more
                regex.append(f"(?:{inner}){'?' if token['mark'] == '[' else ''}")
            elif token["blank"]:
                regex.append(BLANK)
                continue
            elif token["word"]:
                word = token["word"]
                follows = at < len(tokens) and not tokens[at]["blank"] and tokens[at]["mark"] not in ("|", "]", ")")
                regex.append(re.escape(word) + (r"(?!\w)" if word[-1].isalpha() and not follows else ""))
                more = frozenset([tokens_of(word)[:2]])
            else:
                inner, more = self._atom(token["atom"], token["alias"] or token["atom"])
                regex.append(inner)
            openings = _then(openings, more)
        return ("".join(regex), openings), at

    def _atom(self, name: str, alias: str) -> tuple[str, Openings]:
        atom = self.atoms.get(name)
        if atom is None:
            raise DatesLexiconError(f"{self.where}: no atom {name!r}; atoms stand in [atom.*] tables")
        if atom.template is not None:
            regex, openings = self.compile(atom.template)
            return f"(?:{regex})", openings
        group = f"{self.prefix}{len(self.slots)}"
        self.slots.append(Slot(group, alias, atom.values, atom.lookup))
        openings = frozenset((first, "*") if atom.open else (first,) for first in atom.first)
        parts = [] if atom.regex is None else [atom.regex]
        if atom.values is not None and not atom.lookup:
            parts.append(trie(atom.values, ends=atom.not_before))
            openings |= {tokens_of(words)[:2] for words in atom.values}
        if atom.regex is not None and any(re.fullmatch(atom.regex, blank) for blank in ("", " ")):
            openings |= _NOTHING
        return f"(?P<{group}>{'|'.join(parts)})", openings


def compile_template(
    template: str, atoms: Mapping[str, Atom], *, prefix: str = "g", where: str = "pattern"
) -> Compiled:
    """The template as a regular expression whose groups all begin with `prefix`.

    Raises DatesLexiconError, naming `where`, for unknown atoms, unbalanced brackets, text that isn't NFC.
    """
    if not unicodedata.is_normalized("NFC", template):
        raise DatesLexiconError(f"{where}: the pattern isn't in Unicode normal form C; write it composed")
    compiler = _Compiler(atoms, prefix, where)
    regex, openings = compiler.compile(template)
    return Compiled(regex, tuple(compiler.slots), openings, () in openings)
