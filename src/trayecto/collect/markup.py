"""
XML read as a stream: a start, an end and a text at a time, never the whole tree.

Entities are refused, so that a small file cannot grow into a large one nor ask for another.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from trayecto.collect.arrivals import refuse
from trayecto.collect.streams import chunks, opened
from trayecto.vocabulary.text import Text

Attributes = dict[str, str]


class Reader:
    """One pass over an XML file; *line* is where the pass is."""

    def __init__(
        self,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None],
        text: Callable[[str], None] | None = None,
    ) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = start
        self._parser.EndElementHandler = end
        self._parser.EntityDeclHandler = self._entity
        if text:
            self._parser.CharacterDataHandler = text

    @property
    def line(self) -> int:
        """The line of the file that is being read."""
        return self._parser.CurrentLineNumber

    def read(self, file: Path) -> None:
        """Feed the whole file to the parser."""
        self._file = file
        try:
            with opened(file) as stream:
                for chunk in chunks(stream, file):
                    self._parser.Parse(chunk, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise refuse(
                file,
                Text(
                    en="The XML is broken or cut short here.",
                    es="El XML está roto o incompleto aquí.",
                ),
                Text(en="Export it again.", es="Vuelve a exportarlo."),
                line=error.lineno,
            ) from error

    def _entity(self, *_: object) -> None:
        raise refuse(
            self._file,
            Text(
                en="The XML declares entities, which a log never needs and an attack does.",
                es="El XML declara entidades: un registro no las necesita y un ataque sí.",
            ),
            Text(en="Export it again.", es="Vuelve a exportarlo."),
            line=self.line,
        )
