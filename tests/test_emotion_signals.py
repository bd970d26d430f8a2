"""What people said becomes signals, one voice a person; behaviour stays apart, as a weak hint."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import NOON, workspace_of
from trayecto import care, flow, measuring
from trayecto.emotion import curve, signals
from trayecto.emotion.reading import read
from trayecto.journeys.walked import Strain, Voice
from trayecto.lake.tables import FEELINGS
from trayecto.surveys.scores import each, level, score
from trayecto.workspace import Workspace

BAD = "Me habéis cobrado dos veces la misma factura"
GOOD = "Muy amables y muy rápidos"
PLAIN = "Mi número de pedido es el 5512"


def said(folder: Path, *lines: str, name: str = "said", scale: str = "csat") -> Path:
    """Write who said what, where: `ana,call,5,Muy bien`, an hour after each other."""
    rows = [f"timestamp,user_id,event,{scale},comment"]
    for place, line in enumerate(lines):
        at = NOON + timedelta(hours=place)
        rows.append(f"{at.isoformat()},{line}")
    file = folder / f"{name}.csv"
    file.write_text("\n".join(rows) + "\n", "utf-8")
    return file


def heard(folder: Path, *lines: str, scale: str = "csat") -> Workspace:
    workspace = flow.create(folder / "workspace", language="en")
    flow.import_files(workspace, [said(folder, *lines, scale=scale)], source="crm")
    return workspace


def signals_of(workspace: Workspace) -> list[tuple[str, float]]:
    with workspace.lake.session() as session:
        rows = session.ask("signals", "select kind, level from feelings order by kind, level")
    return [(kind, round(found, 6)) for kind, found in rows]


def test_scores_and_texts_become_signals_and_silence_none(tmp_path: Path) -> None:
    workspace = heard(
        tmp_path, "ana,call,1," + BAD, "luz,call,," + GOOD, "eva,call,," + PLAIN, "eva,web,4,"
    )
    bad, good = read(BAD).level, read(GOOD).level
    assert bad is not None
    assert good is not None
    # Of five, 1 is the worst and 4 lies half way from the middle to the best.
    assert signals_of(workspace) == [
        ("score", -1.0), ("score", 0.5), ("text", round(bad, 6)), ("text", round(good, 6))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scale", "answer", "expected"),
    [
        ("nps:0:10", 10, 1.0),
        ("nps:0:10", 5, 0.0),
        ("csat:1:5", 2, -0.5),
        ("ces:1:7", 7, 1.0),
        ("ces_effort:1:7", 7, -1.0),
        ("csat:1:5", 9, None),
        ("csat:5:5", 5, None),
    ],
)
def test_a_score_is_felt_by_its_declared_scale(
    tmp_path: Path, scale: str, answer: float, expected: float | None
) -> None:
    assert level(scale, answer) == expected
    workspace = workspace_of(tmp_path, "ana: call")
    sql = signals.score_level("given")
    with workspace.lake.session() as session:
        (found,) = session.one(
            "level",
            f"select {sql} from (select '{scale}' as scale, {answer}::double as score) given",
        )  # fmt: skip
    assert found == expected


def test_a_new_import_adds_only_what_is_new_and_the_same_file_nothing(tmp_path: Path) -> None:
    workspace = heard(tmp_path, "ana,call,1,")
    flow.import_files(workspace, [said(tmp_path, "luz,call,5," + GOOD, name="b")], source="crm")
    assert [kind for kind, _ in signals_of(workspace)] == ["score", "score", "text"]
    before = workspace.lake.files(FEELINGS)
    assert len(before) == 2  # each import wrote its own file, and left the other alone
    flow.import_files(workspace, [said(tmp_path, "luz,call,5," + GOOD, name="b")], source="crm")
    assert [kind for kind, _ in signals_of(workspace)] == ["score", "score", "text"]


def test_words_or_rules_that_changed_are_read_anew(tmp_path: Path) -> None:
    workspace = heard(tmp_path, "ana,call,," + BAD)
    right = signals_of(workspace)
    lake = workspace.lake
    with lake.writing() as writer, lake.session() as session:
        older = "select interaction, kind, 0.9 as level, 'older' as model from feelings"
        writer.replace(FEELINGS, session, "an older program", older, stamp={"model": "older"})
    assert not signals.is_fresh(lake)
    flow.be_fresh(workspace)
    assert signals_of(workspace) == right
    assert signals.is_fresh(lake)


def test_who_is_forgotten_felt_nothing(tmp_path: Path) -> None:
    workspace = heard(tmp_path, "ana,call,1," + BAD, "luz,call,5,")
    care.forget(workspace, "user_id:ana", by="test")
    assert signals_of(workspace) == [("score", 1.0)]
    assert signals.is_fresh(workspace.lake)


def test_what_the_back_office_writes_is_not_the_customers_voice(tmp_path: Path) -> None:
    workspace = heard(tmp_path, "ana,call,," + BAD, "ana,note,," + BAD)
    assert len(signals_of(workspace)) == 2
    workspace.node_rules.write_text("nodes: 1\nrules:\n  - {name: note, side: back}\n")
    flow.be_fresh(workspace)
    assert len(signals_of(workspace)) == 1


def test_a_score_told_to_the_back_office_counts_and_what_it_writes_is_said_to_be_unread(
    tmp_path: Path,
) -> None:
    # Ana answers 1 of 5 to whom she never sees; beside it stands a note, as beside Luz's call.
    workspace = heard(tmp_path, "ana,claim,1," + BAD, "luz,call,,", "luz,claim,," + BAD)
    workspace.node_rules.write_text("nodes: 1\nrules:\n  - {name: claim, side: back}\n")
    flow.be_fresh(workspace)
    assert signals_of(workspace) == [("score", -1.0)]
    file = workspace.folder / "claims.yaml"
    file.write_text(CLAIMS, "utf-8")
    live = measuring.measure(workspace, file)
    assert live.note().es.startswith("2 textos están tras la línea de visibilidad")
    assert live.as_json()["note"]["en"].startswith("2 texts stand behind")
    later = flow.Period(since=NOON + timedelta(hours=2))
    assert measuring.measure(workspace, file, period=later).note().en.startswith("1 text stands")
    workspace.node_rules.write_text("nodes: 1\nrules:\n  - {name: claim, side: front}\n")
    assert not measuring.measure(workspace, file).note()


CLAIMS = """map: claims
title: {en: Claims, es: Reclamaciones}
version: 1
journeys: {completes: [claim], silence: 30 days}
stages:
  - id: claiming
    name: Claim
    touchpoints:
      - {id: call, name: Call, channel: phone, nodes: [{touchpoint: call}]}
      - {id: claim, name: Claim, channel: internal, nodes: [{touchpoint: claim}]}
