"""The notes on a document: its directives and tasks, and the marks over the words that each value was read from."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import Body, Deadline, Directive, Document, Evidence, Issuer, Target, Task
from pipeline.registry.body_index import GROUP
from pipeline.report.marks import Mark, MarkKind, mark_id
from pipeline.report.views import DayView, DirectiveView, FieldView, TaskView, ValueView
from pipeline.report.wording import Wording, parse_day


class Notes:
    """The notes on one document. Values whose place is outside the text, or not the words it is said to be, are
    shown without a link and with a remark that says so."""

    def __init__(self, document: Document, wording: Wording) -> None:
        self._text = document.text
        self._wording = wording
        # Every place that is marked, with the numbers of the tasks it was read for.
        self._places: dict[tuple[MarkKind, int, int], list[int]] = {}
        number = 0
        views: list[DirectiveView] = []
        for directive in document.directives:
            numbers = range(number + 1, number + 1 + len(directive.tasks))
            views.append(self._directive(len(views) + 1, directive, numbers))
            number += len(directive.tasks)
        self.directives: tuple[DirectiveView, ...] = tuple(views)

    def marks(self) -> list[Mark]:
        """The marks over the text, in no particular order."""
        return [self._mark(kind, start, end, numbers) for (kind, start, end), numbers in self._places.items()]

    def _mark(self, kind: MarkKind, start: int, end: int, numbers: Sequence[int]) -> Mark:
        if kind == "task":
            title = self._wording.say("go_to_task", numbers=_ranges(numbers))
            return Mark(kind, start, end, label=_ranges(numbers), title=title, href=f"#{note_id(numbers[0])}")
        name = self._wording.name(kind)
        title = self._wording.say("mark_title", name=name, numbers=_ranges(numbers)) if numbers else name
        return Mark(kind, start, end, label=self._wording.letter(kind), title=title)

    def _directive(self, count: int, directive: Directive, numbers: Sequence[int]) -> DirectiveView:
        say, kind = self._wording.say, self._wording.term("kind", directive.kind)
        issuer = self._field(
            "issuer", self._issuer(directive.issuer, numbers), label=say(f"field_issuer_{directive.kind}")
        )
        cue = directive.cue
        words: tuple[ValueView, ...] = ()
        if cue is not None:
            force = say("force", force=self._wording.term("force", cue.force))
            words = (self._placed("cue", cue.verb, (cue.start, cue.end), numbers, (force,)),)
        return DirectiveView(
            kind=directive.kind,
            heading=say("directive_heading", kind=kind, number=count),
            fields=(issuer, *([self._field("cue", words)] if words else [])),
            tasks=tuple(self._task(number, task) for number, task in zip(numbers, directive.tasks, strict=True)),
        )

    def _task(self, number: int, task: Task) -> TaskView:
        say, own = self._wording.say, [number]
        span = task.span
        quotation = self._evident("task", span.exact, (span.start, span.end, span.exact), own)
        fields = [
            self._field("lead", tuple(self._body("lead", body, own) for body in task.lead)),
            self._field("coordinating", tuple(self._body("coordinating", body, own) for body in task.coordinating)),
            self._field("deadline", (self._deadline(task.deadline, own),) if task.deadline else ()),
            self._field("target", tuple(self._target(target, task, own) for target in task.targets)),
        ]
        fields = [field for field in fields if field.values or field.kind in ("lead", "deadline")]
        if _folded(task.action) != _folded(span.exact):
            fields.insert(0, self._plain("field_action", ValueView(text=task.action)))
        if task.urgency:
            fields.append(self._plain("field_urgency", ValueView(text=task.urgency)))
        confidence = ValueView(text=self._wording.confidence(task.confidence), quoted=False)
        fields.append(self._plain("field_confidence", confidence))
        if task.rules:
            fields.append(self._plain("field_rules", ValueView(text="", quoted=False, codes=task.rules)))
        return TaskView(
            number=number,
            anchor=note_id(number),
            heading=say("task_heading", number=number),
            quotation=quotation,
            fields=tuple(fields),
        )

    def _issuer(self, issuer: Issuer, numbers: Sequence[int]) -> tuple[ValueView, ...]:
        text = ", ".join(part for part in (issuer.person, issuer.role, issuer.body) if part)
        if not text:
            return ()
        evidence = issuer.evidence
        if evidence is None:
            return (ValueView(text=text, notes=(self._wording.say("not_located"),)),)
        return (self._evident("issuer", text, _place(evidence), numbers, codes=_codes(evidence.rule)),)

    def _body(self, kind: MarkKind, body: Body, numbers: Sequence[int]) -> ValueView:
        say = self._wording.say
        notes = [] if _folded(body.name) == _folded(body.text) else [say("named", name=body.name)]
        if body.id is None and body.reason and body.reason != GROUP:
            notes.append(say("no_id", reason=self._wording.reason(body.reason)))
        return self._placed(kind, body.text, (body.start, body.end), numbers, tuple(notes), _codes(body.id))

    def _deadline(self, deadline: Deadline, numbers: Sequence[int]) -> ValueView:
        bounds = (("from", deadline.start), ("until", deadline.end), ("until_strict", deadline.end_strict))
        notes = [self._wording.term("recurrence", deadline.recurrence)] if deadline.recurrence else []
        notes += [self._wording.say("fuzzy")] if deadline.fuzzy else []
        return self._evident(
            "deadline", deadline.text, _place(deadline.evidence), numbers,
            days=tuple(
                DayView(label=self._wording.say(label), iso=iso if parse_day(iso) else "", words=iso)
                for label, iso in bounds if iso and (label, iso) != ("until_strict", deadline.end)
            ),
            notes=tuple(notes),
            codes=_codes(deadline.edtf, deadline.rrule, deadline.evidence.rule),
        )  # fmt: skip

    def _target(self, target: Target, task: Task, numbers: Sequence[int]) -> ValueView:
        say, span = self._wording.say, task.span
        notes: tuple[str, ...] = ()
        if target.value is not None:
            value = self._wording.decimal(target.value)
            notes = (say("quantity_unit", value=value, unit=target.unit) if target.unit else
                     say("quantity", value=value),)  # fmt: skip
        # A target's record has no place: its words are linked where they stand in the task once and once only.
        within = self._text[max(span.start, 0) : max(span.end, 0)]
        start = span.start + within.find(target.text) if within.count(target.text) == 1 else -1
        return self._placed("target", target.text, (start, start + len(target.text)), numbers, notes)

    def _evident(
        self, kind: MarkKind, text: str, place: tuple[int, int, str], numbers: Sequence[int], *,
        days: tuple[DayView, ...] = (), notes: tuple[str, ...] = (), codes: tuple[str, ...] = (),
    ) -> ValueView:  # fmt: skip
        """A value whose record quotes the words it was read from: they must stand there."""
        start, end, exact = place
        found = (start, end) if start >= 0 and self._text[start:end] == exact else (-1, -1)
        return self._placed(kind, text, found, numbers, notes, codes, days)

    def _placed(
        self, kind: MarkKind, text: str, place: tuple[int, int], numbers: Sequence[int],
        notes: tuple[str, ...] = (), codes: tuple[str, ...] = (), days: tuple[DayView, ...] = (),
    ) -> ValueView:  # fmt: skip
        start, end = place
        if not 0 <= start < end <= len(self._text):
            notes = (*notes, self._wording.say("not_located"))
            return ValueView(text=text, notes=notes, codes=codes, days=days)
        known = self._places.setdefault((kind, start, end), [])
        known += [number for number in numbers if number not in known]
        return ValueView(text=text, href=f"#{mark_id(kind, start, end)}", notes=notes, codes=codes, days=days)

    def _field(self, kind: MarkKind, values: tuple[ValueView, ...], *, label: str | None = None) -> FieldView:
        return FieldView(
            kind=kind, letter=self._wording.letter(kind), label=label or self._wording.name(kind), values=values
        )

    def _plain(self, label: str, value: ValueView) -> FieldView:
        return FieldView(kind="plain", letter="", label=self._wording.say(label), values=(value,))


def note_id(number: int) -> str:
    """The name of a task's note within its page."""
    return f"note-{number}"


def _place(evidence: Evidence) -> tuple[int, int, str]:
    return (evidence.start, evidence.end, evidence.exact)


def _codes(*codes: str | None) -> tuple[str, ...]:
    return tuple(code for code in codes if code)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _ranges(numbers: Sequence[int]) -> str:
    """Rising numbers, with neighbours as a range: "1–3, 7"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return ", ".join("–".join(str(number) for number in run) for run in ranges)
