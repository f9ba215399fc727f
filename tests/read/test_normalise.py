"""The canonical text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.normalise import normalise

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n\ufeff\u0301\u0323aêơ"))


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Trước ngày 30/6, Sở Y tế", "Trước ngày 30/6, Sở Y tế"),
        (unicodedata.normalize("NFD", "Trước ngày"), "Trước ngày"),
        ("\ufeffmột", "một"),
        ("một\r\nhai\rba\n", "một\nhai\nba\n"),
        ("hoà  \u00a0 uỷ “…” – \t", "hoà  \u00a0 uỷ “…” – \t"),
        ("giữa\ufeffchữ", "giữa\ufeffchữ"),
        ("", ""),
    ],
)
def test_examples(text: str, canonical: str) -> None:
    assert normalise(text) == canonical


@given(texts)
def test_idempotent_and_nfc(text: str) -> None:
    canonical = normalise(text)
    assert normalise(canonical) == canonical
    assert unicodedata.is_normalized("NFC", canonical)
    assert "\r" not in canonical


@given(texts)
def test_nfd_input_gives_the_same_text(text: str) -> None:
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


@given(texts.map(normalise))
def test_canonical_text_is_unchanged(text: str) -> None:
    assert normalise(text) is text or normalise(text) == text
