"""What the environment says of where the app stands: its names, its database, its mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text
from trayecto.web import mailing

_HOST = re.compile(r"(?P<name>[\w.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Environment:
    """
    The hosts that others reach the app by, its database, and Django's settings for mail.

    *names* are the hosts without their ports.
    """

    hosts: tuple[str, ...]
    names: list[str]
    database: dict[str, Any]
    mail: dict[str, Any]


def read(environment: Mapping[str, str], folder: Path) -> Environment:
    """Return what is set, with the app's own *folder* for what is not; all problems at once."""
    problems: list[Problem] = []

    def asked(ask: Callable[[], Any], *, otherwise: Any) -> Any:
        try:
            return ask()
        except TrayectoError as error:
            problems.extend(error.problems)
            return otherwise

    hosts = asked(lambda: hosts_of(environment.get("TRAYECTO_HOSTS", "")), otherwise=())
    names = [found["name"] for host in hosts if (found := _HOST.fullmatch(host))]
    database = asked(
        lambda: database_of(environment.get("TRAYECTO_DATABASE", ""), folder), otherwise={}
    )
    mail = asked(
        lambda: mailing.settings_of(
            environment.get("TRAYECTO_SMTP", ""), environment.get("TRAYECTO_SENDER", ""), names
        ),
        otherwise={},
    )
    if problems:
        raise TrayectoError(*problems)
    return Environment(hosts, names, database, mail)


def hosts_of(told: str) -> tuple[str, ...]:
    """Return the names, and ports, under which others reach the app."""
    hosts = tuple(host.strip() for host in told.split(",") if host.strip())
    problems = [
        Problem(
            Text(
                en=f"“{host}” in TRAYECTO_HOSTS is no name of a machine.",
                es=f"«{host}» en TRAYECTO_HOSTS no es el nombre de una máquina.",
            ),
            Text(
                en="Such as journeys.example.com, several with commas between them.",
                es="Por ejemplo, trayectos.ejemplo.com; varios, con comas entre ellos.",
            ),
        )
        for host in hosts
        if not _HOST.fullmatch(host)
    ]
    if problems:
        raise TrayectoError(*problems)
    return hosts


def database_of(address: str, folder: Path) -> dict[str, Any]:
    """Return the app database: the one PostgreSQL *address* given, else SQLite in *folder*."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "app.sqlite3",
            "OPTIONS": {
                # Readers go on while one writes; a writer waits for its turn instead of failing.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(address)
    try:
        name, port = unquote(parts.path.lstrip("/")), parts.port or ""
    except ValueError:
        name, port = "", ""
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise TrayectoError(_NO_DATABASE)
    if find_spec("psycopg") is None:
        raise TrayectoError(_NO_PSYCOPG)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket is named as PostgreSQL's own addresses do: …/name?host=/folder
        "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": port,
        "CONN_MAX_AGE": 60,
    }


def unreachable(error: Exception) -> TrayectoError:
    """Return why the app's database does not answer, as its server says it."""
    reason = str(error).partition("\n")[0].strip().rstrip(".")
    return TrayectoError(
        Problem(
            Text(
                en=f"The app's database does not answer: {reason}.",
                es=f"La base de datos de la aplicación no responde: {reason}.",
            ),
            Text(
                en="See that it is up, and that TRAYECTO_DATABASE names it.",
                es="Mira que esté en marcha y que TRAYECTO_DATABASE la nombre bien.",
            ),
        )
    )


_NO_DATABASE = Problem(
    Text(
        en="TRAYECTO_DATABASE is no address of a PostgreSQL database.",
        es="TRAYECTO_DATABASE no es la dirección de una base de datos PostgreSQL.",
    ),
    Text(
        en="Such as postgresql://user:password@host/name.",
        es="Por ejemplo, postgresql://usuario:contraseña@servidor/nombre.",
    ),
)
_NO_PSYCOPG = Problem(
    Text(
        en="TRAYECTO_DATABASE names a PostgreSQL database, and what speaks to it is not installed.",
        es="TRAYECTO_DATABASE nombra una base de datos PostgreSQL y no está instalado lo que habla "
        "con ella.",
    ),
    Text(en="Install trayecto[postgres].", es="Instala trayecto[postgres]."),
)
