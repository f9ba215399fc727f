"""Bounding words around what was found: "trước", "đến hết", "từ ... đến ...", "hằng năm".

Words before an expression are taken from the inside out: an hour, "khoảng", one bounding word, then softer words
("dự kiến"). What they do stands in the lexicon as the frame's effect.
"""

import datetime
from typing import Any

import msgspec

from pipeline.dates.direction import told
from pipeline.dates.lexicon import CompiledFrame, Lexicon
from pipeline.dates.records import Context, Direction, Grain, Reading
from pipeline.dates.resolve_periods import day_after, day_before
from pipeline.dates.resolve_terms import WEEKDAYS
from pipeline.dates.scan import Core

_LOOK_BACK = 48
_PLAIN = 6  # letters of an expression that show whether it is typed without diacritics
_SENTENCE_ENDS = frozenset(".;!?…")
_BOUNDING = {"until", "before", "until-before", "from", "after", "now-until", "now-until-before", "as-of"}
_ORDER: tuple[Grain, ...] = (
    "hour", "day", "weekend", "week", "part", "month", "season", "quarter", "half", "year", "decade", "century",
    "period",
)  # fmt: skip


class Framed(msgspec.Struct):
    """An expression in the making: offsets, bounds and what its words told so far."""

    left: int
    right: int
    first: datetime.date | None
    last: datetime.date | None
    grain: Grain
    rule: str
    direction: Direction
    include_last: bool
    strict: datetime.date | None = None
    modifier: str | None = None
    fuzzy: bool = False
    about: bool = False
    planned: bool = False
    clock: str | None = None
    recurrence: str | None = None
    rrule: str | None = None
    bounded: bool = False
    closed: bool = False
    closes: bool = False
    lunar: bool = False
    anchor: tuple[int, int] | None = None
    count: int | None = None
    unit: str | None = None


def _may_close(lexicon: Lexicon, key: str, left: int) -> bool:
    """False when the word before a place is none that a frame ends with; cheap, and spares most searches."""
    end = left
    while end > 0 and left - end < 3 and key[end - 1] in " \n\t\r":
        end -= 1
    start = end
    while start > 0 and end - start < 12 and key[start - 1].isalpha():
        start -= 1
    if start == end:
        return end > 0 and key[end - 1] not in _SENTENCE_ENDS
    return key[start:end] in lexicon.closing or (start > 0 and key[start - 1].isdigit())


def frames_before(lexicon: Lexicon, key: str, left: int, floor: int) -> list[tuple[CompiledFrame, Any]]:
    """Frames that end where the expression begins, innermost first, with their matches."""
    regex, table = lexicon.sides["before"]
    found: list[tuple[CompiledFrame, Any]] = []
    bounding = False
    while len(found) < 5 and _may_close(lexicon, key, left):
        match = regex.search(key, max(floor, left - _LOOK_BACK), left)
        if match is None:
            break
        compiled = table[match.lastgroup or ""]
        effect = compiled.frame.effect
        if compiled.frame.use.get("plain") and not key[left : left + _PLAIN].isascii():
            break
        if effect in _BOUNDING:
            if bounding:
                break
            bounding = True
        found.append((compiled, match))
        left = match.start()
    return found


def direction_of(
    lexicon: Lexicon, key: str, core: Core, frames: list[tuple[CompiledFrame, Any]], context: Context
) -> tuple[Direction, bool]:
    """Where the expression looks: by its own frames, then by the caller, then by the sentence's cues (soft: True)."""
    effects = {compiled.frame.effect for compiled, _ in frames}
    if effects & {"past", "as-of"}:
        return "past", False
    if context.direction != "unknown":
        return context.direction, False
    cue = told(lexicon, key, core.start, core.end)
    if any(compiled.frame.use.get("deadline") for compiled, _ in frames):
        return ("unknown" if cue == "past" else "future"), False
    return cue, True


def framed(core: Core, reading: Reading) -> Framed:
    """The expression with nothing applied yet."""
    return Framed(
        core.start, core.end, reading.first, reading.last, reading.grain, core.compiled.rule.name, reading.direction,
        reading.include_last, strict=reading.strict, modifier=core.compiled.rule.modifier, fuzzy=reading.fuzzy,
        about=reading.fuzzy,
        recurrence=reading.recurrence, rrule=reading.rrule, bounded=reading.bounded, closes=reading.closes,
        lunar=reading.lunar, anchor=_anchor(core), count=reading.count, unit=reading.unit,
    )  # fmt: skip


def _anchor(core: Core) -> tuple[int, int] | None:
    """Offsets of the event or day that a term is counted from."""
    spans = core.spans
    if "event" in spans or "document_day" in spans:
        return spans.get("event") or spans["document_day"]
    if core.reading.count is not None and "day" in spans:
        return spans["day"][0], max(spans[name][1] for name in ("day", "month", "year", "yrel") if name in spans)
    return None


def _clock(fields: dict[str, Any]) -> str | None:
    hour, minute = fields.get("hour"), fields.get("minute") or 0
    if not isinstance(hour, int):
        return None
    if fields.get("half_day") == "pm" and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}"


