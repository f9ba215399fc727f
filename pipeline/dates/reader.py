"""From a text to its expressions of time: scan, join ranges and lists, apply frames, write records."""

import datetime
import unicodedata

import msgspec

from pipeline.dates.direction import sentence_bounds
from pipeline.dates.edtf import interval_edtf
from pipeline.dates.frames import (
    Framed,
    apply_after,
    apply_before,
    direction_of,
    finer,
    frame_after,
    framed,
    frames_before,
)  # fmt: skip
from pipeline.dates.lexicon import Lexicon, load_lexicon
from pipeline.dates.records import Anchor, Context, Direction, Reading, TimeExpression
from pipeline.dates.scan import Core, Source, find_cores

_NEAR = 250
_FIRST_YEAR, _LAST_YEAR = 1600, 9000
_QUOTES = ' \n\t"\u201c,:'
_RANGES = {"day_range", "month_range", "weekday_range", "years", "lunar_run", "month_list", "year_list"}


def lower_same_length(text: str) -> str:
    """The text in lower case, character for character (a letter whose small form is longer stays as it is)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def composed_with_offsets(text: str) -> tuple[str, list[int]]:
    """The NFC form of a text and, for each of its characters and its end, the offset in the text given."""
    pieces: list[str] = []
    offsets: list[int] = []
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or (unicodedata.combining(text[i]) == 0 and not "\u1160" <= text[i] <= "\u11ff"):
            piece = unicodedata.normalize("NFC", text[start:i])
            pieces.append(piece)
            offsets += [start] * len(piece)
            start = i
    return "".join(pieces), [*offsets, len(text)]


def matching_key(text: str, lexicon: Lexicon) -> str:
    """The text as rules are matched against it: lower case, plain blanks and hyphens, one spelling; equal length."""
    key = lower_same_length(text)
    for odd, plain in lexicon.spellings:
        key = key.replace(odd, plain)
    return key


def _is_range(core: Core) -> bool:
    return core.compiled.rule.resolve in _RANGES or "quarter2" in core.fields


class _Joined(msgspec.Struct):
    """A core with the one it is joined to by "đến" or "-", and the frame's name."""

    core: Core
    other: Core | None
    name: str


