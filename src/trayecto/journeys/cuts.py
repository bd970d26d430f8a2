"""The cuts that every map is measured by: SQL that says which journey belongs to which."""

from __future__ import annotations

from trayecto.lake.sql import literal

BY_CHANNEL = """
    select t.journey, n.channel as name
    from trail t join (select distinct channel_code, channel from nodes) n
      on n.channel_code = t.channel where t.opening"""
"""Journeys by the channel they began on."""


def by_month(zone: str) -> str:
    """Give journeys by the month they began in, in the calendar of *zone*."""
    return (
        f"select journey, strftime(first_at at time zone {literal(zone)}, '%Y-%m') as name "
        "from journey"
    )
