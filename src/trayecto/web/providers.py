"""
Who else may vouch for people: the OpenID Connect providers that `web/accounts.yaml` names.

    oidc:
      - id: company                # in addresses: letters, figures and hyphens
        name: My company           # on the button
        server: https://login.example.com/realms/cx
        client: trayecto
        secret: …                  # or secret_from: NAME of an environment variable
        addresses: [example.com]   # whose addresses it has checked, where it does not say so itself
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text
from trayecto.vocabulary.unreadable import unreadable
from trayecto.workspace import read_document

_NEEDED = ("id", "name", "server", "client")
_KNOWN = {*_NEEDED, "secret", "secret_from", "addresses"}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


def there(*packages: str) -> bool:
    """Tell whether packages of the extra `accounts` are installed."""
    return all(find_spec(package) is not None for package in packages)


def read(file: Path, environment: Mapping[str, str] = os.environ) -> list[dict[str, Any]]:
    """Return the providers as allauth takes them; all that is wrong with the file is refused."""
    if not file.is_file():
        return []
    text = read_document(file)
    try:
        told = YAML(typ="safe").load(text)
    except YAMLError as error:
        raise TrayectoError(unreadable(error, text=text, file=str(file))) from error
    listed = told.get("oidc") if isinstance(told, dict) else None
    if not isinstance(listed, list):
        raise TrayectoError(_wrong(file, "oidc", "is no list", "no es una lista"))
    problems = [p for n, one in enumerate(listed) for p in _problems(file, n, one, environment)]
    if problems:
        raise TrayectoError(*problems)
    return [_app(one, environment) for one in listed]


def _app(one: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    secret = one.get("secret") or environment.get(str(one.get("secret_from")), "")
    checked = {"verified_email": one["addresses"]} if one.get("addresses") else {}
    return {
        "provider_id": one["id"], "name": one["name"], "client_id": one["client"],
        "secret": secret,
        "settings": {
            "server_url": one["server"], "email_authentication": True,
            "oauth_pkce_enabled": True, **checked,
        },
    }  # fmt: skip


def _problems(file: Path, n: int, one: Any, environment: Mapping[str, str]) -> list[Problem]:
    """Return everything that is wrong with one provider."""
    where = f"oidc[{n}]"
    if not isinstance(one, dict):
        return [_wrong(file, where, "has no fields", "no tiene campos")]
    found = [
        _wrong(file, f"{where}.{key}", "is missing", "falta")
        for key in _NEEDED
        if not isinstance(one.get(key), str) or not one[key]
    ]
    found += [
        _wrong(file, f"{where}.{key}", "is not known", "no se conoce")
        for key in one
        if key not in _KNOWN
    ]
    if isinstance(one.get("id"), str) and one["id"] and not _ID.fullmatch(one["id"]):
        found.append(
            _wrong(
                file, f"{where}.id", "is not of small letters, figures and hyphens",
                "no es de minúsculas, cifras y guiones",
            )
        )  # fmt: skip
    if not one.get("secret") and not environment.get(str(one.get("secret_from"))):
        found.append(
            _wrong(
                file, f"{where}.secret", "is missing, and so is the variable of secret_from",
                "falta, y también la variable de secret_from",
            )
        )  # fmt: skip
    addresses = one.get("addresses", [])
    if not isinstance(addresses, list) or not all(isinstance(each, str) for each in addresses):
        found.append(
            _wrong(file, f"{where}.addresses", "is no list of domains", "no es lista de dominios")
        )
    return found


def _wrong(file: Path, where: str, en: str, es: str) -> Problem:
    way_out = Text(
        en="The page “The web app” of the docs has an example.",
        es="La página «La aplicación web» de la documentación tiene un ejemplo.",
    )
    return Problem(Text(en=f"{where} {en}.", es=f"{where} {es}."), way_out, file=str(file))
