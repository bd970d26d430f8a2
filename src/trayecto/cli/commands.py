"""
All commands, a module for each part of the story.

Each command makes one call to `flow`, which it imports late so that --help is quick.
"""

from trayecto.cli import ask, data, maps
from trayecto.cli.options import app

__all__ = ["app", "ask", "data", "maps"]
