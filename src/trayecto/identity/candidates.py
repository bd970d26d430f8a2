"""
Pairs of people who may be one, each with a score and what speaks for and against it.

Only suggestions: an operator answers, and the answer is kept in `judgements`. The scores are those
of Splink (Fellegi and Sunter's model) over what is known of people: names, e-mails, phones, dates
of birth, postcodes. How telling an agreement is was set by hand and stands here, so that the same
data always gives the same list; how rare a name is, is counted in the data.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from trayecto.identity.components import Judgement, Key
from trayecto.identity.identifiers import KINDS
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, one_of
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.person import code_of
from trayecto.vocabulary.text import Text

How = Literal["equal", "similar", "different"]
FIELDS: dict[str, Text] = {
    "name": Text(en="name", es="nombre"),
    "email": Text(en="e-mail", es="correo"),
    "phone": Text(en="phone", es="teléfono"),
    "birth": Text(en="date of birth", es="fecha de nacimiento"),
    "postcode": Text(en="postcode", es="código postal"),
}
# What properties are called that say who somebody is; folded, the likeliest first.
_STATED: dict[str, tuple[str, ...]] = {
    "name": ("full_name", "nombre_completo", "nombre_y_apellidos", "name", "nombre",
             "customer_name", "nombre_cliente"),
    "surname": ("apellidos", "apellido", "last_name", "surname", "lastname"),
    "birth": ("birth_date", "date_of_birth", "dob", "fecha_nacimiento", "fecha_de_nacimiento",
              "birthday"),
    "postcode": ("postcode", "postal_code", "zip", "zip_code", "codigo_postal", "cp"),
}  # fmt: skip
_COMMON = 50
"""A value of more people than this is nobody's mark: it finds no pairs."""
_PRIOR = 0.0005
"""How likely two people are one who only have a blocking value in common."""


