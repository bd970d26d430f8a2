"""
A web app to test: a small workspace, a measured map, two teams and somebody of each role.

Ana owns the team and its map; Bruno edits; Carla reads; Dora belongs to another team; a stranger
has not signed in.
"""

from __future__ import annotations

import atexit
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Any

from django.test import Client
from django.utils.html import strip_tags
from pytest_django import Settings

from examples import write_csv
from trayecto import flow
from trayecto.web import jobs
from trayecto.web.kept import keeper
from trayecto.web.models import Account, Map, Membership, Role, Team
from trayecto.web.shelf import adopt_files
from trayecto.workspace import Workspace, create, open_

PASSWORD = "trayectos largos y buenos"
STORY = "\n".join(f"p{i}: ad > shop >2h {'buy' if i % 3 else 'help[phone]'}" for i in range(40))
MAP = """\
map: buying
title: {en: Buying online, es: Comprar en la web}
journeys: {completes: [buy], silence: 7d}
minimum: 10
stages:
  - id: look
    name: {en: Look, es: Mirar}
    touchpoints:
      - {id: ad, name: {en: Advert, es: Anuncio}, channel: advert, nodes: [{touchpoint: ad}]}
      - {id: shop, name: {en: Shop, es: Tienda}, channel: web, nodes: [{touchpoint: shop}]}
  - id: order
    name: {en: Buy, es: Comprar}
    touchpoints:
      - {id: buy, name: {en: Order, es: Pedido}, channel: web, nodes: [{touchpoint: buy}]}
"""
HOUSE = """\
library: house
areas:
  - {id: sales, name: {es: Ventas, en: Sales}}
personas:
  - {id: ana, name: "Ana, 34", prefers: [phone], rule: [{property: plan, is: fibre}]}
touchpoints:
  - {id: call, name: {es: Llamada, en: Call}, channel: phone, area: {use: sales}}
"""


@dataclass(frozen=True, slots=True)
class Site:
    """The app and its people."""

    workspace: Workspace
    team: Team
    map: Map

    def client(self, who: str) -> Client:
        """Return a browser in which *who* has signed in; `stranger` has not."""
        client = Client()
        if who != "stranger":
            client.force_login(Account.objects.get(email=f"{who}@example.com"))
        return client


def words(page: bytes) -> str:
    """Return what a page says, without its tags."""
    return " ".join(strip_tags(page.decode().replace("<", " <")).split())


def finished(answer: Any, who: str) -> jobs.Job:
    """Return the work that an answer leads to, when it has ended."""
    job = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    found = jobs.find(job, owner=Account.objects.get(email=f"{who}@example.com").id)
    assert found is not None
    while found.state == "running":
        time.sleep(0.05)
    return found


WHO = ("ana", "bruno", "carla", "dora", "stranger")


@cache
def _made_once() -> Path:
    """Return a workspace with data and a map, to be copied: importing anew takes a second."""
    folder = Path(mkdtemp(prefix="trayecto-site-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    workspace = create(folder / "workspace", language="es", buckets=2)
    flow.import_files(workspace, [write_csv(folder / "web.csv", STORY)], source="web")
    (workspace.folder / "maps" / "buying.yaml").write_text(MAP, "utf-8")
    (workspace.folder / "maps" / "house.yaml").write_text(HOUSE, "utf-8")
    return workspace.folder


def made_once(folder: Path) -> Path:
    """Return a copy, in *folder*, of the workspace with data and a map."""
    copytree(_made_once(), folder / "workspace")
    return folder / "workspace"


def furnished(folder: Path, settings: Settings) -> Site:
    """Return the app on a workspace in *folder*."""
    workspace = open_(made_once(folder))
    settings.WORKSPACE = workspace.folder
    settings.APP_FOLDER = workspace.folder / "web"
    settings.STORAGES = {
        **settings.STORAGES,
        # Without the manifest that `collectstatic` writes when the app is served.
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    keeper.forget()
    team = Team.objects.create(name="CX")
    other = Team.objects.create(name="Other")
    for name, where, role, people in (
        ("ana", team, Role.ADMIN, True),
        ("bruno", team, Role.EDITOR, False),
        ("carla", team, Role.VIEWER, False),
        ("dora", other, Role.VIEWER, False),
    ):
        account = Account.objects.create_user(f"{name}@example.com", PASSWORD, name=name.title())
        account.language = "es"
        account.save()
        Membership.objects.create(team=where, account=account, role=role, sees_people=people)
    adopt_files(team)
    return Site(workspace, team, Map.objects.get(slug="buying"))
