"""How a text feels: examples a customer-experience person could read, and laws that always hold."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Sequence
from hashlib import md5
from math import fsum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import DATA, needs_data
from trayecto.emotion.inflect import folded
from trayecto.emotion.lexicon import Kind, lexicon, version
from trayecto.emotion.masking import masked
from trayecto.emotion.reading import levels, read
from trayecto.vocabulary.text import LANGUAGES, Language

LABELLED = Path(__file__).parent / "feelings"
NEUTRAL = 0.15
"""Closer to zero than this is neither good nor bad: the same line the picture draws."""


def level(text: str, language: Language | None = None) -> float:
    found = read(text, language=language).level
    assert found is not None, f"nothing heard in: {text}"
    return found


def rules_of(text: str, word: str) -> tuple[str, ...]:
    return next(w.rules for w in read(text).words if w.text == word)


# Negation


@pytest.mark.parametrize(
    ("plain", "negated"),
    [
        ("Me gusta", "No me gusta nada"),
        ("Es rápido", "No es rápido"),
        ("Lo recomiendo", "No lo recomiendo en absoluto"),
        ("Me ayudaron", "Nadie me ayudó"),
        ("It is good", "It is not good at all"),
        ("I recommend it", "I would not recommend it"),
        ("They were helpful", "They were never helpful"),
    ],
)
def test_a_negation_turns_what_is_good(plain: str, negated: str) -> None:
    assert level(plain) > 0 > level(negated)


@pytest.mark.parametrize(
    "text", ["No está nada mal", "Sin problemas", "Ninguna pega", "Not bad at all", "No complaints"]
)
def test_no_trouble_is_good_news(text: str) -> None:
    assert level(text) > 0


def test_not_bad_is_less_than_good() -> None:
    assert 0 < level("No es malo") < level("Es bueno")
    assert 0 < level("It was not terrible") < level("It was great")


def test_a_negation_does_not_reach_past_a_comma_or_an_and() -> None:
    assert level("No, está genial") > 0
    assert level("No es caro y funciona genial") > 0
    assert level("Not expensive, works great") > 0


def test_not_only_is_no_negation() -> None:
    assert level("No solo es rápido") > 0
    assert level("Not only fast but reliable") > 0


def test_that_nobody_answers_is_bad_and_that_somebody_did_says_nothing() -> None:
    assert level("No contestan") < 0
    assert read("Contestaron ayer").level is None


@pytest.mark.parametrize("text", ["Nunca más", "Never again", "Gracias por nada", "No hay manera"])
def test_some_phrases_mean_more_than_their_words(text: str) -> None:
    assert level(text) < -NEUTRAL


# What a negation refuses, instead of turning it


@pytest.mark.parametrize(
    "text",
    [
        "No puedo estar una semana sin línea",
        "No me puedo quedar sin línea",
        "No se puede trabajar sin conexión",
        "No nos podéis dejar sin teléfono",
        "No debería estar sin línea pagando",
        "No quiero quedarme sin línea otra vez",
        "No pienso estar otro mes sin internet",
        "Nadie puede vivir sin internet",
        "Tampoco puedo estar sin teléfono",
        "No sé por qué sigo sin línea",
        "No soporto estar sin internet",
        "No puedo aguantar esta lentitud",
        "No puedo seguir esperando",
        "No podéis subir el precio sin avisar",
        "No me podéis cobrar dos veces",
        "No tengo línea",
        "I can't be a week without a line",
        "You cannot leave me without a phone",
        "We could not work without internet",
        "I don't want to be left without service again",
        "Nobody can live without internet",
        "I can't stand the delays",
        "You can't charge me twice",
    ],
)
def test_what_cannot_or_must_not_be_is_a_complaint(text: str) -> None:
    assert level(text) < -NEUTRAL


@pytest.mark.parametrize(
    "text",
    [
        "No me he quedado sin línea",
        "No me han dejado sin línea",
        "Nunca me he quedado sin internet",
        "No he estado sin línea ni un minuto",
        "No puedo decir nada malo",
        "No puedo quejarme",
        "No puedo sacarle ningún defecto",
        "I have never been without internet",
        "They didn't leave me without a phone",
        "I can't say anything bad about them",
        "I could not find a single fault",
    ],
)
def test_what_did_not_happen_or_cannot_be_blamed_is_good_news(text: str) -> None:
    assert level(text) > NEUTRAL


def test_what_cannot_be_more_so_is_so_to_the_utmost() -> None:
    assert level("No podría estar más satisfecho") > level("Estoy satisfecho") > 0
    assert level("No puede ir peor") < level("Va peor") < 0
    assert level("Nobody could have been kinder") > 0 > level("I could not be more disappointed")


def test_a_spanish_double_negation_says_the_same_as_one() -> None:
    assert level("No me han puesto ninguna pega") == level("Ninguna pega") > 0
    assert level("No he tenido ni un problema") == level("Ni un problema") > 0


# Stronger and weaker


def test_words_before_and_after_make_it_stronger_or_weaker() -> None:
    assert level("muy bueno") > level("bueno") > level("un poco bueno")
    assert level("me gusta mucho") > level("me gusta")
    assert level("very slow") < level("slow") < level("a bit slow")


def test_endings_make_it_stronger_or_weaker() -> None:
    assert level("lentísimo") < level("lento")
    assert level("rapidísima") > level("rápida")
    assert level("un problema") < level("un problemilla") < 0
    assert rules_of("un problemilla", "problemilla") == ("small",)


def test_capitals_letters_drawn_out_and_exclamations_count() -> None:
    assert level("GENIAL el servicio") > level("genial el servicio")
    assert level("buenoooo") > level("bueno")
    assert level("Pésimo!!!") < level("Pésimo!") < level("Pésimo")


def test_little_of_something_good_is_bad() -> None:
    assert level("Poco claro") < 0 < level("Claro")


# But


def test_what_follows_but_weighs_more() -> None:
    assert level("El chico fue muy majo pero no me solucionó nada") < 0
    assert level("Tardó un poco, pero el resultado es estupendo") > 0
    assert level("It took a while, but the result is brilliant") > 0
    assert level("Slow but good") > level("Good but slow")


def test_although_at_the_beginning_concedes_and_in_the_middle_turns() -> None:
    assert level("Aunque es caro, funciona bien") > 0
    assert level("Funciona bien aunque es carísimo") < level("Funciona bien")


# What is no feeling


@pytest.mark.parametrize(
    "text",
    [
        "¿A qué hora abre la tienda?",
        "Buenos días, necesito una copia de la factura. Muchas gracias",
        "Quiero dar de baja la línea 600112233",
        "Me gustaría saber si tenéis cobertura",
        "What time does the store open?",
        "I would like to know the price, please. Thanks in advance",
        "Solicito el cambio de titular",
        "",
        "😶‍🌫️ 12345 ---",
    ],
)
def test_a_request_is_not_a_feeling(text: str) -> None:
    found = read(text).level
    assert found is None or abs(found) < NEUTRAL


def test_asking_about_a_problem_is_not_having_one() -> None:
    assert abs(level("¿Hay algún problema con mi pedido?")) < NEUTRAL
    assert level("Hay un problema con mi pedido") < -NEUTRAL


def test_thanks_count_beside_praise_and_not_beside_a_complaint() -> None:
    assert level("Todo perfecto, gracias") > level("Todo perfecto")
    assert level("No funciona, gracias") == level("No funciona")
    assert level("Gracias") > 0


def test_a_problem_that_was_solved_is_none() -> None:
    assert level("Me resolvieron el problema") > 0
    assert "settled" in rules_of("Me resolvieron el problema", "problema")
    assert level("No me resolvieron el problema") < 0


def test_neither_good_nor_bad_is_heard_as_neutral() -> None:
    assert level("Normal, ni bien ni mal") == 0
    assert read("Llamé el martes").level is None


# As people write


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pésima atención, averías y más averías", "pesima atencion, averias y mas averias"),
        ("Qué desilusión", "que desilusion"),
        ("I can’t recommend it", "I can't recommend it"),
    ],
)
def test_accents_and_quotes_make_no_difference(one: str, other: str) -> None:
    assert level(one) == level(other)


@pytest.mark.parametrize(
    "text",
    ["👍", "😍😍", ":)", "Todo ok ❤️", "10/10", "5 estrellas", "five stars", "cinco estrellas"],
)
def test_signs_and_marks_say_it_too(text: str) -> None:
    assert level(text) > 0


@pytest.mark.parametrize(
    "text", ["👎", "😡", ":(", "1/10", "una mierda", "1 estrella", "zero stars"]
)
def test_bad_signs_and_marks_too(text: str) -> None:
    assert level(text) < 0


@pytest.mark.parametrize(
    "text",
    ["Chévere", "Bacán el servicio", "Qué buena onda", "Está padrísimo", "Guay", "De puta madre"],
)
def test_words_of_spain_and_of_america_are_known(text: str) -> None:
    assert level(text) > 0


@pytest.mark.parametrize(
    "text",
    [
        "Me sale por un ojo de la cara",
        "Me han cobrado de más",
        "Llevo tres semanas esperando",
        "Me colgaron el teléfono",
        "Nadie me explicó la permanencia",
        "Aún no he recibido el reembolso",
        "You charged me twice",
        "I have been waiting for two weeks",
        "Total rip-off",
        "Costs an arm and a leg",
    ],
)
def test_complaints_need_no_adjective(text: str) -> None:
    assert level(text) < -NEUTRAL


def test_the_language_is_guessed_and_can_be_given() -> None:
    assert read("La atención es buena").language == "es"
    assert read("The service is good").language == "en"
    assert read("👍").language == "es"
    assert read("once", language="en").language == "en"


def test_each_word_says_what_it_gave_and_why() -> None:
    found = read("El chico fue majo, PERO no contestan")
    told = {word.text: (round(word.contribution, 2), word.rules) for word in found.words}
    # majo 0.5 × 0.5; contestan, negated −0.6 × 1.3; S = −0.53 ÷ √2; k·S = −0.468; ÷ √(1 + 0.219).
    assert told["majo"] == (0.2, ("word", "before_but"))
    assert told["contestan"] == (-0.62, ("word", "negated", "after_but"))
    assert told["no"] == (0.0, ("negates",))
    assert told["chico"] == (0.0, ())
    assert found.level == pytest.approx(-0.424, abs=0.001)


# Quality, against sentences labelled by hand


def labelled(language: Language) -> tuple[list[list[str]], list[list[str]]]:
    """Return the sentences that words were chosen by, and those kept aside from that."""
    with (LABELLED / f"{language}.tsv").open(encoding="utf-8", newline="") as rows:
        every = list(csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
    halves: tuple[list[list[str]], list[list[str]]] = ([], [])
    for row in every:
        halves[md5(row[1].encode(), usedforsecurity=False).digest()[0] % 2].append(row)
    return halves


def sort_of(text: str) -> str:
    found = read(text).level
    return "0" if found is None or abs(found) < NEUTRAL else "+" if found > 0 else "-"


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    scores = []
    for one in "+0-":
        both = sum(true == one == said for true, said in pairs)
        either = sum(true == one for true, _ in pairs) + sum(said == one for _, said in pairs)
        scores.append(2 * both / either)
    return fsum(scores) / 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_classes_of_customer_sentences_are_told_apart(language: Language) -> None:
    for half, floor in zip(labelled(language), (0.93, 0.88), strict=True):
        pairs = [(true, sort_of(text)) for true, text in half]
        assert len(pairs) > 80
        assert sum(true == said for true, said in pairs) / len(pairs) >= floor
        assert macro_f1(pairs) >= floor


@needs_data
def test_real_reviews_are_mostly_heard_right() -> None:
    file = DATA / "text_en" / "sentiment_labelled_sentences.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        every = [row for row in csv.DictReader(rows) if row["source"] == "amazon_cells"]
    heard = [(row["label"] == "1", found) for row in every if (found := read(row["text"]).level)]
    assert len(heard) / len(every) > 0.75
    assert sum((found > 0) == good for good, found in heard) / len(heard) > 0.88


# Laws


WORDS = sorted(
    word
    for of in LANGUAGES
    for word, sense in lexicon(of).book.items()
    if sense is not None and word.isascii() and word.isalpha()
)
PIECES = st.sampled_from(
    [*WORDS[::7], "no", "not", "muy", "very", "pero", "but", ",", ".", "?", "!", "¿", "👍", "de"]
)
SENTENCES = st.lists(PIECES, max_size=14).map(" ".join)


@given(st.one_of(SENTENCES, st.text(max_size=80)))
def test_the_explanation_adds_up_to_a_level_within_bounds(text: str) -> None:
    found = read(text)
    parts = fsum(word.contribution for word in found.words)
    if found.level is None:
        assert parts == 0
    else:
        assert -1 <= found.level <= 1
        assert parts == pytest.approx(found.level, abs=1e-9)


@given(st.lists(st.one_of(SENTENCES, st.text(max_size=40)), max_size=5))
def test_reading_many_says_the_same_as_explaining_one(texts: list[str]) -> None:
    assert list(levels(texts)) == [read(text).level for text in texts]


@given(SENTENCES)
def test_accents_never_change_a_level(text: str) -> None:
    accented = text.translate(str.maketrans("aeiou", "áéíóú"))
    assert read(accented).level == read(text).level


@settings(max_examples=300)
@given(st.sampled_from(LANGUAGES), st.data())
def test_negating_a_word_turns_its_sense(language: Language, data: st.DataObject) -> None:
    book = lexicon(language).book
    plain = sorted(
        word
        for word, sense in book.items()
        if sense and sense.kind is Kind.LEVEL and sense.made == "plain" and sense.level
        and word.isalpha() and word not in lexicon(language).phrases
    )  # fmt: skip
    word = data.draw(st.sampled_from(plain))
    without, turned = level(word, language), level(f"{_NOT[language]} {word}", language)
    assert turned < without if without > 0 else turned > without


_NOT: dict[Language, str] = {"es": "jamás", "en": "never"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lexicon_is_rich(language: Language) -> None:
    found = lexicon(language)
    assert len(found.lemmas) >= 1500
    assert len(version()) == 12
    assert folded("Ñandú") == "nandu"


# Quotes


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Escribidme a ana@example.com", "Escribidme a [correo]"),
        ("Mi número es 600 11 22 33, gracias", "Mi número es [número], gracias"),
        ("Me atendió Laura Pérez y fue genial", "Me atendió [nombre] y fue genial"),
        ("Soy Ana y estoy harta", "Soy [nombre] y estoy harta"),
        ("Todo bien. Muy rápidos", "Todo bien. Muy rápidos"),
        ("Mira https://example.com/u/ana", "Mira [enlace]"),
    ],
)
def test_a_quote_does_not_say_who_spoke(said: str, shown: str) -> None:
    assert masked(said, "es") == shown


def test_a_text_in_capitals_is_not_quoted() -> None:
    assert masked("ESTOY HARTA, ANA GARCÍA", "es") is None
