"""How a person is written: a short code that carries nothing of the person."""

from __future__ import annotations

_SIGN = 1 << 64


def code_of(person: int) -> str:
    """Return the code of a person's number.

    >>> code_of(-2), code_of(255)
    ('pfffffffffffffffe', 'p00000000000000ff')
    """
    return f"p{person % _SIGN:016x}"


def number_of(code: str) -> int | None:
    """Return the number a code stands for; None when it is no code.

    >>> number_of("pfffffffffffffffe"), number_of("ana@example.com")
    (-2, None)
    """
    if len(code) != 17 or not code.startswith("p"):
        return None
    try:
        unsigned = int(code[1:], 16)
    except ValueError:
        return None
    return unsigned - _SIGN if unsigned >= _SIGN // 2 else unsigned
