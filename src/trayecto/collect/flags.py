"""Facts that look like no customer's: of robots and of tests. They are kept, and flagged."""

from __future__ import annotations

from trayecto.lake.sql import literal
from trayecto.vocabulary.text import Text

FLAGS: dict[str, Text] = {
    "bot": Text(en="looks like a robot's", es="parece de un robot"),
    "test": Text(en="looks like a test", es="parece una prueba"),
}

# What programs that visit pages call themselves, and what watches whether a site is up.
_ROBOT = (
    r"bots?\b|crawl|spider|slurp|headless|phantomjs|lighthouse|pingdom|uptime|statuscake|"
    r"\bcurl/|\bwget/|python-(requests|urllib)|go-http-client|okhttp-bot|apachebench|\bscrapy"
)
_WORDS = ("test", "tester", "testing", "tests", "prueba", "pruebas", "qa")
_TEST = f"(?i)({'|'.join(_WORDS)})([+._-].*|[0-9]*)"


def flag(*, agent: str | None, account: str | None, email: str | None) -> str | None:
    """
    Return SQL for the flag of a row, null for a customer's; None when nothing could tell.

    *agent*, *account* and *email* are SQL for what the visitor's program calls itself, for the
    account and for the address.
    """
    cases = []
    if agent:
        # Cubot makes phones.
        said = f"replace(lower({agent}), 'cubot', '')"
        cases.append(f"when regexp_matches({said}, {literal(_ROBOT)}) then 'bot'")
    if account:
        cases.append(f"when regexp_full_match({account}, {literal(_TEST)}) then 'test'")
    if email:
        local = f"split_part({email}, '@', 1)"
        cases.append(f"when regexp_full_match({local}, {literal(_TEST)}) then 'test'")
    return f"case {' '.join(cases)} end" if cases else None
