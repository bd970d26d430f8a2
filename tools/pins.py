"""
Pin what is installed, by version and hash: `make pins`.

Hashes prove that everybody gets the same files from whatever index they use, so the pins name none.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

HERE = Path(__file__).parent.parent
FILES: dict[str, list[str]] = {
    "run": ["pyproject.toml"],
    "dev": ["pyproject.toml", "--group", "dev"],
    "build": ["--group", "build"],
}


def main() -> None:
    """Write requirements/*.txt anew."""
    for name, sources in FILES.items():
        subprocess.run(
            [
                HERE / ".venv/bin/uv", "pip", "compile", "--quiet", "--universal", "--upgrade",
                "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header",
                "--python-version", "3.11", *sources, "--output-file", f"requirements/{name}.txt",
            ],
            cwd=HERE,
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
