"""Figures as the report writes them: the value, and in soft ink its interval and n."""

from __future__ import annotations

from trayecto.contrast.measured import ScoreMeasure, Times
from trayecto.render import words as w
from trayecto.render.palette import BAD, GOOD, felt
from trayecto.render.poster.curve import level_words
from trayecto.render.poster.scene import Scene
from trayecto.render.report import tabular
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Html, el, joined
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import UNKNOWN, Text, capital, duration, number


def stacked(strong: str, *soft: str, look: str = "") -> Html:
    """Return a figure with what qualifies it below, line by line."""
    lines = (el("span", line, class_="soft") for line in soft if line)
    return joined((el("span", strong, class_=f"strong {look}".strip()), *lines))


def unknown(why: str) -> Html:
    """Return a dash that says why there is no figure, to a pointer and to a screen reader."""
    hidden = el("span", f" ({why})", class_="hidden")
    return el("span", UNKNOWN, hidden, title=why, class_="unknown")


def why_unknown(scene: Scene, n: int) -> str:
    """Return why a figure that rests on *n* is not told."""
    minimum = scene.measured.minimum if scene.measured else 0
    if n == 0:
        return scene.say(r.NO_CASES)
    if n < minimum:
        return scene.say(r.FEWER_THAN, n=scene.count(minimum))
    return scene.say(r.CANNOT_TELL)


def share_words(scene: Scene, value: float | None) -> str:
    """Return a share with one decimal, and never as nothing or all when it is not."""
    return tabular.share_words(value, scene.language)


def share_interval(scene: Scene, share: Estimate) -> str:
    """Return the interval of a share in brackets, the sign left to the figure beside it."""
    if share.value is None or share.low is None or share.high is None:
        return ""
    ends = [number(end * 100, scene.language, decimals=1) for end in (share.low, share.high)]
    return _brackets(*ends)


def _brackets(low: str, high: str) -> str:
    return f"({low})" if low == high else f"({low}–{high})"


def share_cell(scene: Scene, share: Estimate, *soft: str, look: str = "", mark: str = "") -> Html:
    """Return a share, a mark in words where it stands out, its interval, and what it rests on."""
    if share.value is None:
        return stacked(unknown(why_unknown(scene, share.n)), *soft)
    interval = share_interval(scene, share)
    return stacked(share_words(scene, share.value), mark, interval, *soft, look=look)


def bar(value: float | None, *, look: str = "") -> Html:
    """Return a thin bar as long as the share, for the eye alone."""
    if value is None:
        return NO_HTML
    wide = f"inline-size:{min(max(value, 0.0), 1.0) * 100:.1f}%"
    return el("span", el("span", "", style=wide), class_=f"bar {look}".strip(), aria_hidden="true")


def n_of(scene: Scene, part: int, whole: int) -> str:
    """Return a part of a whole in words."""
    return scene.say(r.PART_OF, part=scene.count(part), whole=scene.count(whole))


def n_words(scene: Scene, n: int) -> str:
    """Return how many a figure rests on."""
    return f"n {scene.count(n)}"


def median_cell(scene: Scene, times: Times) -> Html:
    """Return a median, late told in colour and in a word, with its interval and n."""
    middle = times.median_s
    n = n_words(scene, middle.n)
    if middle.value is None:
        return stacked(unknown(why_unknown(scene, middle.n)), n if middle.n else "")
    late = scene.say(w.LATE) if times.late else ""
    look = "bad" if late else ""
    told = duration(middle.value, scene.language)
    mark = el("span", late, class_="bad word") if late else ""
    return stacked(told, mark, time_interval(scene, middle), n, look=look)


def time_interval(scene: Scene, middle: Estimate) -> str:
    """Return the interval of a median in brackets."""
    if middle.value is None or middle.low is None or middle.high is None:
        return ""
    low, high = (duration(end, scene.language) for end in (middle.low, middle.high))
    (figure, unit), (_, other) = low.rsplit(maxsplit=1), high.rsplit(maxsplit=1)
    return _brackets(figure if unit == other and low != high else low, high)


def p90_cell(scene: Scene, times: Times) -> Html:
    """Return the time nine in ten needed at most."""
    if times.p90_s is None:
        return unknown(why_unknown(scene, times.median_s.n))
    return stacked(duration(times.p90_s, scene.language))


def target_cell(scene: Scene, times: Times) -> Html:
    """Return what was promised."""
    if times.target_s is None:
        return unknown(scene.say(r.NOTHING_PROMISED))
    return stacked(duration(times.target_s, scene.language))


def level_cell(scene: Scene, level: Estimate) -> Html:
    """Return a measured level of emotion from −2 to +2, in the colour of the feeling."""
    if level.value is None:
        why = scene.say(r.NOBODY_SAID) if level.n == 0 else why_unknown(scene, level.n)
        return stacked(unknown(why), n_words(scene, level.n) if level.n else "")
    interval = ""
    if level.low is not None and level.high is not None:
        ends = (level_words(scene, level.low), level_words(scene, level.high))
        interval = f"({ends[0]}…{ends[1]})"
    look = {GOOD: "good", BAD: "bad"}.get(felt(level.value), "")
    told = level_words(scene, level.value)
    return stacked(told, interval, n_words(scene, level.n), look=look)


def score_cell(scene: Scene, score: ScoreMeasure) -> Html:
    """Return a satisfaction score, its scale's name beside it."""
    name = score.scale.upper()
    value = score.value
    if value.value is None:
        dash = unknown(why_unknown(scene, value.n))
        return stacked(joined((f"{name} ", dash)), n_words(scene, value.n) if value.n else "")
    decimals = 0 if score.scale == "nps" else 1

    def told(level: float | None) -> str:
        return number(level, scene.language, decimals=decimals)

    between = "…" if score.scale == "nps" else "–"
    interval = "" if value.low is None else f"({told(value.low)}{between}{told(value.high)})"
    return stacked(f"{name} {told(value.value)}", interval, n_words(scene, value.n))


def count_cell(scene: Scene, count: int, *soft: str) -> Html:
    """Return a plain count."""
    # Noughts stand back, so that what happened stands out.
    return stacked(scene.count(count), *soft, look="" if count else "nought")


def whole(words: str) -> Html:
    """Return a figure that must not be parted at the end of a line."""
    return el("span", words, class_="whole")


def who(scene: Scene, count: int) -> str:
    """Return how many people; of a map by case, how many of what its journeys are called."""
    if scene.map.journeys.per == "case":
        return f"{scene.count(count)} {scene.say(scene.map.journeys.called(count))}"
    return scene.say(w.PEOPLE_N, n=scene.count(count))


def who_head(scene: Scene) -> str:
    """Return the head of a column that counts people, or cases by their name."""
    text: Text = scene.map.journeys.noun if scene.map.journeys.per == "case" else w.PEOPLE
    return capital(scene.say(text))
