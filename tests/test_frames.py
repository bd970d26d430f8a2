"""Answers as tables of other libraries, where they are installed."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from trayecto.collect.nodes import Matched
from trayecto.journeys.answers import Edge, Graph
from trayecto.vocabulary import frames
from trayecto.vocabulary.errors import TrayectoError

GRAPH = Graph("person", 2, 3, (), (Edge("ad", "buy", 2, 2, 60.0, 60.0, 90.0),))


def test_a_graph_is_a_row_an_edge() -> None:
    (row,) = frames.records(GRAPH)
    assert (row["source"], row["target"], row["count"], row["p90_s"]) == ("ad", "buy", 2, 90.0)


@pytest.mark.parametrize("library", ["pandas", "polars", "arrow"])
def test_a_library_that_is_missing_is_named(library: str) -> None:
    give = getattr(frames, library)
    if find_spec("pyarrow" if library == "arrow" else library):
        assert len(give(GRAPH)) == 1
    else:
        with pytest.raises(TrayectoError, match="is not installed"):
            give(GRAPH)


def test_a_list_of_answers_is_a_table_even_when_it_is_empty() -> None:
    edges = frames.Listed(GRAPH.edges, Edge)
    assert edges == GRAPH.edges
    assert frames.records(edges) == frames.records(GRAPH)
    assert frames.Listed((), Edge).as_rows() == (list(Edge.__dataclass_fields__), [])


def test_what_has_parts_is_json_in_its_cell() -> None:
    kinds = (Matched("web", "ad", None, "Advert", "web", "front", None, 3, (1, 2)),)
    (row,) = frames.records(frames.Listed(kinds, Matched))
    assert (row["touchpoint"], row["channel_received"], row["rules"]) == ("Advert", None, "[1, 2]")
