"""A folder that a catalogue was imported into: what was made of which row; new files come in whole."""

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import orjson

_MANIFEST = "catalogue.json"


@dataclass(slots=True)
class CatalogueFolder:
    """Where drafts lie by agency; ``catalogue.json`` remembers the row that each was made of."""

    path: Path
    made: dict[str, dict[str, Any]] = field(default_factory=dict)  # code to digest, folder, main, pattern

    @classmethod
    def opened(cls, path: Path) -> "CatalogueFolder":
        """The folder with what is known of it; one that is not there yet is empty."""
        known: dict[str, dict[str, Any]] = {}
        with suppress(FileNotFoundError, orjson.JSONDecodeError, KeyError, TypeError):
            known = dict(orjson.loads((path / _MANIFEST).read_bytes())["rows"])
        return cls(path, known)

    def by_hand(self) -> set[str]:
        """Codes of diagrams that no import made."""
        return drawn_codes(self.path) - set(self.made)

    def place(self, code: str) -> Path | None:
        """The diagram that was made of a row, if it is still there."""
        entry = self.made.get(code)
        place = self.path / str(entry["folder"]) / str(entry["main"]) if entry else None
        return place if place is not None and place.is_file() else None

    def present(self, code: str, files: Iterable[str]) -> dict[str, bytes]:
        """What lies now where the files of a row were written."""
        place = self.place(code)
        if place is None:
            return {}
        folder = place.parent
        names = {place.name, *(name for name in files if "/" in name)}
        return {name: (folder / name).read_bytes() for name in sorted(names) if (folder / name).is_file()}


def drawn_codes(path: Path) -> set[str]:
    """Codes of all diagrams in the folders of agencies."""
    return {one.stem for one in path.glob("*/*.bpmn") if one.parent.name != "shared"}


class Staging:
    """New files beside the folder: all of them move in at the end, or none."""

    def __init__(self, folder: CatalogueFolder) -> None:
        self._folder = folder
        folder.path.mkdir(parents=True, exist_ok=True)
        self._path = Path(mkdtemp(prefix=".import-", dir=folder.path))
        self._files: dict[str, Path] = {}
        self._gone: list[Path] = []
        self._rows: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> "Staging":
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._path, ignore_errors=True)

    def add(self, code: str, entry: dict[str, Any], files: Mapping[str, bytes]) -> None:
        """Keep the files of a row for later; one that moved to another agency leaves its old place."""
        for name, content in files.items():
            place = f"{entry['folder']}/{name}"
            staged = self._path / place
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(content)
            self._files[place] = staged
        before = self._folder.place(code)
        if before is not None and before.parent.name != entry["folder"]:
            self._gone.append(before)
        self._rows[code] = entry

    def move_in(self) -> None:
        """Put everything in its place. Cut off on the way, the next import draws what was under way again."""
        self._remember({code: {**entry, "digest": ""} for code, entry in self._rows.items()})
        for place, staged in self._files.items():
            target = self._folder.path / place
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged, target)
        for one in self._gone:
            one.unlink(missing_ok=True)
        self._remember(self._rows)

    def _remember(self, rows: dict[str, dict[str, Any]]) -> None:
        self._folder.made.update(rows)
        told = {"format": 1, "rows": dict(sorted(self._folder.made.items()))}
        memory = self._path / _MANIFEST
        memory.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))
        os.replace(memory, self._folder.path / _MANIFEST)
