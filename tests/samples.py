"""Maps and measures to draw: a designed journey, the same measured, and as many more as needed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from trayecto.contrast.findings import Finding
from trayecto.contrast.measured import (
    Coverage,
    Measured,
    Passage,
    ScoreMeasure,
    StageMeasure,
    Times,
    Totals,
    TouchpointMeasure,
    UndrawnNode,
)
from trayecto.maps.document import (
    BackStage,
    Boundaries,
    Emotion,
    JourneyMap,
    Moment,
    NodeRule,
    Protagonist,
    Stage,
    Touchpoint,
    VotingPoint,
)
from trayecto.render.svg import Box
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.estimate import Estimate, mean, share, unknown
from trayecto.vocabulary.text import NOTHING, Text, same

DAY = 86_400.0


def days(n: float) -> timedelta:
    return timedelta(days=n)


FIBRE = JourneyMap(
    id="fibra",
    title=Text(en="Joining fibre and mobile", es="Alta de fibra y móvil"),
    question=Text(
        en="Why does one new customer in five leave before being installed?",
        es="¿Por qué uno de cada cinco clientes nuevos se va antes de estar instalado?",
    ),
    objective=Text(
        en="Cut the time from signing to service to twelve days and keep nine customers in ten.",
        es="Bajar a doce días el tiempo de la firma al servicio y conservar a nueve de cada diez.",
    ),
    scope=Text(
        en="Homes, from the first advert to the first bill; moves are another map.",
        es="Hogares, del primer anuncio a la primera factura; las mudanzas van en otro mapa.",
    ),
    owner=Text(en="Customer experience", es="Experiencia de cliente"),
    version="7",
    status="approved",
    review=date(2026, 9, 1),
    protagonist=Protagonist(
        name=same("Lucía Márquez, 34"),
        about=Text(en="decides at home, works from there", es="decide en casa y teletrabaja"),
        needs=Text(
            en="to know the day the technician comes", es="saber qué día viene el técnico"
        ),
        prefers=("whatsapp", "store"),
        evidence=Text(en="12 interviews, 1,900 surveys", es="12 entrevistas, 1900 encuestas"),
    ),
    journeys=Boundaries(noun=Text(en="sign-ups", es="altas")),
    stages=(
        Stage(
            "descubrir",
            Text(en="Discovery", es="Descubrimiento"),
            goal=Text(en="Find who serves her street", es="Saber quién llega a su calle"),
            question=Text(
                en="Who gives me fibre and mobile without surprises?",
                es="¿Quién me da fibra y móvil sin sorpresas?",
            ),
            target=days(3),
            touchpoints=(
                Touchpoint(
                    "anuncio", Text(en="Advert", es="Anuncio"), "descubrir", "advert",
                    "communication", "company", area=same("Marketing"),
                    emotion=Emotion(0.05, Text(en="indifferent", es="indiferente")),
                    nodes=(NodeRule(("ad*",)),),
                ),
                Touchpoint(
                    "buscador", Text(en="Search engine", es="Buscador"), "descubrir", "web",
                    action=Text(
                        en="Looks for “fibre no contract”",
                        es="Busca «fibra sin permanencia»",
                    ),
                    thought=Text(en="They all promise the same", es="Todas prometen lo mismo"),
                    emotion=Emotion(0.2, Text(en="curious", es="con curiosidad")),
                    nodes=(NodeRule(("search*",)),),
                ),
            ),
            back_stage=(
                BackStage(
                    same("Marketing"),
                    Text(en="Segments and bids every morning", es="Segmenta y puja cada mañana"),
                    same("Ads"),
                ),
            ),
        ),
        Stage(
            "comparar",
            Text(en="Comparison", es="Comparación"),
            goal=Text(en="Understand what she would pay", es="Entender qué pagaría de verdad"),
            question=Text(
                en="What does each plan really include?", es="¿Qué incluye de verdad cada tarifa?"
            ),
            target=days(7),
            touchpoints=(
                Touchpoint(
                    "tarifas", Text(en="Plans page", es="Web de tarifas"), "comparar", "web",
                    area=Text(en="Product", es="Producto"),
                    action=Text(
                        en="Puts three plans side by side",
                        es="Pone tres tarifas una junto a otra",
                    ),
                    thought=Text(
                        en="What is in the small print?",
                        es="¿Qué esconde la letra pequeña?",
                    ),
                    emotion=Emotion(0.3, Text(en="hopeful", es="con esperanza")),
                    moment=Moment(
                        "pain",
                        Text(
                            en="14 lines of small print hide the final price",
                            es="14 líneas de letra pequeña esconden el precio final",
                        ),
                        Text(
                            en="One price, everything in it",
                            es="Un solo precio, con todo dentro",
                        ),
                    ),
                    vote=VotingPoint(
                        Text(en="asks or signs", es="pregunta o contrata"),
                        Text(en="does not come back", es="no vuelve"),
                        days(7),
                    ),
                    nodes=(NodeRule(("plans*",)),),
                ),
                Touchpoint(
                    "duda", Text(en="Question by WhatsApp", es="Duda por WhatsApp"), "comparar",
                    "whatsapp", "communication", area=Text(en="Sales", es="Ventas"),
                    emotion=Emotion(0.5, Text(en="listened to", es="atendida")),
                    moment=Moment(
                        "truth",
                        Text(
                            en="Whoever asks here signs 2.3 times as often",
                            es="Quien pregunta aquí contrata 2,3 veces más",
                        ),
                    ),
                    within=timedelta(hours=4),
                    nodes=(NodeRule(("whatsapp*",)),),
                ),
                Touchpoint(
                    "tienda", Text(en="Store visit", es="Visita a la tienda"), "comparar", "store",
                    "communication", area=Text(en="Stores", es="Tiendas"), optional=True,
                    emotion=Emotion(0.5, Text(en="at ease", es="tranquila")),
                    nodes=(NodeRule(("store*",)),),
                ),
            ),
            back_stage=(
                BackStage(
                    Text(en="Product", es="Producto"),
                    Text(
                        en="Plan sheet: 14 small prints",
                        es="Ficha de tarifas: 14 letras pequeñas",
                    ),
                    same("PIM"),
                    hurts=True,
                ),
            ),
            opportunity=Text(
                en="Offer the WhatsApp question inside the plans page",
                es="Ofrecer la duda por WhatsApp dentro de la web de tarifas",
            ),
        ),
        Stage(
            "contratar",
            Text(en="Signing", es="Contratación"),
            goal=Text(en="Sign once, without papers", es="Firmar una vez y sin papeles"),
            question=Text(
                en="Did I get it right? When do they install it?",
                es="¿He acertado? ¿Cuándo me lo instalan?",
            ),
            target=days(1),
            touchpoints=(
                Touchpoint(
                    "contrato", Text(en="Contract", es="Contrato"), "contratar", "store",
                    area=Text(en="Stores", es="Tiendas"),
                    action=Text(en="Signs on the tablet", es="Firma en la tableta"),
                    emotion=Emotion(0.6, Text(en="decided", es="decidida")),
                    nodes=(NodeRule(("contract*",)),),
                ),
                Touchpoint(
                    "cobertura", Text(en="Coverage check", es="Verificación de cobertura"),
                    "contratar", "internal", initiates="company", side="back",
                    area=Text(en="Network", es="Red"), nodes=(NodeRule(("coverage*",)),),
                ),
                Touchpoint(
                    "bienvenida", Text(en="Welcome e-mail", es="Correo de bienvenida"), "contratar",
                    "email", "communication", "company", area=Text(en="CRM", es="CRM"),
                    emotion=Emotion(0.5, Text(en="confident", es="confiada")),
                    within=timedelta(hours=1), nodes=(NodeRule(("welcome*",)),),
                ),
            ),
            back_stage=(
                BackStage(
                    Text(en="Sales", es="Ventas"),
                    Text(
                        en="Checks coverage (automatic, 4 s)",
                        es="Verifica cobertura (automático, 4 s)",
                    ),
                    same("CRM"),
                ),
            ),
        ),
        Stage(
            "instalar",
            Text(en="Installation", es="Instalación"),
            goal=Text(en="Surf from the first visit", es="Navegar desde la primera visita"),
            question=Text(
                en="Will the technician come when he said?", es="¿Vendrá el técnico cuando dijo?"
            ),
            target=days(5),
            touchpoints=(
                Touchpoint(
                    "cita", Text(en="Appointment by SMS", es="Cita por SMS"), "instalar", "sms",
                    "communication", "company", area=Text(en="Operations", es="Operaciones"),
                    emotion=Emotion(0.4, Text(en="waiting", es="a la espera")),
                    within=days(1), nodes=(NodeRule(("sms*",)),),
                ),
                Touchpoint(
                    "tecnico", Text(en="Technician at home", es="Técnico en casa"), "instalar",
                    "face_to_face", "action", "company", area=Text(
                        en="Operations",
                        es="Operaciones",
                    ),
                    action=Text(en="Stays home all morning", es="Se queda en casa toda la mañana"),
                    thought=Text(
                        en="Third time I ask for a day off for nothing",
                        es="Tercera vez que pido fiesta para nada",
                    ),
                    emotion=Emotion(0.7, Text(en="relieved", es="aliviada")),
                    moment=Moment(
                        "pain",
                        Text(
                            en="Nobody tells her when the visit moves",
                            es="Nadie le avisa cuando la cita cambia",
                        ),
                        Text(
                            en="Message at once, with two new times",
                            es="Aviso al momento, con dos horas a elegir",
                        ),
                    ),
                    vote=VotingPoint(
                        Text(en="waits for the visit", es="espera la visita"),
                        Text(en="cancels", es="cancela"),
                        days(5),
                    ),
                    within=days(5), nodes=(NodeRule(("visit*",)),),
                ),
            ),
            back_stage=(
                BackStage(
                    Text(en="Operations", es="Operaciones"),
                    Text(
                        en="Technicians’ diary: no notice when it changes",
                        es="Agenda de técnicos: sin aviso si cambia",
                    ),
                    same("FSM"),
                    hurts=True,
                ),
            ),
            opportunity=Text(en="Let her choose the hour", es="Dejar que elija la hora"),
        ),
        Stage(
            "usar",
            Text(en="Use and help", es="Uso y ayuda"),
            goal=Text(en="Forget that it exists", es="Olvidarse de que existe"),
            question=Text(en="Do they help me the first time?", es="¿Me ayudan a la primera?"),
            target=days(30),
            touchpoints=(
                Touchpoint(
                    "factura", Text(en="First bill", es="Primera factura"), "usar", "email",
                    "communication", "company", area=Text(en="Billing", es="Facturación"),
                    emotion=Emotion(0.2, Text(en="surprised", es="sorprendida")),
                    vote=VotingPoint(
                        Text(en="pays and stays", es="paga y se queda"),
                        Text(en="asks to leave", es="pide la baja"),
                        days(30),
                    ),
                    nodes=(NodeRule(("bill*",)),),
                ),
                Touchpoint(
                    "ayuda", Text(en="Help", es="Ayuda"), "usar", "phone", "communication",
                    area=Text(en="Contact centre", es="Atención"), optional=True, repeats=True,
                    emotion=Emotion(0.4, Text(en="helped", es="ayudada")),
                    nodes=(NodeRule(("help*",)),),
                ),
                Touchpoint(
                    "recomienda", Text(en="Recommends us", es="Nos recomienda"), "usar", "social",
                    emotion=Emotion(0.8, Text(en="proud", es="orgullosa")),
                    nodes=(NodeRule(("review*",)),),
                ),
            ),
            back_stage=(
                BackStage(
                    Text(en="Billing", es="Facturación"),
                    Text(
                        en="Part of the first month unexplained",
                        es="Prorrateo del primer mes sin explicar",
                    ),
                    same("ERP"),
                    hurts=True,
                ),
            ),
        ),
    ),
)  # fmt: skip
"""The map of the design study: Lucía joins a telecom operator."""


def passage(reached: int, onward: int, left: int, *, of: int) -> Passage:
    """Return how *reached* journeys of *of* passed a place; the rest of them are still open."""
    return Passage(
        interactions=reached + reached // 5,
        people=reached,
        reached=reached,
        onward=onward,
        left=left,
        still_open=reached - onward - left,
        reach=share(reached, of),
        onward_share=share(onward, onward + left).at_least(30),
        drop_off=share(left, onward + left).at_least(30),
    )


def times(median: float | None, p90: float | None, target: timedelta | None, n: int) -> Times:
    """Return times given in days, the median with an interval of a tenth to each side."""
    target_s = target.total_seconds() if target else None
    if median is None:
        return Times(unknown(n), None, target_s)
    middle = median * DAY
    estimate = Estimate(middle, middle * 0.9, middle * 1.1, n)
    return Times(estimate, p90 * DAY if p90 is not None else None, target_s)


_FELT = {
    "anuncio": (0.05, 410), "buscador": (0.21, 388), "tarifas": (-0.08, 902), "duda": (0.58, 640),
    "tienda": (0.46, 512), "contrato": (0.52, 700), "bienvenida": (0.30, 655), "cita": (0.10, 489),
    "tecnico": (-0.74, 512), "factura": (-0.34, 760), "ayuda": (0.12, 311),
}  # fmt: skip
_PASSED = {
    "anuncio": (9_800, 6_700, 3_000), "buscador": (8_900, 6_200, 2_500),
    "tarifas": (8_215, 4_390, 3_700), "duda": (2_600, 2_050, 500), "tienda": (1_900, 1_500, 380),
    "contrato": (4_390, 3_602, 700), "cobertura": (4_301, 3_590, 640),
    "bienvenida": (4_100, 3_500, 560), "cita": (3_602, 3_050, 400), "tecnico": (3_188, 2_700, 420),
    "factura": (3_120, 2_880, 150), "ayuda": (1_204, 1_100, 60), "recomienda": (0, 0, 0),
}  # fmt: skip
_WAITS = {
    "duda": (0.4, 1.9), "tienda": (2.2, 6.0), "bienvenida": (0.02, 0.08), "cita": (2.6, 7.0),
    "tecnico": (8.9, 26.0), "factura": (21.0, 30.0),
}  # fmt: skip
_STAGES = {
    "descubrir": ((12_480, 8_215, 4_100), (2.1, 6.0)),
    "comparar": ((8_215, 4_390, 3_700), (9.4, 24.0)),
    "contratar": ((4_390, 3_602, 700), (0.6, 2.2)),
    "instalar": ((3_602, 3_188, 380), (11.3, 26.0)),
    "usar": ((3_188, 2_880, 160), (30.0, 30.0)),
}


def _fibre_touchpoint(touchpoint: Touchpoint) -> TouchpointMeasure:
    reached, onward, left = _PASSED[touchpoint.id]
    felt = _FELT.get(touchpoint.id)
    wait = _WAITS.get(touchpoint.id, (None, None))
    return TouchpointMeasure(
        id=touchpoint.id,
        stage=touchpoint.stage,
        passage=passage(reached, onward, left, of=12_480),
        done=reached,
        skipped=reached // 7,
        repeated=reached // 11,
        wait=times(wait[0], wait[1], touchpoint.within, reached),
        felt=mean(felt[0], 0.9, felt[1]) if felt else unknown(),
        scores=(ScoreMeasure("csat", mean(3.9, 1.1, 512)),) if touchpoint.id == "ayuda" else (),
        channels=((touchpoint.channel, reached),) if reached else (),
        mix=((touchpoint.channel, share(reached, reached)),) if reached else (),
    )


FIBRE_MEASURED = Measured(
    map_id="fibra",
    since=datetime(2026, 3, 1, tzinfo=UTC),
    until=datetime(2026, 5, 31, tzinfo=UTC),
    sources=("web", "crm", "whatsapp", "fsm", "erp"),
    minimum=30,
    totals=Totals(
        12_480,
        12_480,
        3_188,
        8_088,
        1_204,
        share(3_188, 11_276),
        times(18.2, 41.0, days(12), 3_188),
    ),
    coverage=Coverage(214_806, 195_473, 12_888, 6_445, 310, share(195_473, 214_806)),
    stages=tuple(
        StageMeasure(
            stage.id,
            passage(*_STAGES[stage.id][0], of=12_480),
            times(*_STAGES[stage.id][1], stage.target, _STAGES[stage.id][0][0]),
        )
        for stage in FIBRE.stages
    ),
    touchpoints=tuple(_fibre_touchpoint(touchpoint) for touchpoint in FIBRE.touchpoints()),
    undrawn=(
        UndrawnNode("llamada: ¿dónde está el técnico?", "phone", 1_912, 684, "cita", "instalar"),
        UndrawnNode("web/baja", "web", 402, 230, "factura", "usar"),
        UndrawnNode("foro", "social", 96, 41, None, None),
    ),
    untouched=("recomienda",),
    unbound=(),
    ambiguous=(),
)

FIBRE_FINDINGS = (
    Finding(
        "undrawn", "cita",
        Text(
            en="684 people phone to ask where the technician is, and nobody drew it",
            es="684 personas llaman para saber dónde está el técnico, y nadie lo dibujó",
        ),
        Text(
            en="They feel at −1.5 there (n 512); those who call leave 2.4 times as often.",
            es="Ahí se sienten a −1,5 (n 512); quien llama se va 2,4 veces más.",
        ),
        684,
    ),
    Finding(
        "wait", "tecnico",
        Text(
            en="The technician takes 8.9 days, against 5 promised",
            es="El técnico tarda 8,9 días; prometimos 5",
        ),
        Text(
            en="Median 8.9 d (8.0–9.8), p90 26 d; 3,188 journeys.",
            es="Mediana 8,9 d (8,0–9,8), p90 26 d; 3188 trayectos.",
        ),
        3_188,
    ),
    Finding(
        "drop_off", "comparar",
        Text(
            en="Nearly half leave after comparing plans",
            es="Casi la mitad se va tras comparar tarifas",
        ),
        Text(en="46 % (45–47) of 8,090 do not come back.", es="El 46 % (45–47) de 8090 no vuelve."),
        3_700,
    ),
)  # fmt: skip

_WORDS = (
    "Solicitud", "Verificación", "de", "la", "cobertura", "Contratación", "Pago", "Recepción",
    "electroencefalografista", "Firma", "y", "entrega", "Desinstitucionalización", "Cita",
    "anticonstitucionalmente", "Aviso", "Reclamación", "a", "WhatsApp", "del", "técnico", "Alta",
)  # fmt: skip


def phrase(chance: Random, *, most: int) -> Text:
    """Return some words, the English ones shorter."""
    words = [chance.choice(_WORDS) for _ in range(chance.randint(1, most))]
    return Text(en=" ".join(words[: max(1, most - 1)]), es=" ".join(words))


def grown(stages: int, touchpoints: int, *, seed: int, full: float = 0.6) -> JourneyMap:
    """Return a map of any size; *full* is how likely each optional thing is told."""
    chance = Random(seed)
    counts = [touchpoints // stages + (place < touchpoints % stages) for place in range(stages)]
    return JourneyMap(
        id=f"grown-{seed}",
        title=phrase(chance, most=7),
        question=phrase(chance, most=16),
        objective=_maybe(chance, full, most=14),
        scope=_maybe(chance, full, most=14),
        owner=_maybe(chance, full, most=3),
        protagonist=Protagonist(
            phrase(chance, most=4), phrase(chance, most=9), phrase(chance, most=12),
            ("email", "chat", "self_service"), phrase(chance, most=8),
        ) if chance.random() < full else None,
        stages=tuple(_grown_stage(chance, place, n, full) for place, n in enumerate(counts)),
    )  # fmt: skip


def _maybe(chance: Random, likely: float, *, most: int) -> Text:
    return phrase(chance, most=most) if chance.random() < likely else NOTHING


def _grown_stage(chance: Random, place: int, touchpoints: int, full: float) -> Stage:
    code = f"s{place}"
    return Stage(
        code,
        phrase(chance, most=4),
        goal=_maybe(chance, full, most=10),
        question=_maybe(chance, full, most=10),
        target=days(chance.choice((0.1, 1, 5, 40, 400))) if chance.random() < full else None,
        touchpoints=tuple(_grown_touchpoint(chance, code, i, full) for i in range(touchpoints)),
        back_stage=tuple(
            BackStage(
                phrase(chance, most=2), phrase(chance, most=9), _maybe(chance, full, most=2),
                chance.random() < 0.4,
            )
            for _ in range(chance.randint(0, 2) if chance.random() < full else 0)
        ),
        opportunity=_maybe(chance, full / 2, most=12),
    )  # fmt: skip


def _grown_touchpoint(chance: Random, stage: str, place: int, full: float) -> Touchpoint:
    likely = full / 2
    return Touchpoint(
        f"{stage}-{place}",
        phrase(chance, most=5),
        stage,
        chance.choice(tuple(CHANNELS)),
        kind=chance.choice(("action", "communication")),
        initiates=chance.choice(("customer", "company")),
        side="back" if chance.random() < 0.1 else "front",
        area=_maybe(chance, full, most=2),
        action=_maybe(chance, likely, most=8),
        thought=_maybe(chance, likely, most=10),
        emotion=Emotion(round(chance.uniform(-1, 1), 2), _maybe(chance, full, most=2))
        if chance.random() < full + 0.2
        else None,
        within=days(chance.choice((0.05, 2, 30))) if chance.random() < full else None,
        optional=chance.random() < 0.3,
        moment=Moment(
            chance.choice(("truth", "pain")), phrase(chance, most=9), _maybe(chance, full, most=8)
        )
        if chance.random() < likely
        else None,
        vote=VotingPoint(
            phrase(chance, most=5), phrase(chance, most=5),
            days(7) if chance.random() < full else None,
        ) if chance.random() < likely else None,
    )  # fmt: skip


def measured(journey_map: JourneyMap, *, seed: int, heard: float = 0.6) -> Measured:
    """Return invented measures of a map; *heard* is how likely a touchpoint has an emotion."""
    chance = Random(seed)
    most = chance.choice((40, 2_000, 1_250_000))
    touchpoints = list(journey_map.touchpoints())
    ids = [touchpoint.id for touchpoint in touchpoints]
    untouched = tuple(code for code in ids if chance.random() < 0.1)
    unbound = tuple(code for code in ids if code not in untouched and chance.random() < 0.1)
    return Measured(
        map_id=journey_map.id,
        since=None,
        until=None,
        sources=("one", "two"),
        minimum=journey_map.minimum,
        totals=Totals(
            most, most // 2, most // 3, most // 3, most - 2 * (most // 3),
            share(most // 3, 2 * (most // 3)).at_least(journey_map.minimum),
            times(chance.choice((None, 0.2, 300)), 900, None, most // 3),
        ),
        coverage=Coverage(most * 9, most * 7, most, most, 0, share(most * 7, most * 9)),
        stages=tuple(
            StageMeasure(
                stage.id,
                _some_passage(chance, most),
                times(chance.choice((None, 0.01, 2, 55)), 120, stage.target, most // 2),
            )
            for stage in journey_map.stages
        ),
        touchpoints=tuple(
            _some_touchpoint(chance, t, 0 if t.id in untouched + unbound else most, heard)
            for t in touchpoints
        ),
        undrawn=tuple(
            UndrawnNode(
                phrase(chance, most=3).es, chance.choice(tuple(CHANNELS)), 90,
                chance.randint(1, most),
                chance.choice(ids) if ids and chance.random() < 0.7 else None,
                chance.choice(journey_map.stages).id if journey_map.stages else None,
            )
            for _ in range(chance.randint(0, 7))
        ),
        untouched=untouched,
        unbound=unbound,
        ambiguous=(),
    )  # fmt: skip


def _some_passage(chance: Random, most: int) -> Passage:
    reached = chance.randint(0, most)
    onward = chance.randint(0, reached)
    return passage(reached, onward, chance.randint(0, reached - onward), of=most)


def _some_touchpoint(
    chance: Random, touchpoint: Touchpoint, most: int, heard: float
) -> TouchpointMeasure:
    passed = _some_passage(chance, most)
    told = passed.reached and chance.random() < heard
    return TouchpointMeasure(
        touchpoint.id,
        touchpoint.stage,
        passed,
        passed.reached,
        chance.randint(0, most),
        chance.randint(0, passed.reached),
        times(chance.choice((None, 0.001, 3, 90)), 100, touchpoint.within, passed.reached),
        mean(chance.uniform(-1, 1), 0.8, chance.randint(30, 9_000)) if told else unknown(3),
        (),
        (),
    )


def collisions(boxes: list[Box]) -> list[tuple[str, str]]:
    """Return the pairs of words that share room."""
    ordered = sorted(boxes, key=lambda box: box.top)
    met = []
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.top >= one.bottom:
                break
            if one.meets(other):
                met.append((one.words, other.words))
    return met
