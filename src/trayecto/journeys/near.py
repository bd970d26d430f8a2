"""Paths that differ a little, counted with the commoner one they resemble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from trayecto.journeys.answers import Variant


def grouped(listed: Sequence[Variant], *, near: int) -> list[Variant]:
    """
    Return the paths, each with those at most *near* steps away that nobody commoner took.

    >>> paths = [Variant(("ad", "buy"), 5), Variant(("ad", "ad", "buy"), 2), Variant(("buy",), 1)]
    >>> [(v.path, v.count, v.alike) for v in grouped(paths, near=0)]
    [(('ad', 'buy'), 7, 2), (('buy',), 1, 1)]
    """
    kept: list[tuple[tuple[str, ...], Variant]] = []
    for variant in listed:
        short = tuple(name for name, _ in groupby(variant.path))
        at = next(
            (i for i, (other, _) in enumerate(kept) if _within(short, other, near)), len(kept)
        )
        if at == len(kept):
            kept.append((short, variant))
            continue
        core, first = kept[at]
        count, alike = first.count + variant.count, first.alike + variant.alike
        kept[at] = (core, replace(first, count=count, alike=alike))
    return sorted((v for _, v in kept), key=lambda variant: (-variant.count, variant.path))


def _within(one: tuple[str, ...], other: tuple[str, ...], most: int) -> bool:
    """Tell whether *most* steps added, left out or changed make one path of the other."""
    if abs(len(one) - len(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for i, name in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, match in enumerate(other, 1):
            change = before + (name != match)
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, change)
        if min(row) > most:
            return False
    return row[-1] <= most
