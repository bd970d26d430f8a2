"""What the demo brings in and which maps it lays over it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from trayecto.demo.bank import write_calls


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One designed map and the exports that are its own: (source, file)."""

    map_name: str
    exports: tuple[tuple[str, Path], ...] = ()
    simulated: bool = False


COMPANY = ("fibre", "purchase", "repair")
"""The maps of the simulated company, that of most people first."""
_BANK = "clicks/bank_marketing.csv.gz"
_REAL: tuple[tuple[str, str, str], ...] = (
    ("traffic-fines", "traffic_fines", "logs/traffic_fines.parquet"),
    ("online-shop", "online_shop", "clicks/ecom.csv.gz"),
    ("it-support", "it_support", "logs/servicenow_incidents.csv.gz"),
    ("bank-deposit", "bank_deposit", _BANK),
)


def real_exhibits(data: Path | None, exports: Path) -> list[Exhibit]:
    """
    Return the real logs found in *data*, each with its map; none when it is not there.

    What is not a log of interactions yet is written as one into *exports*.
    """
    if data is None:
        return []
    return [
        Exhibit(map_name, ((source, _as_log(data / name, exports / f"{source}.csv")),))
        for map_name, source, name in _REAL
        if (data / name).is_file()
    ]


def _as_log(file: Path, target: Path) -> Path:
    return write_calls(file, target) if file.name == Path(_BANK).name else file


def node_rules() -> str:
    """Return the node rules of the demo."""
    return files("trayecto.demo").joinpath("nodes.yaml").read_text("utf-8")


def journey_map(name: str) -> str:
    """Return the text of one of the demo's maps."""
    return files("trayecto.demo").joinpath("maps", f"{name}.yaml").read_text("utf-8")


def planted() -> str:
    """Return what is known to be true of the simulated company."""
    return files("trayecto.demo").joinpath("planted.yaml").read_text("utf-8")
