"""Tell of every journey how it passes each place and each stage of a map."""

from __future__ import annotations

from trayecto.lake.duck import Session


def visits(session: Session) -> None:
    """
    Make `place_passed` and `stage_passed` of `journey_visit` and `journey`: a row a journey, place.

    Columns: `journey`, `spot`, `n` (how often), `first_position`, `first_at`, `onward` (it later
    got further right, or completed; nothing from an exit on is a way on) and `beyond` (it was
    further right at some time). Of stages also `gone` (only met from an exit on), `next_position`
    and `next_at` (of the first step at any stage further right, before or after) and `came_back`
    (that was before, and it got further right afterwards too).
    """
    session.run("passing each place", f"create or replace temp view place_passed as {_PLACES}")
    stage_visits(session)


def stage_visits(session: Session) -> None:
    """Make `stage_passed` alone."""
    session.run("passing each stage", f"create or replace temp table stage_passed as {_STAGES}")


# Whoever later reaches the place furthest right of their journey went on; so the order of visits
# matters only of what comes after that, which is little, and only there is anything sorted.
_PLACES = """
    with fate as (
      select v.*, j.furthest > spot as beyond,
        j.outcome = 'completed' or (spot < furthest and first_position < turned) as onward,
        j.outcome <> 'completed' and spot < furthest
          and (first_position > turned or last_position > turned) as after_turning
      from journey_visit v join journey j using (journey)),
    tail as (
      select journey, spot,
        coalesce(max(last_position) over further > first_position, false) as onward
      from fate where after_turning
      window further as (partition by journey order by spot desc
                         rows between unbounded preceding and 1 preceding))
    select f.journey, f.spot, f.n, f.first_position, f.first_at,
      f.onward or coalesce(t.onward, false) as onward, f.beyond
    from fate f left join tail t on f.after_turning and t.journey = f.journey and t.spot = f.spot"""

_STAGES = """
    with visited as (
      select journey, stage as spot, sum(n)::integer as n, min(first_position) as first_position,
        max(last_position) as last_position, min(first_at) as first_at
      from journey_visit join stage_at using (spot) group by journey, stage),
    ahead as (
      select *, max(last_position) over further as last_beyond,
        min(first_position) filter (last_position is not null) over further as next_position,
        min(first_at) filter (last_position is not null) over further as next_at
      from visited
      window further as (partition by journey order by spot desc
                         rows between unbounded preceding and 1 preceding))
    select a.journey, spot, n, first_position, a.first_at, last_position is null as gone,
      j.outcome = 'completed' or coalesce(last_beyond > first_position, false) as onward,
      last_beyond is not null as beyond, next_position, next_at,
      coalesce(next_position < first_position and last_beyond > first_position, false) as came_back
    from ahead a join journey j using (journey)"""


def stage_times(session: Session, over_us: str) -> str:
    """
    Give the time from a stage's first step to the first step further right, or to completion.

    Who did not go on is told apart: left, or still open, at *over_us* (SQL over `journey`).
    """
    session.run(
        "who came back to a stage",
        """create or replace temp table came_back as
           select s.journey, s.spot, min(t.occurred_at) as next_at
           from (select journey, spot, first_position from stage_passed where came_back) s
           join (select journey, stage, position, occurred_at
                 from trail join stage_at on stage_at.spot = trail.place where not gone) t
             on t.journey = s.journey and t.stage > s.spot and t.position > s.first_position
           group by s.journey, s.spot""",
    )
    return f"""
        with ended as (
          select s.journey, s.spot, s.first_at, j.outcome,
            least(case when s.next_position > s.first_position then s.next_at else b.next_at end,
                  case when j.completed_at > s.first_at then j.completed_at end) as next_at,
            {over_us} as seen_until_us, j.grp
          from stage_passed s join grouped j using (journey)
            left join came_back b on s.came_back and b.journey = s.journey and b.spot = s.spot
          where not s.gone)
        select grp, spot,
          greatest(coalesce(epoch_us(next_at), seen_until_us) - epoch_us(first_at), 0) as us,
          case when next_at is not null then true when outcome = 'left' then false end as onward
        from ended where next_at is not null or seen_until_us is not null"""
