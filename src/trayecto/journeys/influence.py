"""
Influence: which nodes lead to a goal, by seven ways of sharing out the same conversions.

A journey counts up to its first time at the goal. First, last, linear, position (40 % to each
end) and time decay share out each conversion over its own steps; Markov asks what would be lost
without a node; Shapley gives each node of a path its fair part, which for conversions counted by
the set of nodes they met is an equal one.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from trayecto.journeys.answers_people import Credit, Influence
from trayecto.journeys.chain import GOAL, NOTHING, START, solve
from trayecto.journeys.places import Place, find
from trayecto.journeys.scope import Scope, Steps, chosen, first_time
from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

A_WEEK = timedelta(days=7)
_POWERS = 900
"""How many half-lives may lie between two moments of a path: 2^900 is still a number."""

_LAST_BEFORE = "epoch_us(occurred_at) - coalesce(gap_us, 0)"


def influence(
    session: Session, scope: Scope, goal: str, *, half_life: timedelta = A_WEEK
) -> Influence:
    """Return the credit of each node for reaching *goal*; time decay halves every *half_life*."""
    if half_life <= timedelta():
        raise TrayectoError(
            Problem(
                Text(en="The half-life must be longer than zero.",
                     es="La semivida debe durar más que cero."),
                Text(en="Write it as 7d or 12h.", es="Escríbela como 7d o 12h."),
            )
        )  # fmt: skip
    steps = chosen(session, scope)
    place = find(session, goal, by=scope.by)
    half = half_life / timedelta(microseconds=1)
    in_paths = _convert(session, steps, place, half=half)
    shares, conversions, direct = _by_path(session, steps.name, half=half)
    ways, journeys = _ways(session, steps, in_paths=in_paths)
    effects = solve(ways).removal
    # A goal told by channel may share its name with what led to it; nobody else lacks an effect.
    total = sum(effects.values())
    shared = conversions - direct
    told = []
    for name in sorted(effects.keys() | shares.keys()):
        effect = effects.get(name, 0.0)
        first, last, linear, position, decay, shapley = shares.get(name, (0.0,) * 6)
        markov = shared * effect / total if total else 0.0
        told.append(Credit(name, first, last, linear, position, decay, effect, markov, shapley))
    told.sort(key=lambda credit: (-credit.markov, -credit.linear, credit.name))
    return Influence(scope.per, goal, journeys, conversions, direct, tuple(told))


def _convert(session: Session, steps: Steps, place: Place, *, half: float) -> bool:
    """
    Make `converted`, and tell whether it holds whole paths.

    It has each one's first *position* at the goal, and the moment *t* decay is counted from. From
    which moment does not matter to the shares, as long as no power of two leaves the numbers a
    computer has: the first step does unless a path lasts hundreds of half-lives, and then the last
    one before the goal.
    """
    if steps.paths and place.codes is not None and len(place.codes) == 1:
        session.run(
            "first time at the goal, in the paths",
            f"""create or replace temp table converted as
                select subject, position, path, t, lasted from (
                  select subject, path, list_position(path, {place.codes[0]}) as position,
                         epoch_us(first_at) as t, epoch_us(last_at) - epoch_us(first_at) as lasted
                  from ({steps.paths}))
                where position > 0""",
        )
        (longest,) = session.one("longest", "select coalesce(max(lasted), 0) from converted")
        if longest / half < _POWERS:
            return True
    session.run(
        "first time at the goal",
        f"create or replace temp table converted as {first_time(steps, place, _LAST_BEFORE)}",
    )
    return False


def _by_path(
    session: Session, steps: str, *, half: float
) -> tuple[dict[str, tuple[float, ...]], int, int]:
    """Return the credits that are shared out over the steps of each conversion."""
    decay = f"power(2.0, (epoch_us(s.occurred_at) - c.t) / {half!r})"
    session.run(
        "steps before the goal",
        f"""create or replace temp table before_goal as
            select s.subject, s.node, count(*) as times, c.position - 1 as length,
                   count(*) filter (s.position = 1) as first,
                   count(*) filter (s.position = c.position - 1) as last,
                   sum({decay}) as weight
            from {steps} s join converted c on c.subject = s.subject
            where s.position < c.position group by s.subject, s.node, c.position""",
    )
    rows = session.ask(
        "credit",
        """with whole as (
             select subject, sum(weight) as weight, count(*) as nodes from before_goal group by all)
           select names.name, sum(first), sum(last), sum(times / length),
                  sum(case when length = 1 then 1.0
                           when length = 2 then (first + last) / 2
                           else 0.4 * first + 0.4 * last
                                + 0.2 * (times - first - last) / (length - 2) end),
                  sum(b.weight / w.weight), sum(1.0 / nodes)
           from before_goal b join whole w using (subject)
           join names on names.code = b.node group by names.name""",
    )
    conversions, direct = session.one(
        "conversions", "select count(*), count(*) filter (position = 1) from converted"
    )
    return {name: tuple(map(float, credit)) for name, *credit in rows}, conversions, direct


def _ways(
    session: Session, steps: Steps, *, in_paths: bool
) -> tuple[dict[tuple[str, str], float], int]:
    """
    Return how often each way was taken, up to the goal or to the end; and the journeys.

    All ways are one scan and group. What those who converted did from the goal on, a small part,
    is then taken out: much cheaper than asking every row whether it lies before a goal.
    """
    counted = f"""select before, node, count(*) as times, count(*) filter (final) as ends
                  from {steps.name} group by before, node"""
    rows = session.ask(
        "all ways",
        f"""select a.name, b.name, times, ends from ({steps.ways or counted}) w
            left join names a on a.code = w.before join names b on b.code = w.node""",
    )
    from_goal = f"""select s.before, s.node, s.position = c.position as at_goal, s.final
                    from {steps.name} s join converted c on c.subject = s.subject
                    where s.position >= c.position"""
    if in_paths:
        from_goal = """select path[nth - 1] as before, path[nth] as node,
                              nth = position as at_goal, nth = len(path) as final
                       from (select path, position,
                                    unnest(generate_series(position, len(path))) as nth
                             from converted)"""
    after = session.ask(
        "ways from the goal on",
        f"""select a.name, b.name, at_goal, times, ended from (
              select before, node, at_goal, count(*) as times, count(*) filter (final) as ended
              from ({from_goal}) group by all) w
            left join names a on a.code = w.before join names b on b.code = w.node""",
    )
    ways: Counter[tuple[str, str]] = Counter()
    for source, target, times, ended in rows:
        ways[source or START, target] += times
        ways[target, NOTHING] += ended
    journeys = sum(times for source, _, times, _ in rows if source is None)
    for source, target, at_goal, times, ended in after:
        ways[source or START, target] -= times
        ways[target, NOTHING] -= ended
        if at_goal:
            ways[source or START, GOAL] += times
    return {way: float(times) for way, times in ways.items() if times}, journeys
