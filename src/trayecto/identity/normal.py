"""
Many sets of identifiers normalised at once, in the engine.

The rules are those of `identifiers.normalise`, one value at a time. The engine decides the values
that are plain, which nearly all are; the few others, distinct, go to the libraries. A test holds
both ways against each other.
"""

from __future__ import annotations

from trayecto.identity import phones
from trayecto.identity.identifiers import (
    KINDS,
    LONGEST_PLAIN_MAIL,
    PLACEHOLDER_MAILS,
    PLACEHOLDERS,
    PLAIN_MAIL,
    RESERVED,
    normal_form,
)
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, one_of

# Nothing to take off at either end, and more than zeros: only a word can make it a placeholder.
_CLEAN = "[+0]*[A-Za-z1-9](?:.*[A-Za-z0-9=_.~*!/+-])?"


def normalise_all(session: Session, typed: str, *, into: str, region: str | None) -> None:
    """
    Make the table *into*: that of *typed* with its identifiers normalised, and `unusable`.

    Nothing of what was typed stays in it; `unusable` names the kinds that identify nobody.
    """
    plain = {kind: _plain(kind, region) for kind in KINDS}
    session.run(
        "plain identifiers",
        f"""create or replace temp table plain as
            select *, {", ".join(f"{plain[kind]} as plain_{kind}" for kind in KINDS)}
            from {typed}""",
    )
    _ask_libraries(session, region)
    normal = {kind: f"coalesce(nullif(plain_{kind}, ''), odd_{kind}.normal)" for kind in KINDS}
    unusable = ", ".join(
        f"case when p.{kind} <> '' and {normal[kind]} is null then '{kind}' end" for kind in KINDS
    )
    session.run(
        "normalised identifiers",
        f"""create or replace temp table {into} as
            select p.* exclude ({", ".join(f"plain_{kind}" for kind in KINDS)})
                   replace ({", ".join(f"{normal[kind]} as {kind}" for kind in KINDS)}),
                   nullif(concat_ws(',', {unusable}), '') as unusable
            from plain p {" ".join(_odd(kind) for kind in KINDS)}""",
    )
    session.run("what was typed, done", "drop table plain; drop table odd")


def _odd(kind: str) -> str:
    return f"""left join odd as odd_{kind} on odd_{kind}.kind = '{kind}'
      and odd_{kind}.value = p.{kind} and p.plain_{kind} is null"""


def _ask_libraries(session: Session, region: str | None) -> None:
    """Make the table `odd` of the values that are not plain, and their normal form."""
    asked = session.ask(
        "values that are not plain",
        " union all ".join(
            f"""select distinct '{kind}', {kind} from plain
                where {kind} <> '' and plain_{kind} is null"""
            for kind in KINDS
        ),
    )
    session.load(
        "odd",
        "kind varchar, value varchar, normal varchar",
        [(kind, value, normal_form(kind, value, region=region)) for kind, value in asked],
    )


def _plain(kind: str, region: str | None) -> str:
    """Give the normal form of a value that is plain, '' of a placeholder, null of any other."""
    if kind == "phone":
        return _plain_phone(region)
    if kind == "email":
        return _plain_mail()
    longest = max(map(len, PLACEHOLDERS))
    nobody = f"length({kind}) <= {longest} and lower({kind}) in {one_of(sorted(PLACEHOLDERS))}"
    return f"""case when regexp_full_match({kind}, {literal(_CLEAN)})
        then case when {nobody} then '' else {kind} end end"""


def _plain_mail() -> str:
    return f"""case when length(email) <= {LONGEST_PLAIN_MAIL}
        and regexp_full_match(email, {literal(PLAIN_MAIL)})
        and not regexp_matches(email, {literal(RESERVED + "$")})
        and lower(email) not in {one_of(sorted(PLACEHOLDER_MAILS))} then lower(email) end"""


def _plain_phone(region: str | None) -> str:
    """Give the numbers of the workspace's own country; those of others go to `phones`."""
    home = phones.country(region)
    if home is None:
        return "cast(null as varchar)"
    digits = "regexp_replace(phone, '[ .-]', '', 'g')"
    own = f"regexp_replace({digits}, '^(?:\\+|00){home.code}', '')"
    kinds = " or ".join(_fits(own, shape) for shape in home.kinds)
    prefixed = f"regexp_matches({own}, {literal(f'^(?:{home.prefixes})')})"
    return f"""case when regexp_full_match(phone, {literal(phones.WRITTEN_PLAINLY)})
        and not starts_with({own}, '0') and not starts_with({own}, '+')
        and not {prefixed if home.prefixes else "false"}
        and {_fits(own, home.general)} and ({kinds}) then '+{home.code}' || {own} end"""


def _fits(own: str, shape: phones.Shape) -> str:
    lengths = f"length({own}) in {one_of(shape.lengths)} and " if shape.lengths else ""
    return f"({lengths}regexp_full_match({own}, {literal(shape.pattern)}))"
