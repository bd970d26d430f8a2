"""The steps written for other tools: XES and OCEL for process mining, CSV and Parquet."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr

from trayecto.journeys import objects
from trayecto.journeys.scope import Scope, Steps, chosen
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

KINDS = (".xes", ".xes.gz", ".csv", ".parquet", *objects.KINDS)
_AT_ONCE = 10_000
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
<classifier name="Activity" keys="concept:name"/>
"""


def export(session: Session, scope: Scope, file: Path) -> int:
    """Write the steps in scope, in order, to *file*; return how many. All of it or nothing."""
    kind = next((kind for kind in KINDS if file.name.lower().endswith(kind)), None)
    if kind is None:
        raise TrayectoError(
            Problem(
                Text(en=f"The steps are written as {_listed('or')}.",
                     es=f"Los pasos se guardan como {_listed('o')}."),
                Text(en="Give the file one of these endings.",
                     es="Da al fichero una de estas extensiones."),
                file=str(file),
            )
        )  # fmt: skip
    steps = chosen(session, scope)
    rows = f"""
        select cast(s.subject as varchar) as "case:concept:name", names.name as "concept:name",
               s.occurred_at as "time:timestamp", c.channel, o.source, a.area,
               s.score, s.scale, cast(s.interaction as varchar) as interaction
        from {steps.name} s
        join names on names.code = s.node {_NAMED}
        order by s.subject, s.position"""
    part = file.with_name(f".{file.name}.part")
    try:
        if kind in (".csv", ".parquet"):
            session.run("export", f"copy ({rows}) to {literal(str(part))} (format {kind[1:]})")
        elif kind in objects.KINDS:
            objects.write(_objects(session, scope, steps), kind, part)
        else:
            with (
                gzip.open(part, "wt", encoding="utf-8")
                if kind.endswith("gz")
                else part.open("w", encoding="utf-8") as out
            ):
                _write_xes(out, session.batches("export", rows, _AT_ONCE))
        part.replace(file)
    except OSError as error:
        raise TrayectoError(
            Problem(
                Text(en=f"It is not possible: {error.strerror}.",
                     es=f"No es posible: {error.strerror}."),
                file=str(file),
            )
        ) from error  # fmt: skip
    finally:
        part.unlink(missing_ok=True)
    (count,) = session.one("how many", f"select count(*) from {steps.name}")
    return int(count)


def _listed(last: str) -> str:
    return f"{', '.join(KINDS[:-1])} {last} {KINDS[-1]}"


def _objects(session: Session, scope: Scope, steps: Steps) -> objects.Log:
    """Return the steps as an object-centric log: of the person, and of the case it was part of."""
    other = "case" if scope.per == "person" else "person"
    session.run(
        "whom and what each step belongs to",
        f"""create or replace temp table belonging as
            select s.interaction, s.subject, any_value(o.subject) as other from {steps.name} s
            left join (select subject, interaction from steps where per = {literal(other)}) o
              on o.interaction = s.interaction
            group by s.interaction, s.subject""",
    )
    names = session.ask(
        "types of events",
        f"""select distinct names.name from {steps.name} s join names on names.code = s.node
            order by 1""",
    )
    return objects.Log(
        [name for (name,) in names],
        lambda: session.batches("objects", _WHOSE.format(per=scope.per, other=other), _AT_ONCE),
        lambda: map(
            objects.event_of,
            session.batches("events", _events(scope.per, other, steps.name), _AT_ONCE),
        ),
    )


_WHOSE = """
    select distinct '{per}-' || subject as id, '{per}' from belonging
    union all select distinct '{other}-' || other, '{other}' from belonging
    where other is not null order by 1"""


def _events(per: str, other: str, steps: str) -> str:
    """Give the events: what, when, their attributes, and the ids of their objects."""
    return f"""
        select s.interaction, names.name, s.occurred_at, c.channel, o.source, a.area, s.scale,
               s.score, list_filter(['{per}-' || s.subject, '{other}-' || b.other],
                                    lambda id: id is not null)
        from {steps} s join belonging b using (interaction, subject)
        join names on names.code = s.node
        {_NAMED} order by s.occurred_at, s.interaction"""


_NAMED = """
        join (select distinct channel_code, channel from nodes) c on c.channel_code = s.channel
        join (select distinct source_code, source from nodes) o on o.source_code = s.source
        left join (select touchpoint_code, channel_code, source_code, min(area) as area
                   from nodes group by all) a
          on a.touchpoint_code = s.touchpoint and a.channel_code = s.channel
          and a.source_code = s.source"""


def _write_xes(out: IO[str], rows: Iterator[tuple[object, ...]]) -> None:
    out.write(_HEAD)
    whose: object = None
    for subject, name, at, channel, source, area, score, scale, interaction in rows:
        if subject != whose:
            out.write("</trace>\n" if whose is not None else "")
            out.write(f'<trace><string key="concept:name" value={_quoted(subject)}/>\n')
            whose = subject
        stamp = at.isoformat(timespec="microseconds")  # type: ignore[attr-defined]
        fields = [
            f'<string key="concept:name" value={_quoted(name)}/>',
            f'<date key="time:timestamp" value="{stamp}"/>',
            f'<string key="channel" value={_quoted(channel)}/>',
            f'<string key="source" value={_quoted(source)}/>',
            f'<string key="interaction" value={_quoted(interaction)}/>',
        ]
        if area:
            fields.append(f'<string key="org:group" value={_quoted(area)}/>')
        if score is not None:
            fields.append(f'<float key="score" value="{score}"/>')
            fields.append(f'<string key="scale" value={_quoted(scale)}/>')
        out.write(f"<event>{''.join(fields)}</event>\n")
    out.write("</trace>\n" if whose is not None else "")
    out.write("</log>\n")


def _quoted(value: object) -> str:
    kept = "".join(c for c in str(value) if c >= " " or c in "\t\n")
    return quoteattr(kept)
