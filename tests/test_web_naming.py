"""Whom a comment names: by address, whole name or first name; the longest that fits is meant."""

from __future__ import annotations

from trayecto.web.models import Account
from trayecto.web.naming import named_in

ANA = Account(email="ana@example.com", name="Ana Pérez")
ANA_RUIZ = Account(email="aruiz@example.com", name="Ana Ruiz")
ANA_MARIA = Account(email="am@example.com", name="Ana-María Sanz")
JOSE = Account(email="jose@example.com", name="José Luis Ñíguez")
NO_NAME = Account(email="zoe@example.com")
TEAM = [ANA, ANA_RUIZ, ANA_MARIA, JOSE, NO_NAME]


def whom(text: str) -> list[str]:
    return [one.email for named in named_in(text, TEAM) for one in named.accounts]


def test_a_whole_name_is_one_person_and_a_first_name_all_who_have_it() -> None:
    assert whom("¿Lo ves, @Ana Ruiz?") == ["aruiz@example.com"]
    assert whom("¿Lo ves, @Ana?") == ["ana@example.com", "aruiz@example.com"]
    assert whom("@Ana-María, tú dirás") == ["am@example.com"]


def test_neither_case_nor_accents_matter() -> None:
    assert whom("@jose luis niguez") == ["jose@example.com"]
    assert whom("@JOSÉ") == ["jose@example.com"]
    assert whom("@ANA PEREZ.") == ["ana@example.com"]


def test_whoever_has_no_name_is_named_by_address() -> None:
    assert whom("@zoe@example.com, @ana@example.com") == ["zoe@example.com", "ana@example.com"]


def test_an_address_in_a_text_and_a_longer_name_name_nobody() -> None:
    assert whom("escribe a juan@ana.es o a @ana@otra.es") == []
    assert whom("@Anabel y @Ana-Lucía") == []
    assert whom("@ @, @") == []


def test_where_a_name_begins_and_ends_is_known_to_show_it() -> None:
    (named,) = named_in("Ayer, @Ana Ruiz, no", TEAM)
    assert "Ayer, @Ana Ruiz, no"[named.start : named.end] == "@Ana Ruiz"
