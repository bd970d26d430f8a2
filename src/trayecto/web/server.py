"""One process for one workspace: Django's pages behind an ASGI door, set up when it starts."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, cast

from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text
from trayecto.workspace import Workspace

_PROJECT = "trayecto.web.settings"
_NOT_SERVED = ["htmax-*", "htmx-4*", "htmx-2.js", "ext", "*.ttf", "*.json", "README.md", "mfa"]
"""What lies beside our files and no page asks for: to compress it took most of a first start."""


def prepare(workspace: Workspace) -> None:
    """Make the app's folder, key, tables and static files ready; safe to repeat."""
    os.environ["TRAYECTO_WORKSPACE"] = str(workspace.folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = _PROJECT
    folder = workspace.folder / "web"
    try:
        (folder / "incoming").mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise TrayectoError(
            Problem(
                Text(
                    en=f"The app cannot keep its data here: {error.strerror}.",
                    es=f"La aplicación no puede guardar aquí sus datos: {error.strerror}.",
                ),
                file=str(folder),
            )
        ) from error
    import django
    from django.core.management import call_command
    from django.db import OperationalError

    from trayecto.web import environment

    django.setup()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise environment.unreachable(error) from error
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=_NOT_SERVED)
    _no_factor_left_out()


def _no_factor_left_out() -> None:
    """Refuse to serve people with a second factor where nobody could ask for it."""
    from django.conf import settings
    from django.db import connection

    table = "mfa_authenticator"
    if settings.SECOND_FACTOR or table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        held = cursor.fetchone()
    if held and held[0]:
        raise TrayectoError(
            Problem(
                Text(
                    en="Some accounts sign in with a second factor, and what asks for it is not "
                    "installed.",
                    es="Algunas cuentas entran con un segundo factor y lo que lo pide no está "
                    "instalado.",
                ),
                Text(en="Install trayecto[accounts].", es="Instala trayecto[accounts]."),
            )
        )


def way_in(at: str) -> str:
    """Return an address that signs its first visitor in, once, and leads to *at*: for the demo."""
    from trayecto.web.entering import ticket

    return f"/enter/{ticket(at)}/"


def door() -> Callable[..., Any]:
    """Return the ASGI app: Django's pages run as WSGI in threads, which is four times faster."""
    from a2wsgi import WSGIMiddleware
    from django.core.wsgi import get_wsgi_application

    return WSGIMiddleware(cast(Any, get_wsgi_application()), workers=16)


def serve(workspace: Workspace, *, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve a workspace until it is interrupted; *ready* is told the address to open."""
    import uvicorn

    prepare(workspace)

    class Server(uvicorn.Server):
        """Say when the door is open, and at which address."""

        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            if self.started:
                bound = self.servers[0].sockets[0].getsockname()[1]
                ready(f"http://{host}:{bound}/")

    config = uvicorn.Config(
        door(), host=host, port=port, log_level="warning", access_log=False, server_header=False,
        lifespan="off", proxy_headers=bool(os.environ.get("TRAYECTO_HOSTS")),
        forwarded_allow_ips=os.environ.get("TRAYECTO_PROXY") or "127.0.0.1",
    )  # fmt: skip
    Server(config).run()
