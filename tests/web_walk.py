"""
Every page of the app, with real parts in its address: to open, time and look at all of them.

A new page is walked by itself. A new kind of part in an address must be told here what to put
there, or the walk fails.
"""

from __future__ import annotations

import gzip
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar
from itertools import product
from secrets import token_hex
from time import perf_counter
from typing import Any
from urllib.parse import quote, urlencode

PASSWORD = "trayectos largos y buenos"
_CODE = re.compile(r"/people/(p[0-9a-f]{16})/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: *sent* bytes; *server_ms* as the server timed it, *clock_ms* as we did."""

    status: int
    address: str
    kind: str
    body: bytes
    sent: int
    server_ms: float
    clock_ms: float
    is_file: bool

    @property
    def text(self) -> str:
        """The page as text."""
        return self.body.decode(errors="replace")


class Visitor:
    """A browser without a window: it keeps its cookies, and sends what a form would send."""

    def __init__(self, home: str, *, language: str = "es") -> None:
        self.home, self.language = home.rstrip("/"), language
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask(urllib.request.Request(self._at(path)))

    def post(self, path: str, form: Mapping[str, str], *, file: bytes | None = None) -> Answer:
        """Send a form, as the page at *path* would, with a file named datos.csv if there is one."""
        if "trayecto_csrf" not in self._held():
            self.get(path)
        form = {**form, "csrfmiddlewaretoken": self._held()["trayecto_csrf"]}
        if file is None:
            return self._ask(urllib.request.Request(self._at(path), urlencode(form).encode()))
        edge = token_hex(12)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in form.items()
        ]
        parts.append(
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="datos.csv"\r\n'
            "Content-Type: text/csv\r\n\r\n".encode()
        )
        body = b"".join(parts) + file + f"\r\n--{edge}--\r\n".encode()
        kind = f"multipart/form-data; boundary={edge}"
        return self._ask(urllib.request.Request(self._at(path), body, {"Content-Type": kind}))

    def tell(self, path: str, asked: Mapping[str, Any]) -> Answer:
        """Send JSON, as the map's editor does."""
        told = {"X-CSRFToken": self._held()["trayecto_csrf"], "Content-Type": "application/json"}
        return self._ask(urllib.request.Request(self._at(path), json.dumps(asked).encode(), told))

    def for_playwright(self) -> list[Any]:
        """Return the cookies as Playwright takes them, so that its pages are signed in too."""
        return [{"name": c.name, "value": c.value, "url": self.home} for c in self.cookies]

    def _held(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self.cookies}

    def _at(self, path: str) -> str:
        return path if path.startswith("http") else f"{self.home}/{path.lstrip('/')}"

    def _ask(self, request: urllib.request.Request) -> Answer:
        request.add_header("Accept-Language", self.language)
        request.add_header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Gecko Firefox/140.0")
        request.add_header("Accept-Encoding", "gzip")
        request.add_header("Referer", request.full_url)
        start = perf_counter()
        try:
            answer = self._opener.open(request, timeout=600)
        except urllib.error.HTTPError as refused:
            answer = refused
        body = answer.read()
        sent = len(body)
        clock = (perf_counter() - start) * 1000
        timed = re.search(r"app;dur=([\d.]+)", answer.headers.get("Server-Timing", ""))
        kind = str(answer.headers.get("Content-Type", ""))
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        is_file = "attachment" in answer.headers.get("Content-Disposition", "")
        server = float(timed[1]) if timed else 0.0
        return Answer(answer.status, answer.url, kind, body, sent, server, clock, is_file)


def signed_in(home: str, *, language: str = "es", email: str = "ana@example.com") -> Visitor:
    """Return a visitor with the first account, made if there is none."""
    visitor = Visitor(home, language=language)
    if "/first/" in visitor.get("/").address:
        form = {"name": "Ana Pérez", "email": email, "password": PASSWORD, "team": "CX"}
        visitor.post("/first/", form)
    else:
        visitor.post("/sign-in/", {"login": email, "password": PASSWORD})
    assert visitor.get("/").address == f"{visitor.home}/", "nobody is signed in"
    return visitor


@dataclass(frozen=True, slots=True)
class Door:
    """One address, the page it is of, and whether somebody without an account opens it."""

    page: str
    address: str
    stranger: bool = False


STRANGERS = ("account_login", "account_reset", "shared", "join", "socialaccount", "openid")
"""Pages that are for who has not signed in, by how their names begin."""


