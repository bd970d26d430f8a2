"""The channels a customer may meet us on, each with its name in both languages."""

from __future__ import annotations

from trayecto.vocabulary.text import Text

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
