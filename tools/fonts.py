"""
Make the fonts that Trayecto ships: subsets of Inter, their widths and a manifest.

    npm pack inter-ui@4.1.1 && tar xzf inter-ui-4.1.1.tgz
    python tools/fonts.py package src/trayecto/render/fonts

Needs fonttools and brotli (the development set), and no network.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

RELEASE = {
    "name": "Inter",
    "package": "inter-ui",
    "version": "4.1.1",
    "licence": "OFL-1.1",
    "source": "https://github.com/rsms/inter",
}
FACES = {
    "Inter-Regular": ("400", "normal"),
    "Inter-SemiBold": ("600", "normal"),
    "Inter-Italic": ("400", "italic"),
}
# Latin, Latin-1, Latin Extended-A, Romanian, spacing marks, combining marks, punctuation,
# super- and subscripts, currency, letterlike, arrows, mathematics, shapes, ticks.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x218, 0x21B), (0x2C6, 0x2DD),
    (0x300, 0x328), (0x2000, 0x206F), (0x2070, 0x209C), (0x20A0, 0x20C0), (0x2100, 0x214F),
    (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x2713, 0x2717),
)  # fmt: skip
# No contextual forms and no ligatures: a text is as wide as its letters, and reads as written.
FEATURES = ["kern", "tnum", "mark", "mkmk", "ccmp", "locl"]


def subset(source: Path) -> TTFont:
    """Return the face with our letters only."""
    options = Options(layout_features=FEATURES, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17])
    options.hinting = False
    options.notdef_outline = True
    face = TTFont(source, recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)])
    cutter.subset(face)
    return face


def advances(face: TTFont) -> dict[int, int]:
    """Return the width of each code point in thousandths of an em."""
    cmap, widths = face.getBestCmap(), face["hmtx"].metrics
    per_em = face["head"].unitsPerEm
    wide = {code: round(widths[glyph][0] * 1000 / per_em) for code, glyph in cmap.items()}
    # Figures are as wide as a tabular one, so that a label has room for either kind.
    tabular = max(wide[code] for code in range(0x30, 0x3A))
    return wide | dict.fromkeys(range(0x30, 0x3A), tabular)


def in_runs(wide: dict[int, int]) -> dict[str, list[int]]:
    """Return the same widths in runs of neighbouring code points, by the first in hexadecimal."""
    runs: dict[str, list[int]] = {}
    start = previous = -2
    for code in sorted(wide):
        if code != previous + 1:
            start = code
        runs.setdefault(f"{start:x}", []).append(wide[code])
        previous = code
    return runs


def make(package: Path, out: Path) -> None:
    """Write the faces, widths, licence and manifest into *out*."""
    out.mkdir(parents=True, exist_ok=True)
    widths: dict[str, dict[int, int]] = {}
    files: dict[str, dict[str, str]] = {}
    for name, (weight, style) in FACES.items():
        face = subset(package / "web" / f"{name}.woff2")
        known = widths.setdefault(weight, {})
        # One width for upright and italic, the wider one: they differ by a few thousandths.
        widths[weight] = {c: max(w, known.get(c, 0)) for c, w in advances(face).items()}
        for flavor, ending in ((None, "ttf"), ("woff2", "woff2")):
            face.flavor = flavor
            face.save(out / f"{name}.{ending}", reorderTables=False)
            files[f"{name}.{ending}"] = {"weight": weight, "style": style}
    runs = {weight: in_runs(wide) for weight, wide in widths.items()}
    (out / "widths.json").write_text(json.dumps(runs, separators=(",", ":")) + "\n", "utf-8")
    (out / "OFL.txt").write_text((package / "LICENSE.txt").read_text("utf-8"), "utf-8")
    for name in ("widths.json", "OFL.txt"):
        files[name] = {}
    for name, facts in files.items():
        facts["sha256"] = hashlib.sha256((out / name).read_bytes()).hexdigest()
    manifest = {**RELEASE, "files": files}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")


def main() -> None:
    """Read the two folders and make."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    parser.add_argument("out", type=Path, help="the folder of the shipped fonts")
    given = parser.parse_args()
    make(given.package, given.out)


if __name__ == "__main__":
    main()
