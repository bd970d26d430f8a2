"""Words of the list of people behind a figure of a map."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="The people behind a figure", es="Las personas que hay detrás de una cifra"),
    "people": Text(en="Journeys: {n} · people: {who}", es="Trayectos: {n} · personas: {who}"),
    "cases": Text(en="Journeys: {n} · cases: {who}", es="Trayectos: {n} · casos: {who}"),
    "case": Text(en="Case", es="Caso"),
    "journeys": Text(en="Journeys", es="Trayectos"),
    "back": Text(en="Back to the map", es="Volver al mapa"),
    "of": Text(en="Only: {whose}.", es="Solo: {whose}."),
    "reached": Text(en="who got here", es="quiénes llegan"),
    "onward": Text(en="who went on", es="quiénes siguen"),
    "left": Text(en="who left", es="quiénes se van"),
    "open": Text(en="who is still on the way", es="quiénes siguen en curso"),
    "repeated": Text(en="who came more than once", es="quiénes repiten"),
    "completed": Text(en="who completed it", es="quiénes llegan al final"),
    "done": Text(
        en="who did it where the map has it", es="quiénes lo hacen donde lo tiene el mapa"
    ),
    "skipped": Text(en="who skipped it", es="quiénes lo saltan"),
    "out_of_order": Text(en="who came out of order", es="quiénes pasan fuera de orden"),
    "again": Text(en="who came back unplanned", es="quiénes repiten sin que el mapa lo prevea"),
    "not_taken": Text(en="who did not take it", es="quiénes no lo usan"),
    "not_reached": Text(en="who has not reached it", es="quiénes no lo alcanzan"),
    "vote_cast": Text(en="who voted", es="quiénes votan"),
    "vote_stay": Text(en="who stayed, at the vote", es="quiénes se quedan, en la votación"),
    "vote_leave": Text(en="who left, at the vote", es="quiénes se van, en la votación"),
    "vote_neither": Text(
        en="who did neither in the time of the vote",
        es="quiénes ni se quedan ni se van en el plazo de la votación",
    ),
    "vote_undecided": Text(
        en="who is undecided, at the vote", es="quiénes están por decidir, en la votación"
    ),
    "felt_good": Text(
        en="who felt good, of those that are over", es="quiénes lo viven bien, de lo ya terminado"
    ),
    "good_kept": Text(
        en="who felt good and completed for good",
        es="quiénes lo viven bien y completan sin irse después",
    ),
    "good_lost": Text(
        en="who felt good and did not complete, or left after",
        es="quiénes lo viven bien y no completan o se van después",
    ),
    "bad_kept": Text(
        en="who felt bad and completed for good",
        es="quiénes lo viven mal y completan sin irse después",
    ),
    "bad_lost": Text(
        en="who felt bad and did not complete, or left after",
        es="quiénes lo viven mal y no completan o se van después",
    ),
    "felt_bad": Text(
        en="who felt bad, of those that are over", es="quiénes lo viven mal, de lo ya terminado"
    ),
    "late": Text(
        en="who waited too long, of those that are over",
        es="quiénes esperan de más, de lo ya terminado",
    ),
    "met_completed": Text(
        en="who met it and completed, of those compared",
        es="quiénes pasan y completan, de lo comparado",
    ),
    "met_left": Text(
        en="who met it and did not complete, of those compared",
        es="quiénes pasan y no completan, de lo comparado",
    ),
    "met_back": Text(
        en="who met it and came back later, of those compared",
        es="quiénes pasan y vuelven más adelante, de lo comparado",
    ),
    "met_not_back": Text(
        en="who met it and did not come back, of those compared",
        es="quiénes pasan y no vuelven, de lo comparado",
    ),
    "unmet_completed": Text(
        en="who took another step instead and completed, of those compared",
        es="quiénes dan otro paso y completan, de lo comparado",
    ),
    "unmet_left": Text(
        en="who took another step instead and did not complete, of those compared",
        es="quiénes dan otro paso y no completan, de lo comparado",
    ),
    "unmet_back": Text(
        en="who took another step instead and came back later, of those compared",
        es="quiénes dan otro paso y vuelven más adelante, de lo comparado",
    ),
    "unmet_not_back": Text(
        en="who took another step instead and did not come back, of those compared",
        es="quiénes dan otro paso y no vuelven, de lo comparado",
    ),
}
