"""What the figures rest on: coverage that adds up, how journeys end, and what each one means."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from trayecto.contrast.measured import Measured
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions as d
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Text, capital


def method(
    scene: Scene, *, shown: Collection[str], asked: Collection[str], listed: Mapping[str, str]
) -> Html:
    """Return coverage, endings, and the definitions of the sections shown and asked of."""
    if (measured := scene.measured) is None:
        return NO_HTML
    endings = NO_HTML
    if measured.totals.journeys:
        # Where none was measured, noughts would say that there were none.
        endings = el("div", _endings(scene, measured), _whole_time(scene, measured))
    tables = el("div", _coverage(scene, measured), endings, class_="side-by-side")
    meant = d.definitions(scene, shown={*shown, "method"}, asked=asked, listed=listed)
    return joined((tables, el("h3", scene.say(r.DEFINITIONS), id="definitions"), meant))


def _coverage(scene: Scene, measured: Measured) -> Html:
    coverage = measured.coverage
    columns = (
        Column(scene.say(r.WHERE), d.COVERAGE, figures=False),
        Column(scene.say(r.INTERACTIONS), d.INTERACTIONS),
        Column(scene.say(r.SHARE), d.COVERAGE),
    )
    of_nobody = el("span", scene.say(r.OF_NOBODY), class_="within")

    def row(head: str, count: int, *soft: str) -> Row:
        share = count / coverage.interactions if coverage.interactions else None
        told = c.share_words(scene, share) if share is not None else _dash(scene)
        return Row(head, (c.count_cell(scene, count), c.stacked(told, *soft)))

    interval = c.share_interval(scene, coverage.share)
    rows = (
        row(scene.say(r.ON_MAP), coverage.on_map, interval),
        row(scene.say(r.OFF_MAP), coverage.undrawn),
        row(scene.say(r.OUTSIDE), coverage.outside),
        row(of_nobody, coverage.nobody),
        row(_strong(scene, r.ALL_INTERACTIONS), coverage.interactions),
    )
    return table(scene.say(r.COVERAGE_TABLE), columns, rows, look="sums")


def _dash(scene: Scene) -> Html:
    return c.unknown(scene.say(r.NO_CASES))


def _strong(scene: Scene, text: Text) -> Html:
    return el("span", scene.say(text), class_="strong")


def _endings(scene: Scene, measured: Measured) -> Html:
    totals = measured.totals
    noun = scene.say(scene.map.journeys.noun)
    columns = (
        Column(scene.say(r.OUTCOME), d.JOURNEY, figures=False),
        Column(capital(noun), d.COUNT),
        Column(scene.say(r.OF_ALL)),
        Column(scene.say(r.OF_OVER), d.COMPLETED),
    )

    def of_all(count: int) -> Html:
        share = count / totals.journeys if totals.journeys else None
        return c.stacked(c.share_words(scene, share)) if share is not None else _dash(scene)

    over = totals.completed + totals.left
    over_n = c.n_words(scene, over)
    left = _remaining(totals.completed_share)
    still = c.unknown(scene.say(r.STILL_GOING))
    rows = (
        Row(
            scene.say(r.COMPLETED),
            (
                c.count_cell(scene, totals.completed),
                of_all(totals.completed),
                c.share_cell(scene, totals.completed_share, over_n),
            ),
        ),
        Row(
            scene.say(r.LEFT),
            (
                c.count_cell(scene, totals.left),
                of_all(totals.left),
                c.share_cell(scene, left, over_n),
            ),
        ),
        Row(
            scene.say(r.STILL_OPEN),
            (c.count_cell(scene, totals.still_open), of_all(totals.still_open), still),
        ),
        Row(
            _strong(scene, r.ALL),
            (
                c.count_cell(scene, totals.journeys, _people(scene, measured)),
                of_all(totals.journeys),
                c.count_cell(scene, over),
            ),
        ),
    )
    return table(scene.say(r.ENDS_TABLE), columns, rows, look="sums")


def _whole_time(scene: Scene, measured: Measured) -> Html:
    """Return how long it takes from the first step to the completing one."""
    columns = (
        Column(scene.say(r.OUTCOME), figures=False),
        Column(scene.say(r.MEDIAN), d.MEDIAN),
        Column(scene.say(r.P90), d.P90),
        Column(scene.say(r.TARGET), d.TARGET),
    )
    times = measured.totals.duration
    cells = (c.median_cell(scene, times), c.p90_cell(scene, times), c.target_cell(scene, times))
    return table(scene.say(r.TO_THE_END), columns, [Row(scene.say(r.COMPLETED), cells)])


def _remaining(share: Estimate) -> Estimate:
    """Return what a share leaves, with its interval turned over."""
    if share.value is None:
        return share
    low = None if share.high is None else 1 - share.high
    high = None if share.low is None else 1 - share.low
    return Estimate(1 - share.value, low, high, share.n)


def _people(scene: Scene, measured: Measured) -> str:
    return "" if scene.map.journeys.per == "case" else c.who(scene, measured.totals.people)
