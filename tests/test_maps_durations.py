"""Lengths of time are read as people write them, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trayecto.maps.durations import EXAMPLES, UNITS, in_words, time_span


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("30 min", timedelta(minutes=30)),
        ("2 h", timedelta(hours=2)),
        ("3 d", timedelta(days=3)),
        ("3 days", timedelta(days=3)),
        ("3 días", timedelta(days=3)),
        ("3 di\u0301as", timedelta(days=3)),
        ("2 weeks", timedelta(days=14)),
        ("2 semanas", timedelta(days=14)),
        ("1 month", timedelta(days=30)),
        ("1 mes", timedelta(days=30)),
        ("1 año", timedelta(days=365)),
        ("1 YEAR", timedelta(days=365)),
        ("90days", timedelta(days=90)),
        ("1,5 h", timedelta(minutes=90)),
        ("1.5 horas", timedelta(minutes=90)),
        ("1 día 12 h", timedelta(hours=36)),
        (" 45 segundos ", timedelta(seconds=45)),
    ],
)
def test_a_length_of_time_is_understood(words: str, span: timedelta) -> None:
    assert time_span(words) == span


@pytest.mark.parametrize(
    "words", ["", "soon", "90", "3", "3 lunas", "-2 d", "0 days", "2 d ago", "200 years", "1,2,3 h"]
)
def test_what_is_no_length_of_time_is_none(words: str) -> None:
    assert time_span(words) is None


def test_the_examples_in_the_way_out_are_understood() -> None:
    english = EXAMPLES.en.removeprefix("Write it like ").rstrip(".").replace('"', "")
    spanish = (
        EXAMPLES.es.removeprefix("Escríbelo así: ").rstrip(".").translate({0xAB: "", 0xBB: ""})
    )

    for offered in (english.replace(" or ", ", "), spanish.replace(" o ", ", ")):
        assert all(time_span(words) for words in offered.split(", "))


@given(st.sampled_from(sorted(UNITS)), st.integers(1, 90))
def test_every_unit_counts(unit: str, amount: int) -> None:
    assert time_span(f"{amount} {unit}") == amount * UNITS[unit]


@given(st.integers(1, 10**9).map(lambda seconds: timedelta(seconds=seconds)))
def test_a_length_written_in_words_is_read_back(span: timedelta) -> None:
    assert time_span(in_words(span)) == span


@given(st.text(max_size=30))
def test_no_words_are_an_exception(words: str) -> None:
    span = time_span(words)
    assert span is None or span > timedelta()
