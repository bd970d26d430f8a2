"""
How well and how fast texts are read: `python bench/feelings.py [FOLDER]`.

Prints accuracy and macro F1 on the sentences labelled by hand in `tests/feelings`, the same of the
public reviews in FOLDER (`../shared/data` if missing) where they are there, and texts per second of
processor time, the median of five.
"""

from __future__ import annotations

import csv
import gzip
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import md5
from pathlib import Path
from statistics import correlation, median

from trayecto.emotion.reading import levels, read
from trayecto.vocabulary.text import LANGUAGES

ROOT = Path(__file__).parents[1]
_NEUTRAL = 0.15


def labelled(language: str) -> tuple[list[list[str]], list[list[str]]]:
    """Return the half that words were chosen by, and the half kept aside."""
    halves: tuple[list[list[str]], list[list[str]]] = ([], [])
    file = ROOT / "tests" / "feelings" / f"{language}.tsv"
    for line in file.read_text("utf-8").splitlines():
        row = line.split("\t")
        halves[md5(row[1].encode(), usedforsecurity=False).digest()[0] % 2].append(row)
    return halves


def sort_of(level: float | None) -> str:
    """Return the class of a level."""
    return "0" if level is None or abs(level) < _NEUTRAL else "+" if level > 0 else "-"


def quality(rows: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Return accuracy and macro F1 of three classes."""
    pairs = [(row[0], sort_of(read(row[1]).level)) for row in rows]
    scores = []
    for one in "+0-":
        both = sum(true == one == said for true, said in pairs)
        either = sum(true == one for true, _ in pairs) + sum(said == one for _, said in pairs)
        scores.append(2 * both / either)
    return sum(true == said for true, said in pairs) / len(pairs), sum(scores) / 3


def rows_of(file: Path) -> Iterator[dict[str, str]]:
    """Give the rows of a zipped CSV file; none where it is not there."""
    if file.exists():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from csv.DictReader(lines)


def reviews(folder: Path) -> None:
    """Print how many reviews have a level, and how many of those are told right."""
    every = list(rows_of(folder / "text_en" / "sentiment_labelled_sentences.csv.gz"))
    for source in sorted({row["source"] for row in every}):
        own = [row for row in every if row["source"] == source]
        heard = [(row["label"] == "1", level) for row in own if (level := read(row["text"]).level)]
        right = sum((level > 0) == good for good, level in heard) / len(heard)
        print(f"{source}: {len(own)} reviews, {len(heard) / len(own):.1%} with a level, "
              f"{right:.1%} of those right")  # fmt: skip


def correlations(folder: Path) -> None:
    """Print how levels go with what people judged."""
    snippets = list(rows_of(folder / "text_en" / "vader_amazonReviewSnippets.csv.gz"))
    if snippets:
        judged = next(name for name in snippets[0] if "mean" in name)
        pairs = [(float(row[judged]), level) for row in snippets
                 if (level := read(row["text"]).level) is not None]  # fmt: skip
        print(f"review snippets: {len(pairs)} of {len(snippets)} with a level, "
              f"Pearson {correlation(*zip(*pairs, strict=True)):.3f}")  # fmt: skip
    scale = {str(n) for n in range(-5, 6)}
    comments = [row for row in rows_of(folder / "text_en" / "nhs_feedback_phase1.csv.gz")
                if row["criticality"] in scale]  # fmt: skip
    if comments:
        pairs = [(float(row["criticality"]), level) for row in comments
                 if (level := read(row["feedback"], language="en").level) is not None]  # fmt: skip
        ranks = [_ranks(side) for side in zip(*pairs, strict=True)]
        print(f"hospital comments: {len(pairs)} of {len(comments)} with a level, "
              f"Spearman {correlation(*ranks):.3f}")  # fmt: skip


def _ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    middle = {value: sum(own) / len(own) for value, own in places.items()}
    return [middle[value] for value in values]


def speed() -> None:
    """Print how many distinct short texts are read in a second of processor time."""
    texts = [row[1] for language in LANGUAGES for half in labelled(language) for row in half]
    many = [f"{text} {n}" for n in range(100) for text in texts]
    list(levels(many[:1_000]))
    spent = []
    for _ in range(5):
        began = time.process_time()
        for _level in levels(many):
            pass
        spent.append(time.process_time() - began)
    length = sum(map(len, many)) / len(many)
    print(f"{len(many):,} texts of {length:.0f} letters: {len(many) / median(spent):,.0f} a second")


def main(folder: Path) -> None:
    """Print it all."""
    for language in LANGUAGES:
        for name, half in zip(("used", "kept aside"), labelled(language), strict=True):
            right, f1 = quality(half)
            print(f"{language}, the half {name}: {len(half)} sentences, {right:.3f} right, "
                  f"F1 {f1:.3f}")  # fmt: skip
    reviews(folder)
    correlations(folder)
    speed()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")
