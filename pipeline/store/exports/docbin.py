"""spaCy's DocBin: the texts as Docs with the tasks in their span groups, to train on and to search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from pipeline.records import Document
from pipeline.store.exports.annotations import TASK_LABELS, annotate
from pipeline.store.exports.options import ExportOptions, Written

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

GROUPS = {
    **dict.fromkeys(TASK_LABELS.values(), "tasks"),
    "LEAD": "leads", "COORDINATING": "coordinating", "DEADLINE": "deadlines", "ISSUER": "issuers",
}  # fmt: skip
"""The span group of each label, named as `pipeline.load()` names them."""
ALL_SPANS = "sc"
"""The group with all of them: the one that spaCy's span categorizer and displaCy read unless told otherwise."""


def write_docbin(documents: Iterable[Document], file: BinaryIO, options: ExportOptions) -> Written:
    """The documents as one DocBin: `DocBin().from_disk(path).get_docs(vocab)` gives them back.

    Tokens and sentences are this program's; words are not tagged. A span covers the whole tokens that its words
    touch, its id is the task's or made of label and place; the exact places stand in `doc.user_data["directives"]`,
    beside `doc.user_data["report"]`, the report's id.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    bin_ = DocBin(attrs=["NORM", "SENT_START"], store_user_data=True)
    tasks = 0
    for document in documents:
        bin_.add(_doc(document, vocab))
        tasks += sum(len(directive.tasks) for directive in document.directives)
    file.write(bin_.to_bytes())
    return Written(tasks)


def _doc(document: Document, vocab: Vocab) -> Doc:
    from pipeline.language.tokenizer import UndertheseaTokenizer

    doc = UndertheseaTokenizer(vocab, tags=False)(document.text)
    groups: dict[str, list[Any]] = {name: [] for name in (*dict.fromkeys(GROUPS.values()), ALL_SPANS)}
    for annotated in annotate(document).spans:
        span = doc.char_span(
            annotated.start, annotated.end, label=annotated.label, span_id=annotated.id, alignment_mode="expand"
        )
        if span is not None:
            groups[GROUPS[annotated.label]].append(span)
            groups[ALL_SPANS].append(span)
    for name, spans in groups.items():
        doc.spans[name] = spans
    doc.user_data["report"] = document.document.id
    doc.user_data["directives"] = msgspec.to_builtins(document.directives)
    return doc
