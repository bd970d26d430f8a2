"""What the pictures that rank things say, in both languages."""

from __future__ import annotations

from trayecto.vocabulary.text import Text

MORE = Text(en="and {n} more", es="y {n} más")

VARIANTS = Text(en="What most people do", es="Lo que hace la mayoría")
VARIANTS_SUBTITLE = Text(
    en="{n} {who} took {m} different paths, from their first step to their last",
    es="{n} {who} siguen {m} caminos distintos, desde su primer paso hasta el último",
)
VARIANT_FIGURES = Text(
    en="{n} · {share} · so far {so_far}", es="{n} · {share} · acumulado {so_far}"
)
VARIANTS_FOOT = Text(
    en="Bars: share of all. Beside them: how many, their share, and the share of this path and "
    "those above it.",
    es="Barras: parte del total. Al lado: cuántos, su parte, y la parte de este camino y los "
    "anteriores.",
)

SESSIONS = Text(en="Where sessions begin and end", es="Dónde empiezan y acaban las sesiones")
SESSIONS_SUBTITLE = Text(
    en="{n:session|sessions} of {m} {who}; median {steps:step|steps} and {time}; {one} are a "
    "single step · "
    "a gap longer than {gap} ends a session",
    es="{n:sesión|sesiones} de {m} {who}; mediana de {steps:paso|pasos} y {time}; el {one} son "
    "de un solo "
    "paso · un intervalo mayor de {gap} termina la sesión",
)
SESSION_FIGURES = Text(en="{begin} begin · {end} end", es="empieza el {begin} · acaba el {end}")
SESSIONS_FOOT = Text(
    en="Bars: share of all sessions that begin at the node.",
    es="Barras: parte de todas las sesiones que empieza en el nodo.",
)

EXITS = Text(en="Where people leave", es="Dónde se va la gente")
EXITS_SUBTITLE = Text(
    en="Of {n} {who}, {left} left and {open} may still come back · left: no step for {silence}",
    es="De {n} {who}, {left} se han ido y {open} aún pueden volver · irse: {silence} sin dar un "
    "paso",
)
EXIT_FIGURES = Text(
    en="{share} · {left} of {people} · after {time}",
    es="{share} · {left} de {people} · tras {time}",
)
EXITS_FOOT = Text(
    en="Bars: of those who met the node and are not open, the share that left from it, with its "
    "95% interval. After: the median time from their first step.",
    es="Barras: de quienes pasan por el nodo y no siguen en curso, la parte que se va desde él, "
    "con su intervalo del 95 %. Tras: el tiempo mediano desde su primer paso.",
)

INFLUENCE = Text(en="What leads to “{goal}”", es="Qué lleva a «{goal}»")
INFLUENCE_SUBTITLE = Text(
    en="{n} of {m} {who} reach it, {direct} of them directly",
    es="Llegan {n} de {m} {who}; {direct}, directamente",
)
CREDIT_FIGURES = Text(
    en="{lost} · first {first} · last {last} · Shapley {shapley}",
    es="{lost} · primero {first} · último {last} · Shapley {shapley}",
)
INFLUENCE_FOOT = Text(
    en="Bars: the part of the conversions that would be lost if the node led nowhere (Markov). "
    "Beside them: the conversions it gets as first step, as last, and as a fair share (Shapley).",
    es="Barras: la parte de las conversiones que se perdería si el nodo no llevara a ningún sitio "
    "(Markov). Al lado: las conversiones que le tocan como primer paso, como último y como reparto "
    "justo (Shapley).",
)

COMPARISON = Text(en="What differs from {first} to {second}", es="Qué cambia de {first} a {second}")
COMPARISON_SUBTITLE = Text(
    en="{n} and {m} {who}; {differ} of {all} differences are sure (p < 0.05, corrected)",
    es="{n} y {m} {who}; {differ} de {all} diferencias son seguras (p < 0,05, corregida)",
)
DIFFERENCE_FIGURES = Text(en="{first} → {second} · p {p}", es="{first} → {second} · p {p}")
COMPARISON_FOOT = Text(
    en="Bars: the second share less the first, with its 95% interval. Grey: not sure.",
    es="Barras: la segunda parte menos la primera, con su intervalo del 95 %. En gris: no es "
    "segura.",
)

MEMBERS = Text(en="Who was at {node}", es="Quién pasó por {node}")
MEMBERS_SUBTITLE = Text(en="{n} {who}, most often first", es="{n} {who}; primero, quien más veces")
MEMBER_FIGURES = Text(
    en="{n:time|times} · {since} – {until}", es="{n:vez|veces} · {since} – {until}"
)
MEMBERS_FOOT = Text(
    en="Bars: how often, beside who was there most. Nobody is named in a picture.",
    es="Barras: cuántas veces, comparado con quien más. En una imagen no se nombra a nadie.",
)

MOODS = Text(en="How people felt at each node", es="Cómo se siente la gente en cada nodo")
MOODS_SUBTITLE = Text(
    en="{n:node|nodes} where somebody said so; with fewer than {least:person|people} the level "
    "is unknown",
    es="{n:nodo|nodos} donde alguien lo dijo; con menos de {least:persona|personas} el nivel es "
    "desconocido",
)
MOOD_FIGURES = Text(en="{level} · {n:person|people}", es="{level} · {n:persona|personas}")
MOODS_FOOT = Text(
    en="Bars: the mean level from −1 (bad) to 1 (good), one person one voice, with its 95% "
    "interval.",
    es="Barras: el nivel medio, de −1 (mal) a 1 (bien), una persona una voz, con su intervalo del "
    "95 %.",
)
