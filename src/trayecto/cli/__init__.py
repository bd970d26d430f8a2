"""The command line: translate, make one call to flow, translate the answer."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; whatever goes wrong is said in words, never as a stack trace."""
    from trayecto.cli import show
    from trayecto.cli.commands import app
    from trayecto.cli.words import LANGUAGE, say
    from trayecto.vocabulary.errors import TrayectoError

    try:
        app()
    except TrayectoError as error:
        print(show.stopped(error, LANGUAGE), file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # The reader went away (`| head`); nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except PermissionError as error:
        print(
            say(
                f"{error.filename}: You may not read or write this. Nothing was changed; "
                "ask whoever owns it, or work in another folder.",
                f"{error.filename}: No tienes permiso para leer o escribir aquí. No se ha cambiado "
                "nada; pide permiso a quien lo administra o trabaja en otra carpeta.",
            ),
            file=sys.stderr,
        )
        sys.exit(2)
    except Exception as error:
        if os.environ.get("TRAYECTO_DEBUG"):
            raise
        fault = f"{type(error).__name__}: {error}"
        print(
            say(
                f"A fault of ours: {fault}\nYour data is as it was. "
                "Run again with TRAYECTO_DEBUG=1 and report what it prints.",
                f"Un fallo nuestro: {fault}\nTus datos siguen como estaban. "
                "Repítelo con TRAYECTO_DEBUG=1 y avísanos de lo que imprime.",
            ),
            file=sys.stderr,
        )
        sys.exit(1)
