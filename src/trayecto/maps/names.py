"""Ids made from names, as people would shorten them."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """
    Return a name as an id.

    >>> slug("Página de tarifas"), slug("«¿?»")
    ('pagina_de_tarifas', '')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60].strip("_")


class Ids:
    """Ids that are all different."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        """Return a free id for a name."""
        base = slug(name) or "x"
        free, number = base, 2
        while free in self._taken:
            free, number = f"{base}_{number}", number + 1
        self._taken.add(free)
        return free
