"""Sentences in both languages with figures in them, each written as its language writes it."""

from __future__ import annotations

from trayecto.vocabulary.text import Language, Text, duration, number, percent


def filled(en: str, es: str, **words: Text | float | int) -> Text:
    """
    Return both sentences with their words put in; whole numbers are written by each language.

    >>> filled("{n} people", "{n} personas", n=12480).en
    '12,480 people'
    """

    def fill(template: str, language: Language) -> str:
        said = {
            key: value.say(language) if isinstance(value, Text) else number(value, language)
            for key, value in words.items()
        }
        return template.format(**said)

    return Text(en=fill(en, "en"), es=fill(es, "es"))


def share_words(share: float | None) -> Text:
    """
    Return a share as a percentage, and never as 0 or 100 % when it is not.

    >>> share_words(0.5).en, share_words(0.0001).en, share_words(0.9999).en
    ('50%', '0.1%', '99.9%')
    """
    near = share is not None and 0 < share < 1 and (share < 0.01 or share > 0.99)
    decimals = 1 if near else 0
    if share is not None and near:
        share = min(max(share, 0.001), 0.999)
    return Text(
        en=percent(share, "en", decimals=decimals), es=percent(share, "es", decimals=decimals)
    )


def points_words(difference: float | None) -> Text:
    r"""
    Return the size of a difference of shares in percentage points.

    >>> points_words(-0.123).es
    '12\xa0puntos'
    """
    size = None if difference is None else abs(difference) * 100
    decimals = 1 if size is not None and size < 1 else 0
    one = size is not None and round(size, decimals) == 1
    return Text(
        en=number(size, "en", decimals=decimals) + ("\u00a0point" if one else "\u00a0points"),
        es=number(size, "es", decimals=decimals) + ("\u00a0punto" if one else "\u00a0puntos"),
    )


def time_words(seconds: float | None) -> Text:
    """Return a time span in each language."""
    return Text(en=duration(seconds, "en"), es=duration(seconds, "es"))