def _values(compiled: CompiledFrame, match: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for slot in compiled.slots:
        text = match[slot.group]
        if text is not None:
            text = " ".join(text.split())
            value = slot.values.get(text) if slot.values else None
            fields[slot.name] = value if value is not None else int(text) if text.isdecimal() else text
    return fields


def _bound(made: Framed, effect: str, context: Context) -> None:
    """The bounds changed by one bounding word."""
    if effect in ("until", "as-of"):
        made.first = None
    elif effect == "now-until":
        made.first = None if made.last is None or made.last < context.on else context.on
    elif effect == "now-until-before":
        made.last = made.strict = None if made.first is None else day_before(made.first)
        made.first = None if made.last is None or made.last < context.on else context.on
    elif effect in ("before", "until-before"):
        before = None if made.first is None else day_before(made.first)
        keeps = effect == "before" and (made.include_last or made.clock is not None)
        made.strict = made.last if made.clock is not None or made.grain == "part" else before
        made.first, made.last = None, made.last if keeps else before
    elif effect == "from":
        made.last = None
    elif effect == "after":
        if made.clock is None and made.last is not None:
            made.first = day_after(made.last)
        made.last = None
    made.bounded = True


def apply_before(made: Framed, found: list[tuple[CompiledFrame, Any]], context: Context, *, is_range: bool) -> None:
    """All words before the expression, applied from the inside out; stops at one that does not fit."""
    is_range = is_range or made.closed
    for compiled, match in found:
        frame = compiled.frame
        effect = frame.effect
        if effect == "amid" and not (is_range and made.grain == "day"):
            return
        if frame.use.get("grain", made.grain) != made.grain:
            return
        if effect in _BOUNDING:
            if made.bounded or made.recurrence is not None:
                if made.recurrence is None and not (is_range and effect == "from"):
                    return
            elif is_range and effect == "from":
                pass
            else:
                _bound(made, effect, context)
            made.modifier = frame.modifier
        elif effect == "about":
            made.about = made.fuzzy = True
        elif effect == "planned":
            made.planned = made.fuzzy = True
        elif effect == "label" and made.grain in ("day", "hour") and not made.bounded and made.first == made.last:
            _bound(made, "until", context)
        elif effect == "clock":
            clock = _clock(_values(compiled, match))
            if clock is None or made.grain not in ("day", "hour"):
                return
            made.clock = clock
        made.modifier = made.modifier or frame.modifier
        made.left = match.start()
        made.rule = f"{frame.name}/{made.rule}"
    if made.closes and not made.bounded:
        _bound(made, "until", context)


def frame_after(lexicon: Lexicon, key: str, right: int, ceiling: int) -> tuple[CompiledFrame, Any] | None:
    """The frame that begins where an expression ends and ends before the next one, with its match."""
    regex, table = lexicon.sides["after"]
    match = regex.match(key, right)
    if match is None or match.end() > ceiling:
        return None
    return table[match.lastgroup or ""], match


def apply_after(made: Framed, found: tuple[CompiledFrame, Any] | None, on: datetime.date) -> None:
    """Words after the expression: "hằng năm" makes it recur, "trở đi" opens its end, "đến nay" closes it."""
    if found is None:
        return
    compiled, match = found
    frame = compiled.frame
    if frame.effect == "recurring" and not made.bounded:
        every = _values(compiled, match)["every"]
        rrule = recurrence_rule(made, every)
        if rrule is None:
            return
        made.recurrence, made.rrule = every, None if made.lunar else rrule
        made.first = made.last = made.strict = None
    elif frame.effect == "onward" and made.first is not None:
        made.last, made.modifier, made.bounded = None, frame.modifier, True
    elif frame.effect == "to-now" and made.first is not None and made.first <= on and not made.bounded:
        made.last, made.modifier, made.bounded, made.closed = on, frame.modifier, True, True
        made.strict, made.direction = None, "past"
    elif frame.effect == "moved":
        made.closed, made.rule = True, f"{frame.name}/{made.rule}"
        return
    elif frame.effect == "backward" and made.last is not None:
        made.first, made.modifier, made.bounded = None, frame.modifier, True
    else:
        return
    made.right = match.end()
    made.rule = f"{frame.name}/{made.rule}"


def recurrence_rule(made: Framed, every: str) -> str | None:
    """The RRULE of a day, weekday, month or part that comes again; None when words don't go together."""
    day = made.last
    if day is None or made.first is None:
        return None
    if every == "yearly" and made.grain in ("day", "hour") and made.first == day:
        return f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"
    if every == "yearly" and made.grain in ("month", "quarter", "part", "half", "season"):
        return f"FREQ=YEARLY;BYMONTH={','.join(str(m) for m in range(made.first.month, day.month + 1)) or day.month}"
    if every == "yearly":
        return "FREQ=YEARLY"
    if every == "monthly" and made.grain in ("day", "hour"):
        if made.first == day:
            return f"FREQ=MONTHLY;BYMONTHDAY={day.day}"
        return f"FREQ=MONTHLY;BYMONTHDAY={','.join(str(n) for n in range(made.first.day, day.day + 1))}"
    if every == "weekly" and made.grain in ("day", "hour"):
        return f"FREQ=WEEKLY;BYDAY={WEEKDAYS[day.weekday()]}"
    if every == "weekly" and made.grain == "weekend":
        return "FREQ=WEEKLY;BYDAY=SA,SU"
    return None


def finer(one: Grain, other: Grain) -> Grain:
    """The smaller of two grains."""
    return min(one, other, key=_ORDER.index)
