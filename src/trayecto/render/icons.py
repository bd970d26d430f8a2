"""Line icons, drawn by hand around the origin on one grid of 14 by 14 with one stroke."""

from __future__ import annotations

from trayecto.render.palette import INK
from trayecto.render.svg import Canvas

STROKE = 1.3

CHANNEL_ICONS: dict[str, str] = {
    "web": "M-6-5.5H6Q7-5.5 7-4.5V4.5Q7 5.5 6 5.5H-6Q-7 5.5-7 4.5V-4.5Q-7-5.5-6-5.5ZM-7-2.2H7"
    "M-5-3.9H-4.9M-3-3.9H-2.9",
    "app": "M-3-7H3Q4-7 4-6V6Q4 7 3 7H-3Q-4 7-4 6V-6Q-4-7-3-7ZM-1 4.8H1",
    "email": "M-6-5H6Q7-5 7-4V4Q7 5 6 5H-6Q-7 5-7 4V-4Q-7-5-6-5ZM-6.6-4.4L0 1L6.6-4.4",
    "sms": "M-6-6H6Q7-6 7-5V2Q7 3 6 3H-1L-4.5 6.3V3H-6Q-7 3-7 2V-5Q-7-6-6-6Z"
    "M-3.2-1.5H-3.1M-.05-1.5H.05M3.1-1.5H3.2",
    "whatsapp": "M-6.6 6.6L-5.5 2.9A6.4 6.4 0 1 1-2.9 5.6Z"
    "M-2.2-3Q-3-2.2-2.2-.6Q-1 1.7 1.1 2.5Q2.4 2.9 3 1.9L1.5.8L.6 1.4"
    "Q-.8.7-1.4-.7L-.8-1.5L-1.5-3.2Z",
    "chat": "M-6-6.5H2Q3-6.5 3-5.5V-1.5Q3-.5 2-.5H-3L-5.5 1.8V-.5H-6Q-7-.5-7-1.5V-5.5Q-7-6.5-6-6.5Z"
    "M5-3.2H6Q7-3.2 7-2.2V2.6Q7 3.6 6 3.6H5.4V6.2L2.8 3.6H-.4Q-1.2 3.6-1.4 2.8",
    "phone": "M-3.6-6.4L-5.4-5.6Q-6.8-4.8-6.2-2.6Q-4.6 3.2 2 6.2Q4.4 7.2 5.4 5.4L6.4 3.6L3 1.4"
    "L1.4 2.8Q-1.4 1.4-2.6-1.6L-1.2-3Z",
    "social": "M6.2-4.4A2.2 2.2 0 1 1 1.8-4.4A2.2 2.2 0 1 1 6.2-4.4Z"
    "M-2-0A2.2 2.2 0 1 1-6.4 0A2.2 2.2 0 1 1-2 0ZM6.2 4.4A2.2 2.2 0 1 1 1.8 4.4A2.2 2.2 0 1 1"
    " 6.2 4.4ZM-2.3-1L2-3.4M-2.3 1L2 3.4",
    "face_to_face": "M-1.4-4A2.3 2.3 0 1 1-6-4A2.3 2.3 0 1 1-1.4-4ZM6-4A2.3 2.3 0 1 1 1.4-4"
    "A2.3 2.3 0 1 1 6-4ZM-7 5.8V2.6Q-7 .4-4.8.4H-2.6Q-.4.4-.4 2.6V5.8M.4 5.8V2.6Q.4.4 2.6.4H4.8"
    "Q7 .4 7 2.6V5.8",
    "store": "M-5.4-6H5.4L7-2.2Q7 0 4.7 0Q2.3 0 2.3-2.2Q2.3 0 0 0Q-2.3 0-2.3-2.2Q-2.3 0-4.7 0"
    "Q-7 0-7-2.2ZM-5.6 0V6.4H5.6V0M-1.6 6.4V2.8H1.8V6.4",
    "post": "M-6-5H6Q7-5 7-4V4Q7 5 6 5H-6Q-7 5-7 4V-4Q-7-5-6-5ZM2.4-3H5V-.2H2.4ZM-4.8.4H-1"
    "M-4.8 2.6H.6",
    "self_service": "M-5-7H5V2H-5ZM0 2V6.6M-3.4 6.6H3.4M-1.9-2.6L-.5-1.2L2.1-3.9",
    "advert": "M-6.6-2.2L4.6-6.4V6L-6.6 2ZM-4.4 2.8L-3.4 6.4H-.6L-1.4 3.9M4.8-1.8Q7 .1 4.8 1.6",
    "partner": "M1.8 0A4.3 4.3 0 1 1-6.8 0A4.3 4.3 0 1 1 1.8 0ZM6.8 0A4.3 4.3 0 1 1-1.8 0"
    "A4.3 4.3 0 1 1 6.8 0Z",
    "internal": "M-6.4-6H6.4V-.9H-6.4ZM-6.4.9H6.4V6H-6.4ZM-4-3.45H-3.9M-4 3.45H-3.9M.6-3.45H4"
    "M.6 3.45H4",
    "unknown": "M-3.2-2.9A3.2 3.2 0 1 1 1.3 0Q0 .7 0 2.4M0 5.6V5.7",
}
"""One icon a channel of `vocabulary.channel`; no icon stands without its word."""

STAR = "M0-8L2.3-2.7L8-2.2L3.7 1.6L5 7.2L0 4.2L-5 7.2L-3.7 1.6L-8-2.2L-2.3-2.7Z"
"""Moment of truth."""
BOLT = "M2-9L-6 1.6H-.8L-2 9L6-1.6H.8Z"
"""Moment of pain."""
FORK = "M-7 0H-3Q0 0 2-3Q3.4-5 7-5M-3 0Q0 0 2 3Q3.4 5 7 5"
"""Voting point: stay or leave."""
BULB = "M-2.2 3.2Q-2.2 1.8-3.4.6A4.6 4.6 0 1 1 3.4.6Q2.2 1.8 2.2 3.2ZM-1.8 5.2H1.8M-.9 7H.9"
"""Opportunity."""


def icon(channel: str) -> str:
    """Return the channel's icon as a path; the question mark for a channel we do not know."""
    return CHANNEL_ICONS.get(channel, CHANNEL_ICONS["unknown"])


def draw_icon(
    canvas: Canvas, d: str, at: tuple[float, float], *, stroke: str = INK, scale: float = 1
) -> None:
    """Draw a line icon; the stroke stays the same at any scale."""
    canvas.path(d, at=at, scale=scale, stroke=stroke, width=round(STROKE / scale, 2))


def draw_mark(
    canvas: Canvas, d: str, at: tuple[float, float], *, fill: str, scale: float = 1
) -> None:
    """Draw a filled mark: the star or the bolt."""
    canvas.path(d, at=at, scale=scale, fill=fill)
