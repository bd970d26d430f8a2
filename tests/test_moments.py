"""Moments that the data suggest: compared with those who could have met the touchpoint too."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import workspace_of
from trayecto import measuring
from trayecto.contrast.moments import MomentMeasure, compared, removal
from trayecto.journeys.fated import Met
from trayecto.vocabulary.estimate import share

MAP = """\
map: shop
title: The shop
minimum: 5
journeys:
  per: person
  completes: [buy]
  leaves: [cancel]
  silence: 5 days
stages:
  - id: find
    name: Find
    touchpoints:
      - {id: ad, name: Advert, channel: advert, nodes: [ad]}
      - {id: look, name: Look, channel: web, nodes: [look]}
      - {id: chat, name: Chat, channel: chat, nodes: [chat]}
  - id: pay
    name: Pay
    touchpoints:
      - {id: buy, name: Purchase, channel: web, nodes: [buy]}
      - {id: cancel, name: Cancels, channel: phone, optional: true, nodes: [cancel]}
"""


def moments(folder: Path, story: str, *, map_text: str = MAP) -> measuring.LiveMap:
    workspace = workspace_of(folder, story + "\nend@60d: look")
    (folder / "map.yaml").write_text(map_text)
    return measuring.measure(workspace, folder / "map.yaml")


def of(live: measuring.LiveMap, id: str) -> MomentMeasure:
    return next(one for one in live.moments if one.id == id and one.outcome == "completes")


def people(prefix: str, many: int, path: str) -> str:
    return "\n".join(f"{prefix}{i}: {path}" for i in range(many))


def test_whoever_chats_buys_more_often_than_whoever_could_have(tmp_path: Path) -> None:
    live = moments(
        tmp_path,
        "\n".join((
            people("a", 16, "ad > chat > buy"), people("b", 4, "ad > chat"),
            people("c", 6, "ad > look > buy"), people("d", 14, "ad > look"),
            people("e", 100, "ad"),
        )),
    )  # fmt: skip
    chat = of(live, "chat")
    # 100 came no further than the advert: they had no second step at which to chat.
    assert (chat.met.value, chat.met.n) == (0.8, 20)
    assert (chat.without.value, chat.without.n) == (0.3, 20)
    assert chat.difference.value == pytest.approx(0.5)
    assert chat.difference.low is not None
    assert chat.difference.low > 0
    assert (chat.suggests, chat.agrees) == ("truth", "new")
    said = next(f for f in live.findings if f.kind == "moment" and f.where == "chat")
    assert said.headline.en == (
        "“Chat” looks like a moment of truth: 50\u00a0points more complete after it"
    )
    assert said.detail.es.endswith("Es asociación, no causa.")


def test_what_the_map_declares_is_not_told_again(tmp_path: Path) -> None:
    story = "\n".join((
        people("a", 18, "ad > chat > buy"), people("b", 2, "ad > chat"),
        people("c", 4, "ad > look > buy"), people("d", 16, "ad > look"),
    ))  # fmt: skip
    text = MAP.replace("channel: chat,", "channel: chat, moment: {kind: truth, why: they help},")
    live = moments(tmp_path, story, map_text=text)
    assert of(live, "chat").agrees == "declared"
    assert [f for f in live.findings if f.kind == "moment" and f.where == "chat"] == []
    hurts = text.replace("kind: truth", "kind: pain")
    assert of(moments(tmp_path / "b", story, map_text=hurts), "chat").agrees == "contrary"


def test_lasting_longer_is_no_merit_of_what_one_meets_meanwhile(tmp_path: Path) -> None:
    # Nobody chats because of anything: each step of the patient and of the hasty is drawn alike.
    # The patient take eight steps and buy; the hasty take one and leave.
    chance = Random(3)
    lines = []
    for person in range(1200):
        patient = person % 2
        steps = [chance.choice(("chat", "look", "ad")) for _ in range(8 if patient else 1)]
        lines.append(f"p{person}: {' > '.join(steps)}" + (" > buy" if patient else ""))
    chat = of(moments(tmp_path, "\n".join(lines)), "chat")
    met = [line for line in lines if "chat" in line]
    never = [line for line in lines if "chat" not in line]
    naive = bought(met) - bought(never)
    assert naive > 0.4  # what comparing all with all would say
    assert chat.difference.value is not None
    assert abs(chat.difference.value) < 0.06
    assert chat.suggests is None


def bought(lines: list[str]) -> float:
    return sum("buy" in line for line in lines) / len(lines)


def test_below_the_minimum_nothing_is_suggested(tmp_path: Path) -> None:
    live = moments(tmp_path, people("a", 4, "ad > chat > buy") + "\n" + people("b", 9, "ad > look"))
    assert [one for one in live.moments if one.id == "chat"] == []


def test_the_same_comparison_as_by_hand() -> None:
    # Two met it at turn 1, one of them completed; one at turn 2 and completed. The others: two
    # lasted one step (none completed), two lasted two (one completed).
    stage = [Met(0, None, 0, 1, False, False, False, 2), Met(0, None, 0, 2, False, False, False, 2),
             Met(0, None, 0, 2, True, False, False, 3)]  # fmt: skip
    met = [Met(0, 1, 1, 2, True, False, False, 1), Met(0, 1, 1, 2, False, False, False, 1),
           Met(0, 1, 2, 2, True, False, False, 1)]  # fmt: skip
    found = compared(met, stage, outcome="completes")
    assert (found.met.value, found.met.n) == (2 / 3, 3)
    # Turn 1: of the 4 others and of whoever meets it later (5), 2 complete: 2/5, for two of three.
    # Turn 2: of the two that last so long, one: 1/2, for one of three.
    assert found.without.value == pytest.approx(2 / 3 * 2 / 5 + 1 / 3 * 1 / 2)
    assert (found.others, found.others_came, sorted(found.turns)) == (5, 2, [1, 2])


rows = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 4), st.booleans(), st.integers(1, 5)), max_size=8
)


@given(rows)
def test_the_weights_are_those_of_counting_person_by_person(
    lived: list[tuple[int, int, bool, int]],
) -> None:
    everybody = [
        (turn if turn <= last else 0, last, came) for turn, last, came, n in lived for _ in range(n)
    ]
    stage = [Met(0, None, 0, k[1], k[2], False, False, n) for k, n in Counter(everybody).items()]
    met = [Met(0, 1, *k, False, False, n) for k, n in Counter(everybody).items() if k[0]]
    found = compared(met, stage, outcome="completes")
    shares, came_n, others = [], [], set[int]()
    for turn, _, came in (one for one in everybody if one[0]):
        could = {i for i, (own, last, _) in enumerate(everybody) if last >= turn
                 and (own == 0 or own > turn)}  # fmt: skip
        others |= could
        like = [everybody[i] for i in could]
        if like:
            shares.append(sum(o[2] for o in like) / len(like))
            came_n.append(came)
    if shares:
        assert found.without.value == pytest.approx(sum(shares) / len(shares))
        assert found.met == share(sum(came_n), len(came_n))
    else:
        assert found.without.value is None
    assert (found.others, found.others_came) == (
        len(others), sum(everybody[i][2] for i in others)
    )  # fmt: skip


def test_what_is_lost_without_a_place() -> None:
    # Two come by the chat and one straight; all that chat buy, and half of the others.
    ways = {
        (None, 0, False): 4, (0, 1, False): 2, (1, 2, False): 2, (0, 2, False): 1,
        (0, None, False): 1, (2, None, True): 3,
    }  # fmt: skip
    # Without the chat only one of three buyers is left.
    assert removal(ways) == pytest.approx({0: 1.0, 1: 2 / 3, 2: 1.0})