class SplinkMissing(TrayectoError):
    """The extra that compares people is not installed."""

    def __init__(self) -> None:
        super().__init__(
            Problem(
                Text(
                    en="Suggestions need Splink, which is not installed.",
                    es="Las sugerencias necesitan Splink, que no está instalado.",
                ),
                Text(
                    en="Install it with: pip install 'trayecto[review]'.",
                    es="Instálalo con: pip install 'trayecto[review]'.",
                ),
            )
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """What one field says of a pair: equal, similar or different, and how much that weighs."""

    field: str
    how: How
    left: str
    right: str
    weight: float
    """In bits: 1 doubles the odds that they are one, -1 halves them."""

    @property
    def called(self) -> Text:
        """The field in words."""
        return FIELDS[self.field]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who may be one: their codes, an identifier of each, the score and its reasons."""

    left: str
    right: str
    left_key: Key
    right_key: Key
    score: float
    agreements: tuple[Agreement, ...]
    two_accounts: bool
    """Whether both have an account: saying that they are one then stands above the limit."""

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def suggest(
    session: Session,
    said: Sequence[Judgement],
    *,
    at_least: float = 0.5,
    at_most: int = 50,
    unsure: bool = False,
) -> tuple[Suggestion, ...]:
    """Return the likeliest pairs that nobody has judged yet, or left *unsure*; the best first."""
    linker_on, engine = _splink()
    _describe(session)
    (known,) = session.one("how many to compare", "select count(*) from candidate")
    if known < 2:
        return ()
    people = engine(session.connection).register("candidate")
    linker = linker_on(people, _settings(), log_level="ERROR")
    scored = linker.inference.predict(at_least, warning_mode="never")
    doubted = [one for one in said if one.verdict == "unsure"]
    answered = [one for one in said if one.verdict != "unsure"] if unsure else said
    _pairs(session, answered, into="answered_pair")
    _pairs(session, doubted, into="unsure_pair")
    asked = "semi join unsure_pair using (one, other)" if unsure else ""
    rows = session.ask(
        "likeliest pairs",
        f"""with pair as (
              select *, least(person_l, person_r) as one, greatest(person_l, person_r) as other
              from {scored.physical_name} where person_l <> person_r)
            select one, other, match_probability, {", ".join(_columns())}
            from pair {asked} anti join answered_pair using (one, other)
            qualify row_number() over (partition by one, other
              order by match_weight desc, unique_id_l, unique_id_r) = 1
            order by match_weight desc, one, other limit {at_most}""",
    )
    keys = _keys(session, {person for row in rows for person in row[:2]})
    return tuple(_suggestion(row, keys) for row in rows)


def _splink() -> tuple[Any, Any]:
    try:
        import splink
        from splink.backends.duckdb import DuckDBAPI
    except ImportError:
        raise SplinkMissing from None
    logging.getLogger("splink").setLevel(logging.ERROR)
    return splink.Linker, DuckDBAPI


def _describe(session: Session) -> None:
    """
    Make the table `candidate`: what is known of each person, a row for each e-mail and phone.

    *…_mark* are the values that find pairs: null where too many people have them.
    """
    _state(session)
    lists = ", ".join(
        f"list_sort(list(distinct l.{kind}) filter (l.{kind} is not null)) as {kind}"
        for kind in ("email", "phone")
    )
    session.run(
        "people to compare",
        f"""create or replace temp table candidate as
            with held as (
              select p.person, {lists} from people p join links l using (signature)
              where p.person is not null and p.since is null and p.until is null
              group by p.person),
            stating as (pivot stated on field in ('name', 'surname', 'birth', 'postcode')
                        using any_value(value) group by person),
            known as (
              select h.person, unnest(range(1, greatest(len(coalesce(h.email, [])),
                       len(coalesce(h.phone, [])), 1) + 1)) as nth, h.email, h.phone,
                     nullif(concat_ws(' ', s.name, s.surname), '') as name, s.birth, s.postcode
              from held h left join stating s using (person)),
            flat as (
              select person, nth, name, birth, postcode, email[nth] as email, phone[nth] as phone,
                     split_part(email[nth], '@', 1) as mailbox from known
              where coalesce(name, email[nth], phone[nth]) is not null),
            marked as (
              select *, right(phone, 8) as phone_end, left(phone, -1) as phone_start,
                     split_part(name, ' ', 1) || birth as first_and_birth from flat)
            select row_number() over (order by person, nth) as unique_id, *,
                   {", ".join(f"{_rare(mark)} as {mark}_mark" for mark in _MARKS)}
            from marked""",
    )


def _state(session: Session) -> None:
    """Make the table `stated`: what people say of themselves, the likeliest and newest of each."""
    met = session.ask(
        "names of properties",
        f"""select called, trim({_FOLDED.format("called", "_")}, '_')
            from (select distinct unnest(json_keys(properties)) as called from interactions
                  where properties is not null) where not contains(called, '"')""",
    )
    # Of ten million facts few state a name: only what is called so is read out of them.
    known = [
        (field, names.index(folded), f"json_extract_string(i.properties, {literal(path)})")
        for called, folded in met
        for path in (f'$."{called}"',)
        for field, names in _STATED.items()
        if folded in names
    ]
    said = ", ".join(
        f"{{'field': {literal(field)}, 'place': {place}, 'said': {value}}}"
        for field, place, value in known
    )
    session.run(
        "what people state of themselves",
        f"""create or replace temp table stated as
            with told as (
              select p.person, i.occurred_at, unnest([{said}]) as of_field
              from interactions i join people p on p.signature = i.signature
                and (p.since is null or i.occurred_at >= p.since)
                and (p.until is null or i.occurred_at < p.until)
              where p.person is not null
                and coalesce({", ".join(value for _, _, value in known)}) is not null),
            plain as (
              select person, occurred_at, of_field.field as field, of_field.place as place,
                     trim({_FOLDED.format("of_field.said", " ")}) as value
              from told)
            select person, field, value from plain where value <> ''
            qualify row_number() over (
              partition by person, field order by place, occurred_at desc, value) = 1"""
        if known
        else """create or replace temp table stated as
                select person, '' as field, '' as value from people where false""",
    )


_FOLDED = "regexp_replace(strip_accents(lower({})), '[^a-z0-9]+', '{}', 'g')"
_MARKS = ("mailbox", "name", "phone_end", "phone_start", "first_and_birth")


def _digits(column: str) -> str:
    return f"regexp_replace({column}, '[^0-9]', '', 'g')"


def _rare(column: str) -> str:
    return f"""case when count(*) over (partition by {column}) <= {_COMMON} then {column} end"""


def _level(sql: str, label: str, m: float, u: float) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": label, "m_probability": m,
            "u_probability": u}  # fmt: skip


def _comparison(field: str, similar: str, *levels: tuple[float, float]) -> dict[str, Any]:
    """Return how a field is compared: m and u where it is equal, similar and different."""
    (equal_m, equal_u), (similar_m, similar_u), (other_m, other_u) = levels
    missing = {
        "sql_condition": f"{field}_l is null or {field}_r is null",
        "label_for_charts": "unknown",
        "is_null_level": True,
    }
    equal = _level(f"{field}_l = {field}_r", "equal", equal_m, equal_u)
    if field == "name":  # two called García López say less than two called by a rare name
        equal |= {"tf_adjustment_column": "name", "tf_minimum_u_value": 0.0001}
    return {
        "output_column_name": field,
        "comparison_levels": [
            missing, equal,
            _level(similar, "similar", similar_m, similar_u),
            _level("ELSE", "different", other_m, other_u),
        ],
    }  # fmt: skip


def _settings() -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "probability_two_random_records_match": _PRIOR,
        "blocking_rules_to_generate_predictions": [
            f"l.{mark}_mark = r.{mark}_mark and l.person <> r.person" for mark in _MARKS
        ],
        "comparisons": [
            _comparison("name", "jaro_winkler_similarity(name_l, name_r) >= 0.92",
                        (0.75, 0.002), (0.18, 0.004), (0.07, 0.994)),
            # Who mistypes a letter is the same person; luis7@ and luis8@ are two.
            _comparison("email", "mailbox_l = mailbox_r or "
                        "(damerau_levenshtein(email_l, email_r) <= 2 and "
                        f"{_digits('email_l')} = {_digits('email_r')})",
                        (0.30, 0.00005), (0.40, 0.0002), (0.30, 0.99975)),
            _comparison("phone", "damerau_levenshtein(phone_l, phone_r) <= 1",
                        (0.40, 0.00005), (0.20, 0.0005), (0.40, 0.99945)),
            _comparison("birth", "damerau_levenshtein(birth_l, birth_r) <= 1",
                        (0.90, 0.0001), (0.06, 0.003), (0.04, 0.9969)),
            _comparison("postcode", "left(postcode_l, 2) = left(postcode_r, 2)",
                        (0.70, 0.01), (0.15, 0.05), (0.15, 0.94)),
        ],
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": True,
        "additional_columns_to_retain": ["person", "mailbox"],
    }  # fmt: skip


def _columns() -> list[str]:
    rarity = {"name": " + mw_tf_adj_name"}
    return [
        column
        for field in FIELDS
        for column in (
            f"gamma_{field}", f"{field}_l", f"{field}_r", f"mw_{field}{rarity.get(field, '')}",
            "person_l = one",
        )
    ]  # fmt: skip


_HOW: dict[int, How] = {2: "equal", 1: "similar", 0: "different"}


def _suggestion(row: Sequence[Any], keys: dict[int, list[Key]]) -> Suggestion:
    one, other, score, *told = row
    agreements = []
    for place, field in enumerate(FIELDS):
        gamma, left, right, weight, in_order = told[5 * place : 5 * place + 5]
        if gamma in _HOW:
            left, right = (left, right) if in_order else (right, left)
            agreements.append(Agreement(field, _HOW[gamma], left, right, round(weight, 1)))
    return Suggestion(
        code_of(one), code_of(other), keys[one][0], keys[other][0], round(score, 4),
        tuple(sorted(agreements, key=lambda a: -a.weight)),
        all(keys[person][0][0] == "user_id" for person in (one, other)),
    )  # fmt: skip


def _pairs(session: Session, said: Sequence[Judgement], *, into: str) -> None:
    """Make the table *into* of the people about whom an operator has said something."""
    pairs = [(*judgement.left, *judgement.right) for judgement in said]
    session.load(
        "judged_key",
        "left_kind varchar, left_value varchar, right_kind varchar, right_value varchar",
        pairs,
    )
    holders = " union ".join(
        f"select '{kind}' as kind, l.{kind} as value, p.person from links l "
        f"join people p using (signature) where p.person is not null and l.{kind} is not null"
        for kind in KINDS
    )
    session.run(
        "pairs judged",
        f"""create or replace temp table {into} as
            with holder as ({holders})
            select distinct least(a.person, b.person) as one, greatest(a.person, b.person) as other
            from judged_key j
            join holder a on a.kind = j.left_kind and a.value = j.left_value
            join holder b on b.kind = j.right_kind and b.value = j.right_value""",
    )


def _keys(session: Session, people: Iterable[int]) -> dict[int, list[Key]]:
    """Return the identifiers of *people*, the strongest and first seen first."""
    rows = session.ask(
        "their identifiers",
        f"""select p.person, {", ".join(f"l.{kind}" for kind in KINDS)}
            from people p join links l using (signature)
            where p.person in {one_of(people)} order by l.first_at, l.signature""",
    )
    found: dict[int, dict[Key, None]] = {}
    for person, *values in rows:
        for kind, value in zip(KINDS, values, strict=True):
            if value:
                found.setdefault(person, {})[kind, value] = None
    return {
        person: sorted(keys, key=lambda key: KINDS.index(key[0])) for person, keys in found.items()
    }
