"""
Words whose UTF-8 was once read as Windows-1252 or Mac Roman, put right where that is certain.

`TelÃ©fono` and `Tel√©fono` are both `Teléfono`. Only sequences that no language writes are touched:
an accented letter or a Spanish mark, a dash, a curly quote, an emoji. What could be a word stays.
"""

from __future__ import annotations

import re

_TAIL = bytes(range(0x80, 0xC0))
_WINDOWS = [bytes([b]).decode("cp1252", "replace") for b in _TAIL]
# Some programs leave the bytes that Windows-1252 does not define as control characters.
_BYTE_OF_WINDOWS = {chr(b): b for b in range(0x80, 0x100)} | {
    c: b for b, c in zip(range(0x80, 0xC0), _WINDOWS, strict=True) if c != "\ufffd"
}
_BYTE_OF_MAC = {bytes([b]).decode("mac_roman"): b for b in range(0x80, 0x100)}


def _class(table: dict[str, int], *, low: int, high: int) -> str:
    return "[" + "".join(re.escape(c) for c, b in table.items() if low <= b <= high) + "]"


def _sequences(table: dict[str, int]) -> str:
    tail = _class(table, low=0x80, high=0xBF)
    of = {lead: _class(table, low=lead, high=lead) for lead in (0xE2, 0xF0, 0x9F)}
    latin = _class(table, low=0xC2, high=0xC3) + tail
    # Dashes, curly quotes, the ellipsis (80), the euro (82) and the trade mark (84).
    marks = of[0xE2] + "[" + "".join(
        re.escape(c) for c, b in table.items() if b in (0x80, 0x82, 0x84)
    ) + "]" + tail  # fmt: skip
    emoji = of[0xF0] + of[0x9F] + tail + tail
    return f"(?:{latin}|{marks}|{emoji})"


# In Portuguese capitals a closing quote may follow Ã: IRMÃ”, MANHÃ».
_READINGS = (
    (re.compile(f"(?:(?<![A-ZÀ-Þ])|(?!Ã[”»’…])){_sequences(_BYTE_OF_WINDOWS)}"), _BYTE_OF_WINDOWS),
    (re.compile(_sequences(_BYTE_OF_MAC)), _BYTE_OF_MAC),
)
_TOKEN = re.compile(r'[^ \t\r\n,;|"]+')
# What any of those sequences begins with, as text and as it stands in a file of UTF-8.
_LEADS = (
    "Ã", "Â", "â€", "â‚", "â„", "ðŸ", "â\x80", "â\x82", "â\x84", "ð\x9f",
    "√", "¬", "‚Ä", "‚Ç", "‚Ñ", "\uf8ffü",
)  # fmt: skip
PATTERN = "|".join(_LEADS)
"""What every broken word matches, for engines; none of its signs means anything in a pattern."""
_LEAD = re.compile(PATTERN)
SIGNS = re.compile(b"|".join(re.escape(lead.encode()) for lead in _LEADS))


def has_signs(text: str) -> bool:
    """Tell whether a text holds what broken words are made of."""
    return not text.isascii() and bool(_LEAD.search(text))


def repaired(text: str) -> tuple[str, int]:
    """
    Return the text with every certain word put right, and how many words that were.

    >>> repaired("TelÃ©fono; Tel√©fono; ¬øQu√©? 5â‚¬; NÃO; √2")
    ('Teléfono; Teléfono; ¿Qué? 5€; NÃO; √2', 4)
    """
    if not has_signs(text):
        return text, 0
    words = 0

    def mend(found: re.Match[str]) -> str:
        nonlocal words
        right = _mended(found[0])
        words += right != found[0]
        return right

    return _TOKEN.sub(mend, text), words


def _mended(word: str) -> str:
    # Exports that went through the wrong reading twice need putting right twice.
    for _ in range(3):
        before = word
        for pattern, table in _READINGS:
            word = _reread(word, pattern, table)
        if word == before:
            break
    return word


def _reread(word: str, pattern: re.Pattern[str], table: dict[str, int]) -> str:
    return pattern.sub(lambda found: _read(found[0], table), word)


def _read(misread: str, table: dict[str, int]) -> str:
    try:
        right = bytes(table[c] for c in misread).decode("utf-8")
    except UnicodeDecodeError:
        return misread
    return misread if "\x80" <= right <= "\x9f" else right