"""


def test_an_empty_workspace_has_no_feelings(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > shop")
    assert flow.moods(workspace, flow.Scope()).nodes == ()


# One person, one voice


def test_nine_angry_messages_are_one_angry_customer(tmp_path: Path) -> None:
    workspace = heard(tmp_path, *["ana,call,1,"] * 9, "luz,call,5,")
    (call,) = flow.moods(workspace, flow.Scope(), at_least=1).nodes
    assert (call.level.value, call.level.n, call.scored, call.told) == (0.0, 2, 2, 0)


def test_a_score_given_is_stronger_than_words(tmp_path: Path) -> None:
    # Ana gives 5 of 5 and complains in words: she speaks by her score. Luz only wrote.
    workspace = heard(tmp_path, "ana,call,5," + BAD, "luz,call,," + GOOD)
    (call,) = flow.moods(workspace, flow.Scope(), at_least=1).nodes
    good = read(GOOD).level
    assert good is not None
    assert call.level.value == pytest.approx((1 + good) / 2)
    assert (call.scored, call.told) == (1, 1)


def test_below_the_minimum_a_feeling_is_unknown(tmp_path: Path) -> None:
    workspace = heard(tmp_path, "ana,call,5,")
    (call,) = flow.moods(workspace, flow.Scope()).nodes
    assert (call.level.value, call.level.n) == (None, 1)


MAP = """\
map: help
title: Help
minimum: 1
journeys: {per: person, starts: [ask], silence: 30 days}
stages:
  - id: use
    name: Use
    touchpoints:
      - {id: ask, name: Ask, channel: web, nodes: [ask]}
      - {id: visit, name: Visit, channel: face_to_face, within: 2 h, nodes: [visit]}
      - {id: pay, name: Pay, channel: web, repeats: true, nodes: [pay]}
      - {id: call, name: Call, channel: phone, optional: true, nodes: [call]}
