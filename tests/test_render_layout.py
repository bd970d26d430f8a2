"""The layout of a graph: nothing overlaps, time runs right, and it is always the same."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from trayecto.render.graph.captions import traced
from trayecto.render.graph.layout import Box, Layout, Line, Placed, Room, Route, layout


def boxes(names: str, *, width: float = 138, height: float = 76) -> list[Box]:
    """Return boxes in the order customers meet them: "ad shop buy"."""
    return [Box(name, width, height, when) for when, name in enumerate(names.split())]


def lines(steps: str) -> list[Line]:
    """Return lines from "ad > shop 90, shop > buy 40"."""
    found = []
    for step in steps.split(","):
        source, _, rest = step.partition(">")
        target, weight = rest.split()
        found.append(Line(source.strip(), target, float(weight), thickness=2))
    return found


def column_of(drawn: Layout) -> dict[str, int]:
    return {box.name: box.column for box in drawn.boxes}


def route(drawn: Layout, source: str, target: str) -> Route:
    return next(r for r in drawn.routes if (r.source, r.target) == (source, target))


def box_of(drawn: Layout, name: str) -> Placed:
    return next(box for box in drawn.boxes if box.name == name)


def overlap(one: Placed, other: Placed) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def pierced(drawn: Layout) -> list[tuple[str, str, str]]:
    """Return every line that runs through a box, its own two included."""
    return [
        (drawn_route.source, drawn_route.target, box.name)
        for drawn_route in drawn.routes
        for x, y in traced(drawn_route)
        for box in drawn.boxes
        if box.x + 1 < x < box.x + box.width - 1 and box.y + 1 < y < box.y + box.height - 1
    ]


def test_a_chain_of_steps_stands_in_one_row_from_left_to_right() -> None:
    drawn = layout(boxes("ad shop buy"), lines("ad > shop 90, shop > buy 40"))
    assert column_of(drawn) == {"ad": 0, "shop": 1, "buy": 2}
    assert len({box.y for box in drawn.boxes}) == 1
    (_, start), *_, (_, end) = route(drawn, "ad", "shop").points
    assert start == end, "a line between two boxes of one row is straight"


def test_a_step_back_leaves_and_returns_below_its_boxes() -> None:
    drawn = layout(boxes("ad shop buy"), lines("ad > shop 90, shop > buy 40, buy > ad 5"))
    back = route(drawn, "buy", "ad")
    assert back.course == "back"
    bottom = max(box.y + box.height for box in drawn.boxes)
    assert max(y for _, y in back.points) > bottom
    buy, ad = box_of(drawn, "buy"), box_of(drawn, "ad")
    assert back.points[0][1] == buy.y + buy.height
    assert back.points[-1][1] == ad.y + ad.height


def test_the_way_more_customers_take_runs_forward() -> None:
    drawn = layout(boxes("shop help"), lines("help > shop 90, shop > help 10"))
    assert route(drawn, "help", "shop").course == "forward"
    assert route(drawn, "shop", "help").course == "back"


def test_where_both_ways_weigh_the_same_the_earlier_node_stands_left() -> None:
    drawn = layout(boxes("shop help"), lines("help > shop 50, shop > help 50"))
    assert column_of(drawn) == {"shop": 0, "help": 1}


def test_a_cycle_alone_turns_back_once_and_at_its_weakest_step() -> None:
    drawn = layout(boxes("a b c"), lines("a > b 30, b > c 30, c > a 10"))
    assert {(r.source, r.target): r.course for r in drawn.routes} == {
        ("a", "b"): "forward",
        ("b", "c"): "forward",
        ("c", "a"): "back",
    }


def test_a_node_that_leads_to_itself_has_a_loop_on_top() -> None:
    drawn = layout(boxes("web"), lines("web > web 3"))
    loop, web = route(drawn, "web", "web"), box_of(drawn, "web")
    assert loop.course == "loop"
    assert loop.points[0][1] == loop.points[-1][1] == web.y
    assert min(y for _, y in loop.points) < web.y


def test_a_long_line_passes_around_the_boxes_between() -> None:
    drawn = layout(
        boxes("ad shop wait buy"),
        lines("ad > shop 90, shop > wait 90, wait > buy 90, ad > buy 60, buy > ad 30"),
    )
    assert not pierced(drawn)


def test_many_returns_to_one_node_do_not_run_through_the_node_below_it() -> None:
    later = "bcdefgh"
    ways = [f"{start} > {name} 50" for start in ("a", "z") for name in later]
    returns = [f"{name} > {start} 5" for start in ("a", "z") for name in later]
    drawn = layout(boxes("a z b c d e f g h"), lines(", ".join(ways + returns)))
    columns = column_of(drawn)
    assert columns["a"] == columns["z"] == 0
    assert sum(r.course == "back" for r in drawn.routes) == 14
    assert not pierced(drawn)


def test_a_chain_longer_than_the_page_shares_columns() -> None:
    names = " ".join(f"n{i:02}" for i in range(30))
    chain = ", ".join(f"n{i:02} > n{i + 1:02} 10" for i in range(29))
    drawn = layout(boxes(names), lines(chain), room=Room(columns=7))
    columns = column_of(drawn)
    assert set(columns.values()) == set(range(7))
    assert all(columns[a] <= columns[b] for a, b in pairwise(sorted(columns)))
    assert not pierced(drawn)


def test_lines_that_pass_boxes_of_their_own_column_keep_apart() -> None:
    drawn = layout(
        boxes("a b c d"),
        lines("a > b 9, b > c 9, c > d 9, a > c 5, a > d 5, b > d 5, d > a 4, c > a 4"),
        room=Room(columns=1),
    )
    assert {r.course for r in drawn.routes} == {"beside"}
    assert not pierced(drawn)
    furthest = [max(x for x, _ in r.points) for r in drawn.routes]
    right = [x for x in furthest if x > max(b.x + b.width for b in drawn.boxes)]
    assert len(set(right)) == len(right)


def test_nothing_one_box_and_boxes_without_lines_have_their_place() -> None:
    assert layout([], []) == Layout((), (), 0.0, 0.0)
    (only,) = layout(boxes("web"), []).boxes
    assert (only.x, only.y, only.column) == (0.0, 0.0, 0)
    apart = layout(boxes("web shop help"), [])
    assert not any(overlap(a, b) for a, b in combinations(apart.boxes, 2))


def test_a_line_to_nowhere_is_left_out() -> None:
    assert layout(boxes("web"), lines("web > moon 3")).routes == ()


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Box], list[Line]]:
    """Any graph of up to 14 nodes: cycles, loops, islands, boxes of any size."""
    count = draw(st.integers(1, 14))
    sizes = st.floats(60, 200)
    found = [
        Box(
            f"n{i}",
            draw(sizes),
            height := draw(st.floats(40, 120)),
            draw(st.floats(0, 10)),
            port_from=8,
            port_to=height - 8,
        )
        for i in range(count)
    ]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    pairs = draw(st.lists(ends, max_size=3 * count, unique=True))
    weights = st.integers(1, 1000)
    return found, [Line(f"n{a}", f"n{b}", draw(weights), draw(st.floats(0.5, 8))) for a, b in pairs]


@settings(max_examples=150, deadline=None)
@given(graphs(), st.integers(1, 8))
def test_no_two_boxes_overlap_and_no_line_runs_through_a_box(
    graph: tuple[list[Box], list[Line]], columns: int
) -> None:
    drawn = layout(*graph, room=Room(columns=columns))
    assert not [(a, b) for a, b in combinations(drawn.boxes, 2) if overlap(a, b)]
    assert not pierced(drawn)
    assert max(column_of(drawn).values()) < columns


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_lines_run_to_the_right_unless_they_say_otherwise(
    graph: tuple[list[Box], list[Line]],
) -> None:
    drawn = layout(*graph)
    columns = column_of(drawn)
    for drawn_route in drawn.routes:
        ahead = columns[drawn_route.target] - columns[drawn_route.source]
        xs = [x for x, _ in traced(drawn_route)]
        if drawn_route.course == "forward":
            assert ahead > 0
            assert all(before <= after + 1e-6 for before, after in pairwise(xs))
        elif drawn_route.course == "back":
            assert ahead < 0
            assert all(before >= after - 1e-6 for before, after in pairwise(xs))
        else:
            assert ahead == 0
            assert (drawn_route.course == "loop") == (drawn_route.source == drawn_route.target)


@settings(max_examples=80, deadline=None)
@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    graph: tuple[list[Box], list[Line]], chance: random.Random
) -> None:
    found, ways = graph
    other_boxes, other_lines = list(found), list(ways)
    chance.shuffle(other_boxes)
    chance.shuffle(other_lines)
    assert layout(found, ways) == layout(other_boxes, other_lines)


@settings(max_examples=80, deadline=None)
@given(graphs())
def test_everything_lies_inside_the_page(graph: tuple[list[Box], list[Line]]) -> None:
    drawn = layout(*graph)
    for box in drawn.boxes:
        assert box.x >= 0
        assert box.x + box.width <= drawn.width + 0.11
        assert box.y >= 0
        assert box.y + box.height <= drawn.height + 0.11
    for drawn_route in drawn.routes:
        for x, y in drawn_route.points:
            assert 0 <= x <= drawn.width
            assert 0 <= y <= drawn.height
