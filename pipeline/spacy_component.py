"""The spaCy component that writes what was read in a report into a Doc's span groups."""

from __future__ import annotations

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.document import find_directives, read_report
from pipeline.language.analysis import words_of
from pipeline.language.tokenizer import analysis_of
from pipeline.read.blocks import find_blocks
from pipeline.read.genre import describe

COMPONENT = "chidao_directives"
SPAN_GROUPS = ("tasks", "leads", "coordinating", "deadlines", "issuers")


@Language.factory(COMPONENT, assigns=["doc.spans"])
def create_directives_component(nlp: Language, name: str) -> DirectivesComponent:
    """What spaCy calls to make the component."""
    return DirectivesComponent()


class DirectivesComponent:
    """Doc → Doc with the span groups `tasks`, `leads`, `coordinating`, `deadlines` and `issuers`.

    Spans are widened to whole tokens; the label of a task is its kind in capitals, its id the task's. The exact
    offsets stand in `doc.user_data["directives"]`, plain data in the form of the JSON contract. The day of publication
    is read from `doc.user_data["published"]` (ISO), where the caller put it. Holds no state.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Writes the span groups and the plain data."""
        blocks = find_blocks(doc.text)
        told = describe(doc.text, blocks)
        published = doc.user_data.get("published") or told.published
        directives = find_directives(read_report(words_of(analysis_of(doc)), blocks, told.genre, published), "")
        groups: dict[str, list[Span]] = {name: [] for name in SPAN_GROUPS}

        def add(group: str, start: int, end: int, label: str, span_id: str = "") -> None:
            span = doc.char_span(start, end, label=label, span_id=span_id, alignment_mode="expand")
            if span is not None:
                groups[group].append(span)

        for directive in directives:
            evidence = directive.issuer.evidence
            if evidence is not None:
                add("issuers", evidence.start, evidence.end, "ISSUER", directive.id)
            for task in directive.tasks:
                add("tasks", task.span.start, task.span.end, directive.kind.upper(), task.id)
                for body in task.lead:
                    add("leads", body.start, body.end, "LEAD", task.id)
                for body in task.coordinating:
                    add("coordinating", body.start, body.end, "COORDINATING", task.id)
                if task.deadline is not None:
                    add("deadlines", task.deadline.evidence.start, task.deadline.evidence.end, "DEADLINE", task.id)
        for name, spans in groups.items():
            doc.spans[name] = spans
        doc.user_data["directives"] = msgspec.to_builtins(directives)
        return doc

    def to_bytes(self, *, exclude: tuple[str, ...] = ()) -> bytes:
        """Nothing: the component has no state."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: tuple[str, ...] = ()) -> DirectivesComponent:
        """Itself: there is nothing to take over."""
        return self
