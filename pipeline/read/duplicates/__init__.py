"""Duplicates: reports that lie in a batch more than once, and versions of one report.

Three nearnesses, each kept once: the same bytes; the same text but for white space; near copies, the article that
five papers print with another title, captions added and paragraphs dropped. Near copies are looked for with MinHash
signatures of shingles and found in two steps: bands of the signatures name the candidates (`signatures`), an
alignment of the two texts decides (`comparison`). Reports that differ in a figure, a day or a name inside otherwise
the same words are two reports: weekly reports of one template, telegrams of one office.

Two texts under one address are versions: both are kept and linked.

A batch uses it in two passes: `sketch` each report and `DuplicateFinder.add` the sketch, `find` once, then go on with
what is kept.
"""

from pipeline.read.duplicates.finder import DuplicateFinder, Findings, Sketch, VersionPair, sketch

__all__ = ["DuplicateFinder", "Findings", "Sketch", "VersionPair", "sketch"]
