"""Days and months as people say them, in both languages."""

from __future__ import annotations

from datetime import date

from trayecto.vocabulary.text import Text

_MONTHS = (
    Text(en="January", es="enero"),
    Text(en="February", es="febrero"),
    Text(en="March", es="marzo"),
    Text(en="April", es="abril"),
    Text(en="May", es="mayo"),
    Text(en="June", es="junio"),
    Text(en="July", es="julio"),
    Text(en="August", es="agosto"),
    Text(en="September", es="septiembre"),
    Text(en="October", es="octubre"),
    Text(en="November", es="noviembre"),
    Text(en="December", es="diciembre"),
)


def day_words(when: date) -> Text:
    """
    Return a date as people say it.

    >>> day_words(date(2026, 3, 1))
    Text(en='1 March 2026', es='1 de marzo de 2026')
    """
    month = month_words(when)
    return Text(en=f"{when.day} {month.en}", es=f"{when.day} de {month.es}")


def month_words(when: date) -> Text:
    """
    Return the month of a date as people say it.

    >>> month_words(date(2026, 3, 1))
    Text(en='March 2026', es='marzo de 2026')
    """
    month = _MONTHS[when.month - 1]
    return Text(en=f"{month.en} {when.year}", es=f"{month.es} de {when.year}")
