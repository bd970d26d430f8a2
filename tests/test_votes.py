"""Who stayed and who left at a voting point: by hand, by the textbooks, and by plain Python."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import NOON, lived, workspace_of
from trayecto import flow, measuring
from trayecto.contrast.incidence import End, Ended, incidence, variance
from trayecto.contrast.votes import Ballots, VoteMeasure
from trayecto.vocabulary.estimate import share

MAP = """\
map: till
title: The till
minimum: 1
journeys:
  per: person
  starts: [shop]
  completes: [buy]
  leaves: [cancel]
  silence: 20 days
stages:
  - id: find
    name: Find
    touchpoints:
      - id: shop
        name: Shop
        channel: web
        nodes: [shop]
      - id: till
        name: Till
        channel: store
        nodes: [till]
        vote: {stays: goes on, leaves: gives up, within: 10 days}
  - id: pay
    name: Pay
    touchpoints:
      - {id: card, name: Card, channel: web, nodes: [card]}
      - {id: buy, name: Purchase, channel: web, nodes: [buy]}
      - {id: cancel, name: Cancels, channel: phone, optional: true, nodes: [cancel]}
"""


def vote(folder: Path, story: str, *, map_text: str = MAP, id: str = "till") -> VoteMeasure:
    workspace = workspace_of(folder, story)
    (folder / "map.yaml").write_text(map_text)
    live = measuring.measure(workspace, folder / "map.yaml")
    return next(one for one in live.votes if one.id == id)


def fates(ballots: Ballots) -> tuple[int, int, int, int]:
    return ballots.stayed_n, ballots.left_n, ballots.neither_n, ballots.undecided


# At the door: small stories


def test_going_on_is_staying_and_an_exit_is_leaving(tmp_path: Path) -> None:
    found = vote(
        tmp_path,
        """
        ana: shop > till >2d card
        luz: shop > till >3d cancel
        eva: shop > till >4d buy
        end@60d: shop
        """,
    )
    assert fates(found.all) == (2, 1, 0, 0)
    assert found.all.stayed.value == pytest.approx(2 / 3)
    assert found.all.left.value == pytest.approx(1 / 3)
    # Each at its own time: the first third of what is decided after two days.
    assert [(p.after_s / 86_400, p.at_risk) for p in found.curve] == [(2, 3), (3, 2), (4, 1)]
    assert [round(p.stayed, 4) for p in found.curve] == [0.3333, 0.3333, 0.6667]


def test_a_silence_for_good_is_leaving_with_the_last_step(tmp_path: Path) -> None:
    found = vote(tmp_path, "ana: shop > till >1d shop\nluz@50d: card\nend@60d: shop")
    assert fates(found.all) == (0, 1, 0, 0)
    assert found.curve[0].after_s == 86_400


def test_whoever_goes_on_too_late_did_neither_in_time(tmp_path: Path) -> None:
    found = vote(tmp_path, "ana: shop > till >12d card > buy\nend@60d: shop")
    assert fates(found.all) == (0, 0, 1, 0)
    assert found.all.neither.value == 1.0


def test_too_short_a_watch_is_undecided_and_never_left(tmp_path: Path) -> None:
    # The data end on day 31: luz voted on day 5 (+1 h), and silences are known up to day 11.
    found = vote(tmp_path, "ana: shop > till >2d card\nluz@5d: shop > till\nend@31d: shop")
    assert fates(found.all) == (1, 1, 0, 0)
    later = vote(tmp_path / "b", "ana: shop > till >2d card\nluz@9d: shop > till\nend@22d: shop")
    assert fates(later.all) == (0, 0, 0, 2)
    assert later.all.left.value is None


def test_whoever_has_completed_stays_unless_they_take_an_exit(tmp_path: Path) -> None:
    text = MAP.replace("completes: [buy]", "completes: [till]")
    found = vote(
        tmp_path, "ana: shop > till\nluz: shop > till >3d cancel\nend@11d: shop", map_text=text
    )
    assert fates(found.all) == (1, 1, 0, 0)


def test_the_first_visit_is_the_vote_and_going_back_changes_nothing(tmp_path: Path) -> None:
    found = vote(tmp_path, "ana: shop > till >1d till >1d card\nend@60d: shop")
    assert (found.all.cast, fates(found.all)) == (1, (1, 0, 0, 0))
    assert found.curve[0].after_s == 2 * 86_400


def test_said_they_were_happy_and_left(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    rows = ["timestamp,user_id,event,nps"]
    for who, score, then in (
        ("ana", 10, "cancel"), ("luz", 9, "cancel"), ("eva", 10, "card"), ("sol", 2, "cancel"),
    ):  # fmt: skip
        rows += [f"2026-03-01,{who},shop,", f"2026-03-02,{who},till,{score}",
                 f"2026-03-03,{who},{then},"]  # fmt: skip
    rows.append("2026-06-01,end,shop,")
    file.write_text("\n".join(rows) + "\n")
    workspace = flow.create(tmp_path / "workspace", language="en")
    flow.import_files(workspace, [file], source="web")
    (tmp_path / "map.yaml").write_text(MAP)
    live = measuring.measure(workspace, tmp_path / "map.yaml")
    happy, unhappy = (live.votes[0].group("said", named) for named in ("good", "bad"))
    assert happy is not None
    assert unhappy is not None
    assert (fates(happy), fates(unhappy)) == ((1, 2, 0, 0), (0, 1, 0, 0))
    said = next(f for f in live.findings if f.kind == "said")
    assert said.headline.en == "67% of those who said they were happy leave at “Till”"
    assert said.headline.es == "El 67\u00a0% de quienes decían estar contentos se va en «Till»"


def test_short_and_long_waits_are_told_by_the_promise(tmp_path: Path) -> None:
    text = MAP.replace("        name: Till\n", "        name: Till\n        within: 1 day\n")
    found = vote(
        tmp_path,
        """
        ana: shop >12h till >1d card
        luz: shop >36h till >1d card
        eva: shop >60h till >1d cancel
        end@60d: shop
        """,
        map_text=text,
    )
    assert found.wait_limits_s == (86_400, 2 * 86_400)
    assert [(g.named, fates(g.ballots)) for g in found.waited] == [
        ("short", (1, 0, 0, 0)), ("middling", (1, 0, 0, 0)), ("long", (0, 1, 0, 0)),
    ]  # fmt: skip


def test_a_map_without_votes_or_data_says_nothing(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: elsewhere")
    (tmp_path / "map.yaml").write_text(MAP)
    live = measuring.measure(workspace, tmp_path / "map.yaml")
    assert [(v.all.cast, v.all.stayed.value, v.felt) for v in live.votes] == [(0, None, ())]
    assert live.pains == ()


def test_every_vote_has_the_fate_that_is_read_by_hand(tmp_path: Path) -> None:
    chance = Random(6)
    names = ("shop", "till", "till", "card", "buy", "cancel")
    lines = []
    for person in range(400):
        steps = (
            f" >{chance.choice((0, 0, 1, 2, 5, 9, 12, 21, 30))}d {chance.choice(names)}"
            for _ in range(chance.randint(1, 6))
        )
        lines.append(f"p{person}@{chance.randint(0, 60)}d: shop" + "".join(steps))
    story = "\n".join([*lines, "end@90d: shop"])
    found = vote(tmp_path, story)
    assert Counter(read_by_hand(story)) == Counter(
        dict(zip(("stayed", "left", "neither", "undecided"), fates(found.all), strict=True))
    )


def read_by_hand(story: str) -> list[str]:
    """Return the fate of each vote at the till, person by person, in plain Python."""
    steps: dict[str, list[tuple[timedelta, str]]] = {}
    for who, at, what, _ in lived(story):
        steps.setdefault(who, []).append((at - NOON, what))
    end = max(at for own in steps.values() for at, _ in own)
    return [
        fate
        for own in steps.values()
        for journey in journeys(own)
        if (fate := fate_of(journey, end=end))
    ]


def journeys(steps: list[tuple[timedelta, str]]) -> list[list[tuple[timedelta, str]]]:
    """Cut one person's steps into journeys: silence closes, and a start after buying opens anew."""
    found: list[list[tuple[timedelta, str]]] = []
    open_, done, before = False, False, timedelta()
    for at, what in steps:
        if open_ and at - before > timedelta(days=20):
            open_ = False
        if what == "shop" and (not open_ or done):
            found.append([])
            open_, done = True, False
        if open_:
            found[-1].append((at, what))
            done = done or what == "buy"
        before = at
    return found