"""


def live(folder: Path, workspace: Workspace) -> measuring.LiveMap:
    file = folder / "map.yaml"
    file.write_text(MAP)
    return measuring.measure(workspace, file)


def test_the_map_tells_who_spoke_by_score_and_who_by_words(tmp_path: Path) -> None:
    workspace = heard(tmp_path, "ana,ask,5,", "luz,ask,," + BAD, "eva,ask,,")
    ask = live(tmp_path, workspace).measured.touchpoint("ask")
    bad = read(BAD).level
    assert bad is not None
    assert ask.felt.value == pytest.approx((1 + bad) / 2)
    assert (ask.felt.n, ask.scored, ask.told) == (2, 1, 1)


def test_behaviour_is_a_hint_apart_and_never_in_the_level(tmp_path: Path) -> None:
    workspace = workspace_of(
        tmp_path,
        """
        ana: ask > call[phone] > ask > visit[face_to_face] > call[phone]
        luz: ask >5h visit[face_to_face] > pay > pay
        """,
    )
    found = live(tmp_path, workspace).measured
    strain = {one.id: one.strain.value for one in found.touchpoints}
    # Asking: ana did it twice (1 of 2 signs; her first call is no return), luz once (0 of 2).
    assert strain["ask"] == pytest.approx(-0.25)
    # The visit: ana then asked for help again (1 of 3 signs), luz waited five hours for a promise
    # of two (1 of 3).
    assert strain["visit"] == pytest.approx(-1 / 3)
    # Paying twice is drawn so: only a return to help could show, and nobody returned.
    assert strain["pay"] == 0
    # Ana called twice: 1 of 2.
    assert strain["call"] == pytest.approx(-0.5)
    assert all(one.felt.value is None for one in found.touchpoints)


# The measured point


def test_what_people_said_makes_the_point_and_behaviour_speaks_only_in_silence() -> None:
    strain = Strain(90, -0.4, 0.2)
    heard_enough = curve.felt(Voice(40, 0.5, 0.1, 30, 10), strain, minimum=30)
    assert (heard_enough.level.value, heard_enough.evidence) == (0.5, "both")
    silent = curve.felt(Voice(3, 0.5, 0.1, 3, 0), strain, minimum=30)
    assert (silent.level.value, silent.strain.value, silent.evidence) == (None, -0.4, "behaviour")
    assert curve.felt(None, None, minimum=1).evidence == "none"


@given(
    st.integers(1, 400), st.floats(-1, 1), st.floats(0, 1.1), st.integers(1, 60)
)  # fmt: skip
def test_a_point_never_leaves_the_scale(
    people: int, middle: float, deviation: float, minimum: int
) -> None:
    voice = Voice(people, middle, deviation, people, 0)
    found = curve.felt(voice, Strain(people, -abs(middle), deviation), minimum=minimum)
    for part, most in ((found.level, 1.0), (found.strain, 0.0)):
        assert (part.value is None) == (people < minimum)
        for end in (part.low, part.high):
            assert end is None or -1 <= end <= most


# Surveys


def test_each_scale_has_its_formula() -> None:
    answers = {5.0: 4, 4.0: 2, 3.0: 2, 1.0: 2}
    assert score("csat:1:5", answers).value == pytest.approx(3.6)
    assert score("csat_top:1:5", answers).value == pytest.approx(60)
    assert score("csat_max:1:5", answers).value == pytest.approx(65)
    assert score("ces_effort:1:7", {7.0: 1, 5.0: 1}).value == pytest.approx(6)
    assert score("nps:0:10", {10.0: 5, 7.0: 3, 2.0: 2}).value == pytest.approx(30)


def test_no_answers_are_no_score() -> None:
    for scale in ("csat:1:5", "csat_top:1:5", "csat_max:1:5", "nps:0:10"):
        assert score(scale, {}).value is None


def test_answers_on_two_scales_are_never_put_together() -> None:
    found = dict(each({"csat:1:5": {5.0: 1}, "csat:1:10": {5.0: 1}, "ces:1:7": {4.0: 1}}))
    assert {name: estimate.value for name, estimate in found.items()} == {
        "csat 1–5": 5.0, "csat 1–10": 5.0, "ces": 4.0
    }  # fmt: skip


# Quotes


def test_quotes_are_the_most_typical_texts_one_a_person(tmp_path: Path) -> None:
    from trayecto.journeys import voices
    from trayecto.journeys.scope import chosen

    workspace = heard(
        tmp_path, "ana,ask,,Todo fue bastante lento", "ana,ask,,Todo fue un poco lento",
        "luz,ask,,La espera fue lenta", "eva,ask,,Excelente servicio", "eva,ask,," + PLAIN,
    )  # fmt: skip
    with workspace.lake.session() as session:
        steps = chosen(session, flow.Scope())
        session.run(
            "a journey each",
            f"create temp table journey as select distinct subject as journey, subject "
            f"from {steps.name}",
        )
        session.run(
            "what they said",
            f"create temp table heard as select s.subject as journey, 0 as place, interaction, "
            f"f.kind, f.level from {steps.name} s join feelings f using (interaction)",
        )
        found = voices.typical(session, each=2)
    assert len(found) == 2
    assert all("lent" in text for _, text, _ in found)


def test_the_interval_of_a_score_stays_on_its_scale() -> None:
    # Two answers, 5 and 4: Student's interval would be 4.5 ± 12.7 · 0.5, from −1.9 to 10.9.
    found = score("csat:1:5", {5.0: 1, 4.0: 1})
    assert (found.value, found.low, found.high) == (4.5, 1.0, 5.0)
    # As a share of the way from 1 to 5 that is 87.5 %, and anywhere from 0 to 100 %.
    found = score("csat_max:1:5", {5.0: 1, 4.0: 1})
    assert (found.value, found.low, found.high) == (87.5, 0.0, 100.0)


def test_two_who_answer_alike_are_not_sure_for_everybody() -> None:
    # Wilson's interval of 2 of 2, by the book: 34.2 % to 100 %. Along 1 to 5: from 2.37 to 5.
    found = score("csat:1:5", {5.0: 2})
    assert found.value == 5.0
    assert found.low == pytest.approx(1 + 4 * 0.342, abs=0.005)
    assert found.high == 5.0
    assert score("csat:1:5", {5.0: 1}).low is None  # one answer says nothing of the spread


def test_an_answer_off_its_scale_does_not_count() -> None:
    assert score("csat:1:5", {5.0: 2, 3.0: 2, 9.0: 40}).value == 4.0