class _Reader:
    def __init__(self, source: Source, context: Context, lexicon: Lexicon) -> None:
        self.source, self.key, self.context, self.lexicon = source, source.key, context, lexicon
        self.floor = 0
        self.told: Framed | None = None

    def read(self) -> list[Framed]:
        cores = find_cores(self.source, self.lexicon, self.context)
        made: list[Framed] = []
        i = 0
        while i < len(cores):
            joined = self._join(cores, i)
            ceiling_at = i + (2 if joined.other else 1)
            ceiling = len(self.key)
            if ceiling_at < len(cores):
                after = cores[ceiling_at]
                comes_again = after.reading.recurrence and after.start - cores[ceiling_at - 1].end <= 3
                ceiling = after.end if comes_again else after.start
            hint = self._later_year(cores, i)
            found = self._frame(joined, ceiling, hint)
            if found:
                made += found
                self.floor = found[-1].right
            i = ceiling_at
            while i < len(cores) and cores[i].start < self.floor:
                i += 1
        return made

    def _between(self, one: Core, other: Core) -> str | None:
        """Name of the frame that joins two cores, None when other words stand between."""
        if other.start - one.end > 24:
            return None
        regex, table = self.lexicon.sides["between"]
        match = regex.fullmatch(self.key, one.end, other.start)
        return None if match is None else table[match.lastgroup or ""].frame.name

    def _join(self, cores: list[Core], i: int) -> _Joined:
        core = cores[i]
        if i + 1 >= len(cores) or core.reading.bounded or core.reading.recurrence:
            return _Joined(core, None, "")
        other = cores[i + 1]
        name = self._between(core, other)
        if name is None or other.reading.bounded or other.reading.recurrence:
            return _Joined(core, None, "")
        frame = next(frame for frame in self.lexicon.frames if frame.name == name)
        alike = core.reading.grain == other.reading.grain
        if frame.effect == "range":
            from_before = self._stands_before(core, "from")
            if frame.use.get("needs_alike") and not alike:
                return _Joined(core, None, "")
            if alike or from_before:
                return _Joined(core, other, name)
        elif core.reading.grain == "day":
            if alike and self._stands_before(core, "amid"):
                return _Joined(core, other, name)
        elif core.reading.grain not in ("hour", "year", "period") and self._follows(core, other):
            return _Joined(core, other, name)
        return _Joined(core, None, "")

    def _stands_before(self, core: Core, effect: str) -> bool:
        found = frames_before(self.lexicon, self.key, core.start, self.floor)
        return any(compiled.frame.effect == effect for compiled, _ in found)

    def _follows(self, core: Core, other: Core) -> bool:
        """True when a list's two members follow each other without a gap, so that they are one span."""
        later = other.read(self.context)
        if later is None or later.first is None:
            return False
        earlier = core.reading
        if not core.reading.has_year:
            again = core.read(msgspec.structs.replace(self.context, not_after=later.first, near=None))
            earlier = again or core.reading
        return earlier.last is not None and earlier.last + datetime.timedelta(days=1) == later.first

    def _later_year(self, cores: list[Core], i: int) -> int | None:
        """The year named at the end of a list that this core stands in ("6/4, 8/4 và 10/4/2018")."""
        for at in range(i, min(i + 8, len(cores) - 1)):
            if cores[at].reading.has_year:
                return None
            name = self._between(cores[at], cores[at + 1])
            if name is None:
                return None
            after = cores[at + 1].reading
            if after.has_year and after.first is not None and after.grain in ("day", "month", "quarter", "part"):
                return after.first.year
        return None

    def _context_for(self, core: Core, direction: Direction, hint: int | None, *, bounding: bool) -> Context:
        """The context with what the sentence says about the year."""
        context = msgspec.structs.replace(self.context, direction=direction)
        if hint is not None:
            return msgspec.structs.replace(context, year=hint)
        told = self.told
        if core.reading.has_year or told is None or core.start - told.right > _NEAR or told.first is None:
            return context
        low, _ = sentence_bounds(self.key, core.start, core.end)
        if told.left < low:
            return context
        if told.grain == "year" and told.first is not None and told.last is not None and not told.bounded:
            lead = self.key[low : told.left].strip(' \n\t"“,:')
            if not lead and told.first.year == told.last.year:
                return msgspec.structs.replace(context, year=told.first.year)
        elif told.grain in ("day", "month") and not bounding and direction != "future":
            return msgspec.structs.replace(context, near=told.first)
        return context

    def _frame(self, joined: _Joined, ceiling: int, hint: int | None) -> list[Framed]:
        core, other = joined.core, joined.other
        found = frames_before(self.lexicon, self.key, core.start, self.floor)
        direction, soft = direction_of(self.lexicon, self.key, core, found, self.context)
        bounding = any(compiled.frame.use.get("deadline") for compiled, _ in found)
        context = self._context_for(core, direction, hint, bounding=bounding)
        context = msgspec.structs.replace(context, soft=soft)
        after = frame_after(self.lexicon, self.key, (other or core).end, ceiling)
        if after is not None and after[0].frame.effect == "to-now" and other is None:
            context = Context(on=self.context.on, direction="past", not_after=self.context.on, year=context.year)
        reading = core.read(context) if other is None else self._read_range(core, other, context)
        if reading is None:
            return []
        if reading.parts:
            return self._parts(core, reading, found, context)
        made = framed(core, reading)
        if other is not None:
            made.right, made.rule = other.end, f"{joined.name}/{made.rule}/{other.compiled.rule.name}"
        if direction != "unknown" and made.direction == "unknown":
            made.direction = direction
        apply_after(made, after, self.context.on)
        apply_before(made, found, context, is_range=other is not None or _is_range(core))
        if reading.has_year:
            self.told = made
        return [made]

    def _read_range(self, core: Core, other: Core, context: Context) -> Reading | None:
        """One reading from the first day of one core to the last of the other, the year carried either way."""
        begin: Reading | None
        end: Reading | None
        if core.reading.has_year and not other.reading.has_year:
            begin = core.read(context)
            bound = None if begin is None else begin.first
            end = other.read(msgspec.structs.replace(context, not_before=bound, near=None, year=None))
        else:
            end = other.read(context)
            bound = None if end is None else end.last
            bare = msgspec.structs.replace(context, not_after=bound, near=None, year=None)
            begin = core.read(context if core.reading.has_year else bare)
        if begin is None or end is None or begin.first is None or end.last is None or begin.first > end.last:
            return None
        return msgspec.structs.replace(
            begin, last=end.last, grain=finer(begin.grain, end.grain), include_last=end.include_last,
            has_year=begin.has_year or end.has_year, fuzzy=begin.fuzzy or end.fuzzy,
        )  # fmt: skip

    def _parts(self, core: Core, reading: Reading, found: list, context: Context) -> list[Framed]:  # type: ignore[type-arg]
        """A list with gaps: one expression for each member; the words before go to the first."""
        made = []
        for name, part in reading.parts:
            one = framed(core, part)
            one.left, one.right = core.spans[name]
            made.append(one)
        made[0].left, made[-1].right = core.start, core.end
        apply_before(made[0], found, context, is_range=False)
        return made


