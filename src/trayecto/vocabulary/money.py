"""Amounts of money, kept in the smallest coin of their currency."""

from __future__ import annotations

from trayecto.vocabulary.text import Text, number

# ISO 4217: the currencies that are not divided into a hundred.
WHOLE = ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
         "VUV", "XAF", "XOF", "XPF")  # fmt: skip
THOUSANDTHS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")


def units(currency: str) -> int:
    """
    Return how many of the smallest coin make one of a currency.

    >>> units("EUR"), units("CLP"), units("KWD")
    (100, 1, 1000)
    """
    return 1 if currency in WHOLE else 1000 if currency in THOUSANDTHS else 100


def money_words(amount: float | None, currency: str) -> Text:
    r"""
    Return an amount, in whole units of its currency, rounded as a person would.

    >>> money_words(12480.4, "EUR").en, money_words(12480.4, "EUR").es
    ('EUR\xa012,480', '12\u202f480\xa0EUR')
    """
    return Text(en=f"{currency}\u00a0{number(amount, 'en')}",
                es=f"{number(amount, 'es')}\u00a0{currency}")  # fmt: skip
