"""Money as a whole number of its currency's smallest coin."""

from __future__ import annotations

from trayecto.lake.sql import literal, one_of
from trayecto.vocabulary.money import THOUSANDTHS, WHOLE

SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "R$": "BRL", "S/": "PEN"}


def currency(text: str) -> str:
    """Return SQL for the ISO 4217 code that a text names, by code or by a sign of one currency."""
    signs = " ".join(f"when {literal(sign)} then {literal(code)}" for sign, code in SYMBOLS.items())
    code = f"upper({text})"
    return (
        f"(case {text} {signs} "
        f"else case when regexp_full_match({code}, '[A-Z]{{3}}') then {code} end end)"
    )


def amount(column: str, *, is_number: bool, decimal: str | None) -> str:
    """
    Return SQL for the number that a column holds, as a decimal; null when that is not certain.

    *decimal* says which mark comes before the cents. Without it `12,50` and `1.234,50` are plain
    enough, and `1,234` is nobody knows what.
    """
    if is_number:
        return f"try_cast({column} as decimal(28, 6))"
    bare = (
        f"replace(regexp_replace(cast({column} as varchar), "
        "'[\\p{Sc}\\p{Zs}\\s'']|[A-Z]{3}|R\\$|S/', '', 'g'), '−', '-')"
    )
    comma = f"replace(replace({bare}, '.', ''), ',', '.')"
    point = f"replace({bare}, ',', '')"
    grouped_comma = "-?([0-9]+|[0-9]{1,3}(\\.[0-9]{3})+)(,[0-9]+)?"
    grouped_point = "-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\\.[0-9]+)?([eE][-+]?[0-9]+)?"
    if decimal == ",":
        cases = [(grouped_comma, comma)]
    elif decimal == ".":
        cases = [(grouped_point, point)]
    else:
        cases = [
            ("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?", point),
            ("-?[0-9]+,([0-9]{1,2}|[0-9]{4,})", comma),
            ("-?[0-9]{1,3}(\\.[0-9]{3})+,[0-9]+", comma),
            ("-?[0-9]{1,3}(,[0-9]{3})+\\.[0-9]+", point),
        ]
    told = " ".join(
        f"when regexp_full_match({bare}, {literal(pattern)}) then {plain}"
        for pattern, plain in cases
    )
    return f"try_cast(case {told} end as decimal(28, 6))"


def minor_units(amount: str, code: str) -> str:
    """Return SQL for an amount in the smallest coin of the currency *code* (SQL too)."""
    coins = (
        f"case when {code} in {one_of(WHOLE)} then 1 "
        f"when {code} in {one_of(THOUSANDTHS)} then 1000 else 100 end"
    )
    return f"case when {code} is not null then try_cast(round({amount} * {coins}) as bigint) end"
