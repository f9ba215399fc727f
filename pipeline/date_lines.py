"""The dates of a text as a line of JSON, for `chidao date`."""

from __future__ import annotations

import datetime
import json

import msgspec

from pipeline.dates import expressions_as_json, read_dates


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a batch: a text, and the day that it counts from."""

    text: str
    on: datetime.date


def answer(text: str, on: datetime.date) -> str:
    """The text's expressions of time as a JSON array on one line."""
    return json.dumps(expressions_as_json(read_dates(text, on)), ensure_ascii=False)


def answer_line(line: str) -> str:
    """The answer to a line `{"text": …, "on": "2023-06-08"}`. Raises ValueError where the line is no such object."""
    question = msgspec.json.decode(line, type=Question)
    return answer(question.text, question.on)
