"""The colours: quiet, safe for the colour-blind, and strong only where something is felt."""

from __future__ import annotations

INK = "#1C1B1A"
SOFT = "#6B6762"
HAIRLINE = "#DAD5CD"
PAPER = "#FBFAF6"
CARD = "#FFFFFF"

GOOD = "#0B7A75"
BAD = "#C2410C"
NEUTRAL = "#827D75"
"""Neither good nor bad, and whatever nobody touched."""

COMPANY = "#2F5DA8"
CUSTOMER = "#D97706"

BEIGE = "#E9E3D8"
"""Filled areas that carry no feeling."""
BAND, FAR = "#E2DED7", "#CFC8BC"
"""Between what a single point lies; and how far the slowest of a time go."""
SHADE = "#979693"
"""The darkest ground of a cell: the more, the more of it. No darker than letters can be read on."""
AVATAR, AVATAR_INK = "#EFE7DA", "#7A5B1E"

TEXT_PAIRS = (
    (INK, PAPER), (INK, CARD), (INK, BEIGE), (SOFT, PAPER), (SOFT, CARD),
    (GOOD, PAPER), (BAD, PAPER), (BAD, CARD), (AVATAR_INK, AVATAR), (CARD, INK),
)  # fmt: skip
"""Every letter colour with each ground it may stand on: 4.5 to 1 at least."""
GRAPHIC_PAIRS = (
    (COMPANY, PAPER), (COMPANY, CARD), (CUSTOMER, PAPER), (CUSTOMER, CARD),
    (SOFT, PAPER), (INK, PAPER), (NEUTRAL, PAPER), (NEUTRAL, CARD),
    (GOOD, PAPER), (BAD, PAPER), (INK, BEIGE),
)  # fmt: skip
"""Every line or shape that carries a meaning, with its ground: 3 to 1 at least."""


def contrast(one: str, other: str) -> float:
    """
    Return the contrast ratio of two colours (WCAG 2.2), from 1 to 21.

    >>> round(contrast("#000000", "#FFFFFF"), 1)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    def linear(pair: str) -> float:
        value = int(pair, 16) / 255
        return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(colour[i : i + 2]) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def felt(level: float) -> str:
    """Return the colour of a level of emotion in [-1, 1]."""
    if abs(level) < 0.15:
        return NEUTRAL
    return GOOD if level > 0 else BAD
