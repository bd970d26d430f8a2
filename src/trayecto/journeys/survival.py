"""
How long those who go on take, while some leave and others are still on the way.

Leaving competes with going on: whoever left will never go on, so the time is that of those who do.
The share that has gone on by each moment is Aalen and Johansen's estimate (Scand. J. Statist. 5,
1978), divided by what it comes to in the end. It is computed as what it equals: a mean over those
who went on, each weighing 1 / K, where K is the share that could still be watched after so long
(Satten and Datta, Am. Stat. 55, 2001). Whoever is still on the way is watched until then and no
longer; with nobody such, every weight is 1 and these are the plain quantiles.

The interval of the median is Woodruff's (JASA 47, 1952): where the curve crosses
q ± z √(q (1 − q) / m), with m the equally weighted people that the weighted ones are worth (Kish,
1965). With equal weights those are the ranks of the binomial (Conover, 1999). A curve that lies
level at a quantile gives the middle of that level, as the usual median does.
"""

from __future__ import annotations

from trayecto.journeys.walked import Spread
from trayecto.lake.duck import Session
from trayecto.vocabulary.estimate import Z95

_BITS = 10
"""Times keep so many leading bits (one part in five hundred), so that few are left to order."""
_LEVEL = 1e-9
_UNIT = f"greatest(floor(log2(greatest(us, 1)))::integer - {_BITS - 1}, 0)"
_BIN = f"us >> {_UNIT} << {_UNIT}"


def plain_spreads(session: Session, step: str, times: str) -> dict[tuple[int, int], Spread]:
    """Return the spread of every sample of *times* (`grp`, `spot`, `us`), which all went on."""
    session.run(
        f"{step}, by length",
        f"""create or replace temp table length as
            with each_group as (
              select grp, spot, {_BIN} as bin, count(*) as came, sum(us) as came_us
              from ({times}) group by grp, spot, bin)
            select cut, spot, bin, sum(came)::double as came, sum(came_us) / sum(came) as us,
              sum(came)::double as weight, 0::bigint as left_in_all, 0::bigint as open_in_all
            from each_group join member using (grp) group by cut, spot, bin""",
    )
    return _crossed(session, step, "length")


def spreads(session: Session, step: str, times: str) -> dict[tuple[int, int], Spread]:
    """
    Return the spread of every sample of *times*, of whom some left or are still on the way.

    *times* gives rows `grp`, `spot`, `us` (a time in microseconds) and `onward` (true: went on
    after it; false: left after it; null: still on the way after it); the table `member` says
    which cuts each group belongs to. The answer is by cut and spot.
    """
    session.run(f"{step}, by length", f"create or replace temp table length as {_lengths(times)}")
    session.run(
        f"{step}, who can be watched", f"create or replace temp table watched as {_WATCHED}"
    )
    return _crossed(session, step, "watched")


def _crossed(session: Session, step: str, weighed: str) -> dict[tuple[int, int], Spread]:
    """Return where the curve of each sample of *weighed* lengths crosses the quantiles."""
    rows = session.ask(
        f"{step}, median and 90th percentile",
        f"""with curve as ({_curve(weighed)})
            select cut, spot, sum(came)::bigint,
              {_crossing(0.5)}, min(us) filter (share >= 0.5 - half - {_LEVEL} and half < 0.5),
              min(us) filter (share > 0.5 + half + {_LEVEL}), {_crossing(0.9)},
              any_value(left_in_all), any_value(open_in_all)
            from curve group by cut, spot""",
    )
    found = {}
    for cut, spot, came, *quantiles, left, still_open in rows:
        median, low, high, p90 = (None if q is None else round(q / 1e6, 6) for q in quantiles)
        found[cut, spot] = Spread(came, median, low, high, p90, left, still_open)
    return found


def _lengths(times: str) -> str:
    """Give how many went on, left and stopped being seen after each length of time."""
    return f"""
        with each_group as (
          select grp, spot, {_BIN} as bin, count(*) as gone,
            count(*) filter (onward) as came, count(*) filter (onward is null) as still_open,
            sum(us) filter (onward) as came_us
          from ({times}) group by grp, spot, bin)
        select cut, spot, bin, sum(gone)::double as gone, sum(came)::double as came,
          sum(still_open)::double as still_open, sum(came_us) / nullif(sum(came), 0) as us
        from each_group join member using (grp) group by cut, spot, bin"""


# Who can be watched after a time: Kaplan and Meier's curve of the watching, in which those who end
# at a time ended before the watching did. Nobody's weight asks for those watched no longer than
# they themselves were.
_WATCHED = """
    with risk as (
      select *, sum(gone) over (partition by cut, spot order by bin desc) as at_risk,
        sum(still_open) over whole as open_in_all,
        sum(gone - came - still_open) over whole as left_in_all
      from length window whole as (partition by cut, spot))
    select cut, spot, bin, us, came, left_in_all::bigint as left_in_all,
      open_in_all::bigint as open_in_all,
      came * exp(-coalesce(sum(
          case when still_open < at_risk - gone + still_open
               then ln(1 - still_open / (at_risk - gone + still_open)) end) over before, 0))
        as weight
    from risk
    window before as (partition by cut, spot order by bin
                      rows between unbounded preceding and 1 preceding)"""


def _curve(weighed: str) -> str:
    """Give the share that has gone on by each length of time, and half its interval at one half."""
    return f"""
    with shared as (
      select cut, spot, us, came, left_in_all, open_in_all,
        coalesce(lead(us ignore nulls) over way, us) as next_us, sum(weight) over way as gone_on,
        sum(weight) over whole as all_gone_on,
        sum(weight * weight / nullif(came, 0)) over whole as squares
      from {weighed} window whole as (partition by cut, spot),
                            way as (partition by cut, spot order by bin))
    -- Nobody went on: nothing is a share of them.
    select *, gone_on / nullif(all_gone_on, 0) as share,
      {Z95} * 0.5 * sqrt(squares) / nullif(all_gone_on, 0) as half
    from shared"""


def _crossing(part: float) -> str:
    """Give the time by which *part* of those who go on have."""
    return f"""arg_min(case when abs(share - {part}) < {_LEVEL} then (us + next_us) / 2
                            else us end, us) filter (share >= {part} - {_LEVEL})"""