def fate_of(journey: list[tuple[timedelta, str]], *, end: timedelta) -> str | None:
    within, silence = timedelta(days=10), timedelta(days=20)
    names = [what for _, what in journey]
    exit_ = names.index("cancel") if "cancel" in names else len(names)
    if "till" not in names[:exit_]:
        return None
    nth = names.index("till")
    at = journey[nth][0]
    bought = names.index("buy") if "buy" in names else None
    settled = bought is not None and journey[bought][0] <= at
    gone = [when - at for when, what in journey[exit_ : exit_ + 1]]
    if settled:
        ended = (gone[0], "left") if gone and gone[0] <= within else (within, "stayed")
        watched = end - at
    else:
        on = [when - at for when, what in journey[nth + 1 : exit_] if what in ("card", "buy")]
        on += [journey[bought][0] - at] if bought is not None else []
        over = bought is None and journey[-1][0] + silence <= end
        leaves = gone or ([journey[-1][0] - at] if over else [])
        ends = [(min(on), 0, "stayed")] if on else []
        ends += [(leaves[0], 1, "left")] if leaves else []
        first = min(ends, default=None)
        ended = (first[0], first[2]) if first else (timedelta.max, "")
        watched = end - silence - at
    if watched < timedelta():
        return "undecided"
    if ended[0] <= min(watched, within):
        return ended[1]
    return "neither" if watched >= within else "undecided"