def doors(ana: Visitor, *, map: str | None = None) -> Iterator[Door]:
    """
    Give every address of the app, with what Ana can put in it: what is missing is made first.

    Of a question there is one address each, and of a file one each form. Without a *map* named it
    is the first there is, or one is started from a finished one.
    """
    from django.urls import reverse

    from trayecto.web.pages.questions import QUESTIONS
    from trayecto.web.urls import urlpatterns

    parts = _parts(ana, map or _a_map(ana))
    parts["question"] = tuple(QUESTIONS)
    for pattern in urlpatterns:
        name = str(pattern.name)
        wanted = list(pattern.pattern.regex.groupindex)
        for values in product(*(parts.get(f"{name}.{part}") or parts[part] for part in wanted)):
            address = reverse(name, kwargs=dict(zip(wanted, values, strict=True)))
            query = parts.get(f"{name}?", ("",))
            for asked in query:
                yield Door(name, address + asked, name.startswith(STRANGERS))


def _a_map(ana: Visitor) -> str:
    """Return a map that there is, or one just started."""
    if listed := re.search(r'href="/maps/([\w-]+)/"', _table(ana.get("/").text)):
        return listed[1]
    return _last(ana.post("/maps/new/", {"template": "empty"}).address)


def _table(page: str) -> str:
    """Return the first table of a page, if it has any."""
    found = re.search("<tbody>.*?</tbody>", page, re.DOTALL)
    return found[0] if found else ""


def _parts(ana: Visitor, map: str) -> dict[str, tuple[str, ...]]:
    """Make one of everything that an address may name, and return what to put in addresses."""
    at = f"/maps/{map}"
    said = ana.post(f"{at}/comments/", {"text": "¿Y la espera?"}).text
    shared = ana.post(f"{at}/share/", {"days": "7"}).text
    invited = ana.post("/team/", {"email": f"n{token_hex(3)}@example.com", "role": "1"}).text
    rows = "fecha;cliente;evento;canal\n" + "2026-01-02 10:00;c1;visita;web\n" * 3
    arrival = ana.post("/data/import/", {"source": "paseo"}, file=rows.encode()).address
    found = _CODE.search(ana.post("/people/", {"search": "1"}).text)
    person = found[1] if found else "p00000000000000ff"
    # What a workspace without data or drawings has none of is asked for as nobody knows it.
    touchpoint = _any(r'data-touchpoint="([^"]+)"', ana.get(f"{at}/").text)
    node = _any(r'data-node="([^"]+)"', ana.get("/nodes/").text)
    asked = urlencode({"node": node})
    source = _any(r"data/source/\?name=([^\"]+)", ana.get("/data/").text)
    library = f"casa{token_hex(3)}"
    ana.post("/library/", {"start": "1", "short": library})
    item = ana.post("/library/", {"library": library, "kind": "persona", "name": "Luz"}).address
    return {
        "library": (library,), "what": ("persona",), "item": (item.rstrip("/").split("/")[-1],),
        "source?": (f"?name={source}",), "node_rules?": ("", "?view=text"),
        "map": (map,), "number": ("1",), "draft": (_last(ana.post("/maps/guided/", {}).address),),
        "given": ("guessed",), "uidb36": ("1",), "key": ("x-y",), "person": (person,),
        "provider_id": ("guessed",),
        "comment": (_first(r"/comments/(\d+)/", said),), "session": ("0",),
        "share": (_first(r"/share/(\d+)/", shared),), "token": ("guessed",),
        "shared.token": (_first(r"/s/([\w-]+)/", shared),),
        "join.token": (_first(r"/join/([\w-]+)/", invited),),
        "member": ("1",), "invitation": (_first(r"/invitations/(\d+)/", invited),),
        "arrival": (_first(r"/data/import/([\w-]+)/", arrival),),
        "job": (_first(r"job=([\w-]+)", arrival),), "arrival?": (f"?{arrival.split('?')[-1]}",),
        "take.kind": ("yaml", "svg", "png", "pdf", "xlsx", "pptx", "csv", "json", "html", "mmd"),
        "take_answer.kind": ("svg", "png", "xlsx", "csv", "json"),
        "part?": (f"?part=touchpoint:{quote(touchpoint)}", "?part=map"),
        "nodes_part?": (f"?{asked}",), "people?": ("", f"?{asked}"),
    }  # fmt: skip


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, f"nothing like {pattern} on the page"
    return found[1]


def _any(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else "nobody-knows"


def _last(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]
