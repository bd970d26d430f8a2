"""What the demo brings in and which maps it lays over it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One designed map and the exports it is measured on: (source, file)."""

    map_name: str
    exports: tuple[tuple[str, Path], ...]
    simulated: bool = False


_REAL: tuple[tuple[str, str, str], ...] = (
    ("traffic-fines", "traffic_fines", "logs/traffic_fines.parquet"),
    ("online-shop", "online_shop", "clicks/ecom.csv.gz"),
    ("it-support", "it_support", "logs/servicenow_incidents.csv.gz"),
)


def real_exhibits(data: Path | None) -> list[Exhibit]:
    """Return the real logs found in *data*, each with its map; none when it is not there."""
    if data is None:
        return []
    return [
        Exhibit(map_name, ((source, data / name),))
        for map_name, source, name in _REAL
        if (data / name).is_file()
    ]


def node_rules() -> str:
    """Return the node rules of the demo."""
    return files("trayecto.demo").joinpath("nodes.yaml").read_text("utf-8")


def journey_map(name: str) -> str:
    """Return the text of one of the demo's maps."""
    return files("trayecto.demo").joinpath("maps", f"{name}.yaml").read_text("utf-8")
