"""The pages, a module for each part of the app. Importing them registers them."""

from trayecto.web.pages import (
    account,
    accounts,
    comments,
    data,
    editor,
    guide,
    home,
    maps,
    method,
    nodes,
    people,
    questions,
    segments,
    sharing,
    team,
    touchpoint,
)

__all__ = [
    "account",
    "accounts",
    "comments",
    "data",
    "editor",
    "guide",
    "home",
    "maps",
    "method",
    "nodes",
    "people",
    "questions",
    "segments",
    "sharing",
    "team",
    "touchpoint",
]