# The estimate: the textbooks, other programs, plain Python


def test_with_one_end_it_is_the_kaplan_meier_of_the_textbook() -> None:
    # Remission of 21 patients under 6-MP: Freireich et al. (1963); Klein and Moeschberger,
    # Survival Analysis, 2nd ed. (2003), Table 4.1, S(t) and Greenwood's variance.
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    relapse = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    ended = Counter[tuple[int, End]](
        (week, "left" if came else "unknown") for week, came in zip(weeks, relapse, strict=True)
    )
    table = {6: (0.857, 0.0058), 7: (0.807, 0.0076), 10: (0.753, 0.0093), 13: (0.690, 0.0114),
             16: (0.628, 0.0130), 22: (0.538, 0.0164), 23: (0.448, 0.0181)}  # fmt: skip
    for week, (staying, spread) in table.items():
        found = incidence(ended, last=week)
        assert found.left.value == pytest.approx(1 - staying, abs=6e-4)
        assert variance(found.curve, "left") == pytest.approx(spread, abs=6e-5)


def test_two_ends_that_compete_are_those_of_lifelines() -> None:
    # lifelines 0.30.3, AalenJohansenFitter: 0.472222 (variance 0.031728) of the first end at the
    # ninth time, 0.372222 (0.030173) of the second.
    ends: list[End] = ["stayed", "left", "unknown", "stayed", "stayed", "left", "unknown",
                       "stayed", "left", "unknown"]  # fmt: skip
    ended = Counter(zip([1, 2, 3, 3, 4, 5, 6, 7, 8, 9], ends, strict=True))
    found = incidence(ended, last=9)
    assert found.stayed.value == pytest.approx(0.472222, abs=1e-6)
    assert found.left.value == pytest.approx(0.372222, abs=1e-6)
    assert variance(found.curve, "stayed") == pytest.approx(0.031728, abs=1e-6)
    assert variance(found.curve, "left") == pytest.approx(0.030173, abs=1e-6)


ends = st.sampled_from(["stayed", "left", "unknown"])
counted = st.dictionaries(st.tuples(st.integers(0, 6), ends), st.integers(1, 9), min_size=1)


@given(counted)
def test_the_shares_add_up_and_grow(ended: dict[tuple[int, End], int]) -> None:
    found = incidence(ended, last=6)
    shares = (found.stayed.value, found.left.value, found.neither.value)
    if None not in shares:
        assert sum(share or 0 for share in shares) == pytest.approx(1)
    for one, other in pairwise(found.curve):
        assert one.share_stayed <= other.share_stayed + 1e-12
        assert one.share_left <= other.share_left + 1e-12


@given(counted)
def test_when_all_are_watched_to_the_end_it_is_counting(ended: dict[tuple[int, End], int]) -> None:
    whole = Counter[tuple[int, End]]()
    for (at, end), n in ended.items():
        whole[6 if end == "unknown" else at, end] += n
    found = incidence(whole, last=6)
    left = sum(n for (_, end), n in whole.items() if end == "left")
    plain = share(left, sum(whole.values()))
    assert found.left.value == pytest.approx(plain.value)
    assert (found.left.low, found.left.high) == pytest.approx((plain.low, plain.high))


@given(counted)
def test_the_estimate_is_that_of_redistributing_the_unknown(ended: Ended) -> None:
    # Efron (1967): give the weight of whoever is lost to all that are seen later, one by one.
    found = incidence(ended, last=6)
    people = sorted(
        ((at, end == "unknown", end) for (at, end), n in ended.items() for _ in range(n))
    )
    weights = [1 / len(people)] * len(people)
    total = {"stayed": 0.0, "left": 0.0, "unknown": 0.0}
    for i, (_, lost, end) in enumerate(people):
        later = range(i + 1, len(people))
        if lost and len(later):
            for j in later:
                weights[j] += weights[i] / len(later)
        else:
            total[end] += weights[i]
    if found.stayed.value is not None and any(end != "unknown" for _, end in ended):
        assert found.stayed.value == pytest.approx(total["stayed"])
        assert found.left.value == pytest.approx(total["left"])


def test_the_interval_holds_the_truth_19_times_in_20() -> None:
    # Planted: each day 6 % of those still there stay and 4 % leave; watches end evenly in 20 days.
    truth = 0.4 * (1 - 0.9**10)
    inside = 0
    for seed in range(300):
        chance = Random(seed)
        ended = Counter(one_vote(chance) for _ in range(400))
        found = incidence(ended, last=10).left
        assert found.low is not None
        assert found.high is not None
        inside += found.low <= truth <= found.high
    assert 0.92 <= inside / 300 <= 0.98


def one_vote(chance: Random) -> tuple[int, End]:
    watched = chance.randint(1, 20)
    for day in range(1, min(watched, 10) + 1):
        drawn = chance.random()
        if drawn < 0.1:
            return day, "stayed" if drawn < 0.06 else "left"
    return min(watched, 10), "unknown"
