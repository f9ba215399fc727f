"""What is measured side by side: parts of the program, and the calls of libraries that do part of its work."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

WHOLE, TAGGED, WT = "whole job", "words, tags and entities", "underthesea.word_tokenize"
NER_SENTENCE, NER_WHOLE = "underthesea.ner by sentence", "underthesea.ner on the whole report"
BLANK, DIGEST = "spaCy blank pipeline (vi)", "page of the digest"


class Contender(NamedTuple):
    """What is called with each text, or with every so many-th of them where it is slow."""

    call: Callable[[str], object]
    every: int = 1


def contenders() -> dict[str, Contender]:
    """The contenders by name, warmed up. The whole job is a text file's bytes to the JSON document and the rows of the
    tables."""
    import spacy
    import underthesea

    from pipeline.document import extract_document
    from pipeline.language import analyse
    from pipeline.read import read_string
    from pipeline.records import Document
    from pipeline.report import render_report

    tokenizer = {"@tokenizers": "spacy.vi.VietnameseTokenizer", "use_pyvi": False}
    blank = spacy.blank("vi", config={"nlp": {"tokenizer": tokenizer}})
    held: dict[str, Document] = {}

    def ner_by_sentence(text: str) -> None:
        for line in text.splitlines():
            for sentence in underthesea.sent_tokenize(line):
                underthesea.ner(sentence)

    def digest(text: str) -> None:
        render_report(held[text], "vi")

    found = {
        WHOLE: Contender(whole_job),
        TAGGED: Contender(analyse),
        WT: Contender(underthesea.word_tokenize),
        BLANK: Contender(blank),
        DIGEST: Contender(digest),
        NER_SENTENCE: Contender(ner_by_sentence, every=4),
        NER_WHOLE: Contender(underthesea.ner, every=16),
    }

    def prepare(text: str) -> None:
        held.clear()
        held[text] = extract_document(read_string(text))

    found[DIGEST] = Contender(_Prepared(digest, prepare))
    for contender in found.values():
        contender.call("Ngày 7/6, Chủ tịch UBND tỉnh yêu cầu Sở Y tế báo cáo trước ngày 30/6.")
    return found


def whole_job(text: str) -> None:
    """A text file's bytes to the JSON document and the rows of the tables, as `pipeline.batch` does it."""
    from pipeline import document, read
    from pipeline.store import json_files, tables

    report = read.read_string(text)
    extracted = document.extract_document(report)
    json_files.compact_document(extracted)
    rows = list(tables.task_rows(extracted))
    tables.json_rows(rows)
    tables.csv_rows(rows)


class _Prepared:
    """A call with what it needs made ready beforehand, in time that isn't counted."""

    def __init__(self, call: Callable[[str], object], prepare: Callable[[str], object]) -> None:
        self._call = call
        self.prepare = prepare

    def __call__(self, text: str) -> None:
        self.prepare(text)
        self._call(text)

    def timed(self, text: str) -> float:
        self.prepare(text)
        start = time.process_time()
        self._call(text)
        return time.process_time() - start


def measure(contenders: dict[str, Contender], texts: list[str]) -> dict[str, list[float | None]]:
    """CPU seconds of each contender for each text, all of them text by text in turn, so that a slow minute of the
    machine meets all; null for the texts that one is spared."""
    seconds: dict[str, list[float | None]] = {name: [] for name in contenders}
    order = list(contenders)
    for number, text in enumerate(texts):
        # Each in turn is the first to see a text, which pays for its way into the processor's caches.
        order.append(order.pop(0))
        spent: dict[str, float | None] = dict.fromkeys(contenders)
        for name in order:
            call, every = contenders[name]
            if number % every == 0:
                spent[name] = call.timed(text) if isinstance(call, _Prepared) else _time(call, text)
        for name, value in spent.items():
            seconds[name].append(value)
    return seconds


def ratio(seconds: dict[str, list[float | None]], one: str, other: str) -> float:
    """How many times `other` the contender `one` takes, over the texts that both were given."""
    pairs = zip(seconds[one], seconds[other], strict=True)
    both = [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]
    return sum(mine for mine, _ in both) / sum(theirs for _, theirs in both)


def _time(call: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    call(text)
    return time.process_time() - start
