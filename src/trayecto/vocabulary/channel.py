"""The channels a customer may meet us on: name in both languages, and where it takes place."""

from __future__ import annotations

from typing import Literal, get_args

from trayecto.vocabulary.text import Text, capital, same

Place = Literal["online", "offline"]
PLACES: tuple[Place, ...] = get_args(Place)

CHANNELS: dict[str, Text] = {
    "web": Text(en="Web", es="Web"),
    "app": Text(en="App", es="App"),
    "email": Text(en="E-mail", es="Correo electrónico"),
    "sms": Text(en="SMS", es="SMS"),
    "whatsapp": Text(en="WhatsApp", es="WhatsApp"),
    "chat": Text(en="Chat", es="Chat"),
    "phone": Text(en="Phone", es="Teléfono"),
    "social": Text(en="Social media", es="Redes sociales"),
    "face_to_face": Text(en="Face to face", es="Cara a cara"),
    "store": Text(en="Store", es="Tienda"),
    "post": Text(en="Post", es="Correo postal"),
    "self_service": Text(en="Self-service", es="Autoservicio"),
    "advert": Text(en="Advert", es="Anuncio"),
    "partner": Text(en="Partner", es="Socio"),
    "internal": Text(en="Internal system", es="Sistema interno"),
    "unknown": Text(en="Unknown channel", es="Canal desconocido"),
}


def channel_name(code: str) -> Text:
    """
    Return what a channel is called; one that is not ours keeps its own word.

    >>> channel_name("store").es, channel_name("mensajero").es
    ('Tienda', 'Mensajero')
    """
    return CHANNELS.get(code) or same(capital(code))


PLACE_OF: dict[str, Place] = {
    **dict.fromkeys(("web", "app", "email", "sms", "whatsapp", "chat", "social"), "online"),
    **dict.fromkeys(("phone", "face_to_face", "store", "post"), "offline"),
}
"""Where a channel takes place, unless a node rule says otherwise; the others may be either."""
