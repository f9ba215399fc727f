"""What Word's styles say of a paragraph or run as far as it changes the text: lists, capitals, hidden text."""

from __future__ import annotations

from typing import Any

from pipeline.read.word_numbering import W

_CHAIN_MAX = 40


def is_on(properties: Any | None, name: str) -> bool | None:
    """A switch of run properties (`<w:caps/>`, `<w:vanish w:val="0"/>`): None where it isn't set."""
    element = properties.find(W + name) if properties is not None else None
    if element is None:
        return None
    return element.get(f"{W}val", "1") not in ("0", "false", "off")


class Styles:
    """The styles of one document, each with those it is based on."""

    def __init__(self, root: Any | None) -> None:
        """`root` is the root element of the styles part; None for a document without one."""
        self._styles: dict[str, Any] = {}
        self._default = ""
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId", "")
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") in ("1", "true", "on"):
                self._default = name
        self._capitals: dict[str, bool | None] = {}
        self._hidden: dict[str, bool | None] = {}

    def list_of(self, properties: Any | None) -> tuple[str | None, int | None, str]:
        """The list of a paragraph (None for none), its level (None where its style leaves that to the list), and the
        style that put it there."""
        number, level = _number_and_level(properties)
        if number is not None:
            return number, level or 0, ""
        for style in self._chain(self._paragraph_style(properties)):
            number, own_level = _number_and_level(self._styles[style].find(f"{W}pPr"))
            level = own_level if level is None else level
            if number is not None:
                return number, level, style
        return None, None, ""

    def of_paragraph(self, properties: Any | None) -> bool:
        """Whether the paragraph's style shows its words in capitals."""
        return bool(self._switch(self._paragraph_style(properties), "caps", self._capitals))

    def has_capitals(self, run: Any | None, paragraph: bool) -> bool:
        """Whether a run is shown in capitals, in a paragraph whose style says `paragraph`."""
        own = self._own(run, "caps", self._capitals)
        return paragraph if own is None else own

    def is_hidden(self, run: Any | None) -> bool:
        """Whether a run isn't shown."""
        return bool(self._own(run, "vanish", self._hidden))

    def _own(self, run: Any | None, name: str, known: dict[str, bool | None]) -> bool | None:
        direct = is_on(run, name)
        if direct is not None or run is None:
            return direct
        style = run.find(f"{W}rStyle")
        return None if style is None else self._switch(style.get(f"{W}val", ""), name, known)

    def _switch(self, style: str, name: str, known: dict[str, bool | None]) -> bool | None:
        if style not in known:
            switches = (is_on(self._styles[parent].find(f"{W}rPr"), name) for parent in self._chain(style))
            known[style] = next((switch for switch in switches if switch is not None), None)
        return known[style]

    def _paragraph_style(self, properties: Any | None) -> str:
        style = properties.find(f"{W}pStyle") if properties is not None else None
        return self._default if style is None else style.get(f"{W}val", "")

    def _chain(self, style: str) -> list[str]:
        """The style and those it is based on, nearest first."""
        chain: list[str] = []
        while style in self._styles and style not in chain and len(chain) < _CHAIN_MAX:
            chain.append(style)
            based = self._styles[style].find(f"{W}basedOn")
            style = based.get(f"{W}val", "") if based is not None else ""
        return chain


def _number_and_level(properties: Any | None) -> tuple[str | None, int | None]:
    listed = properties.find(f"{W}numPr") if properties is not None else None
    if listed is None:
        return None, None
    number, level = listed.find(f"{W}numId"), listed.find(f"{W}ilvl")
    at = level.get(f"{W}val", "0") if level is not None else None
    return (
        number.get(f"{W}val") if number is not None else None,
        int(at) if at is not None and at.isdecimal() and len(at) < 3 else None,
    )