def _record(made: Framed, text: str, offsets: list[int] | None) -> TimeExpression:
    left, right = (made.left, made.right) if offsets is None else (offsets[made.left], offsets[made.right])
    anchor = None
    if made.anchor is not None:
        low, high = made.anchor if offsets is None else (offsets[made.anchor[0]], offsets[made.anchor[1]])
        anchor = Anchor(event=text[low:high], count=made.count, unit=made.unit, char_start=low, char_end=high)
    edtf = None
    if made.recurrence is None:
        edtf = interval_edtf(made.first, made.last, made.grain, about=made.about, planned=made.planned)
    return TimeExpression(
        char_start=left,
        char_end=right,
        text=text[left:right],
        start=None if made.first is None else made.first.isoformat(),
        end=None if made.last is None else made.last.isoformat(),
        end_strict=None if made.strict is None else made.strict.isoformat(),
        grain=made.grain,
        edtf=edtf,
        recurrence=made.recurrence,
        rrule=made.rrule,
        anchor=anchor,
        modifier=made.modifier,
        direction=made.direction,
        fuzzy=made.fuzzy,
        rule=made.rule,
        clock=made.clock,
    )


def can_count_from(day: datetime.date) -> bool:
    """Whether terms can be counted from the day: not before 1600 nor after 9000, where calendar arithmetic would leave
    the range of dates. Databases write 0001-01-01 where they know no day."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def read_dates(text: str, on: datetime.date, *, direction: Direction = "unknown") -> list[TimeExpression]:
    """All expressions of time in a text, in its order, none overlapping another; an empty list when there is none.

    `on` is the day counted from (the report's or meeting's date). `direction` is what the caller knows about the
    text: "future" for plans and orders, "past" for reports; the text's own words come first. The result depends on
    these arguments alone. Offsets are code points of the text given, whatever its normal form. Raises ValueError for a
    day before 1600 or after 9000, where calendar arithmetic would leave the range of dates.

    >>> [(found.text, found.end) for found in read_dates("xong trước ngày 30/6/2023", datetime.date(2023, 6, 8))]
    [('trước ngày 30/6/2023', '2023-06-30')]
    """
    if not can_count_from(on):
        raise ValueError(f"can't count from {on}: give a day between the years {_FIRST_YEAR} and {_LAST_YEAR}")
    offsets: list[int] | None = None
    composed = text
    if not unicodedata.is_normalized("NFC", text):
        composed, offsets = composed_with_offsets(text)
    lexicon = load_lexicon()
    source = Source(matching_key(composed, lexicon), composed)
    reader = _Reader(source, Context(on=on, direction=direction), lexicon)
    return [_record(made, text, offsets) for made in reader.read()]
