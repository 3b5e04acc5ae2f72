"""Dossiers made by the real engine under a fake clock, as `make seed` does: the twelve real procedures, each
from the counter to the citizen's hand, with everything that an officer's page reads before every step."""

import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.machine import foreign_share
from tests.centre import FILES, furnished, opened


def speed(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Dossiers and commands a second on SQLite, one process."""
    folder.mkdir()
    url = f"sqlite:///{folder / 'motcua.sqlite3'}"
    furnished(url, folder)
    codes = [Path(file).stem for file in FILES]
    made = commands = 0
    with opened(url, folder) as centre, foreign_share() as share:
        began = time.perf_counter()
        for _ in range(1 if quick else 5):
            for code in codes:
                centre.submit(code)
                centre.walk()
                made, commands = made + 1, commands + centre.view().line.sequence
        seconds = time.perf_counter() - began
    yield Figure(
        name="dossiers of the real procedures made from start to end, SQLite",
        value=made / seconds,
        unit="/s",
        foreign=share.foreign,
        note=f"{commands / seconds:.0f} commands/s, {commands / made:.0f} a dossier",
    )
