"""What customers write and say, as agents note it down: Spanish, hurried, with its typos."""

ASKED = (
    "¿Qué incluye la de 600 megas?",
    "¿Hay permanencia?",
    "Hola, ¿me podéis pasar el precio final?",
    "¿Puedo conservar mi número?",
    "¿Llega la fibra a mi calle? Es en un pueblo",
    "Buenas, ¿cuánto se queda cuando acaba la promo?",
    "¿El router va incluido?",
    "¿Y si me mudo dentro de tres meses?",
    "¿Se puede contratar solo fibra, sin móvil?",
)
NOBODY_CAME = (
    "Tercera vez que pido fiesta para nada",
    "Llevo toda la mañana esperando y no ha venido nadie",
    "Me dijeron de 9 a 14 y son las seis. Una vergüenza",
    "Nadie me avisa y nadie sabe nada, estoy harta",
    "He perdido otro día de trabajo por vuestra culpa",
    "¿Dónde está el técnico? Sin noticias",
    "Me habéis cambiado la cita sin decirme nada, fatal",
    "Quiero saber qué día vienen, por favor",
    "Cada persona me cuenta una cosa distinta, es desesperante",
)
GIVES_UP = (
    "Cancelo. Si empezáis así, no quiero ni pensar cómo seguirá",
    "Me quedo donde estaba, qué pérdida de tiempo",
    "No aguanto más, anulad la portabilidad",
    "Muy decepcionado, me vuelvo a mi compañía",
    "Cancelen el alta, nadie cumple lo que promete",
)
INVOICE = (
    "No entiendo el prorrateo",
    "Me cobráis más de lo que me dijeron en la tienda",
    "¿Por qué pago dos medios meses?",
    "La factura no cuadra con la oferta",
    "Me lo han explicado muy bien, gracias",
    "Pensaba que la instalación era gratis",
)
RECOMMENDS = (
    "Va como un tiro, encantada",
    "El técnico, un diez: amable y rápido",
    "Todo perfecto desde el primer día",
    "La fibra vuela, se lo he dicho a mi hermana",
    "Muy contento, por fin teletrabajo sin cortes",
)
REGRETS = (
    "Tres semanas para instalar una línea, un desastre",
    "Nadie cumple lo que promete",
    "La atención es lamentable, cada uno dice una cosa",
    "Me arrepiento de haberme cambiado",
    "El precio no es el que me dijeron, me siento engañada",
)
LIKES_IT = (
    "Mejor de lo que esperaba, la cámara es estupenda",
    "Llegó antes de lo previsto, genial",
    "Muy buena relación calidad-precio",
    "Perfecto para mi madre, se oye de maravilla",
    "Bien, aunque la batería dura lo justo",
    "Encantado, y el chico de la tienda, muy majo",
)
RETURNS = (
    "No es lo que esperaba por las fotos",
    "La pantalla venía rayada, qué decepción",
    "Es demasiado grande para mi mano",
    "No es compatible con mi router",
    "Me equivoqué de modelo, en la web no quedaba claro",
    "Se calienta muchísimo, no me fío",
)
WAITS_FOR_MONEY = (
    "Diez días esperando mi dinero, es indignante",
    "¿Cuándo me vais a devolver lo que pagué?",
    "Devolverlo fue fácil; cobrarlo, una pesadilla",
    "Nadie sabe decirme dónde está mi reembolso",
)
FAULTS = (
    "No tengo internet desde ayer por la noche",
    "La fibra se corta cada diez minutos",
    "El router tiene una luz roja y no arranca",
    "Sin línea y trabajo desde casa, es urgente",
    "Va lentísimo, no puedo ni abrir el correo",
    "Después de la tormenta no funciona nada",
    "La tele se ve a cuadros desde el lunes",
    "El wifi no llega a la habitación de mi hija",
    "Los dos móviles sin cobertura desde esta mañana",
    "No puedo cobrar con el datáfono",
)
STILL_WAITING = (
    "Llevo dos días sin internet y nadie me dice nada",
    "¿Cómo va lo mío? Sigo igual",
    "Otra vez tengo que contar lo mismo desde el principio, qué pesadilla",
    "Me dijeron 24 horas y van tres días",
    "Tengo la gestoría parada, estoy perdiendo clientes",
    "¿Viene alguien hoy o no? Estoy harto de esperar",
    "Sigo sin línea y sin noticias, fatal",
)
LEAVES = (
    "Dadme de baja, una semana sin línea es una vergüenza",
    "Me voy a otra compañía, se acabó",
    "Quiero la baja ya. Ni técnico, ni llamada, ni nada",
    "No vuelvo a contratar con vosotros",
)
NOT_SOLVED = (
    "Decís que está resuelto y sigue igual",
    "Ha durado una tarde y se ha vuelto a caer",
    "Otra vez sin internet, esto es una broma",
    "El técnico se fue y a la hora dejó de funcionar",
)
THANKS = (
    "Resuelto en una hora, muchas gracias",
    "La chica del teléfono, encantadora y clara",
    "El técnico fue muy amable y dejó todo funcionando",
    "Rápido y sin vueltas, genial",
    "Me lo arreglaron por WhatsApp en un momento, de diez",
)
BAD_SERVICE = (
    "Cuatro llamadas para una avería, lamentable",
    "Nadie me avisó de nada en cinco días",
    "Cada vez me atendía alguien distinto y había que empezar de cero",
    "Lo arreglaron, pero tarde y mal",
    "Muy mala atención, me sentí ignorada",
    "Bien el técnico, pero esperar tanto es inaceptable",
)
