"""The index: what was read of each file, kept by the hash of its content and read again when that changes."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from engine.errors import MotcuaError
from engine.portfolio.records import Record, digest, records_of
from engine.portfolio.shelf import Shelf
from engine.portfolio.table import Table, table_of

FORMAT = 2  # of both files; another number makes them anew
_KEPT = 2  # how many times as many contents as names are remembered, e.g. of branches of a repository


@dataclass(slots=True)
class _Held:
    """The long file: everything that was read. The short one, the table, is all that a search loads."""

    names: dict[str, list[str]] = field(default_factory=dict)  # name to stamp and hash of the content
    entries: dict[str, list[str]] = field(default_factory=dict)  # hash to digests of records
    records: dict[str, Record] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(
        default_factory=dict
    )  # hash to why it could not be read, vi and en


class Index:
    """The index of one shelf, in a folder of the installation."""

    def __init__(self, folder: Path, shelf: Shelf, *, centre: str) -> None:
        self._shelf = shelf
        self._centre = centre
        key = hashlib.sha256(f"{FORMAT} {centre} {shelf.identity}".encode()).hexdigest()[:16]
        self._long = folder / "catalogue" / f"{key}.index.json"
        self._short = folder / "catalogue" / f"{key}.table.json"

    def table(self) -> Table:
        """The table of the shelf as it is now; only what has changed is read."""
        stamps = dict(self._shelf.stamps())
        kept = _loaded(self._short)
        if kept is not None and kept["stamps"] == stamps:
            return Table.from_json(kept["table"])
        held = self._held()
        self._refresh(held, stamps)
        table = table_of(self._listed(held), _problems(held), centre=self._centre)
        _save(self._long, {name: getattr(held, name) for name in _Held.__slots__})
        _save(self._short, {"stamps": stamps, "table": table.to_json()})
        return table

    def _held(self) -> _Held:
        kept = _loaded(self._long)
        return _Held(**{name: kept[name] for name in _Held.__slots__}) if kept else _Held()

    def _refresh(self, held: _Held, stamps: Mapping[str, str]) -> None:
        before, held.names = held.names, {}
        for name, stamp in stamps.items():
            if name in before and before[name][0] == stamp:
                held.names[name] = before[name]
                continue
            try:
                files = self._shelf.read(name)
            except MotcuaError as error:  # no stamp: it is tried again the next time
                held.names[name] = ["", f"unread {name}"]
                held.problems[f"unread {name}"] = [error.message("vi"), error.message("en")]
                continue
            key = _hash(files)
            held.names[name] = [stamp, key]
            if key not in held.entries and key not in held.problems:
                _read(held, key, files)
        if len(held.entries) > _KEPT * len(held.names):
            _forget(held)

    def _listed(self, held: _Held) -> list[tuple[str, str, Record]]:
        return [
            (name, one, held.records[one])
            for name, (_, key) in held.names.items()
            for one in held.entries.get(key, ())
        ]


def _problems(held: _Held) -> list[list[str]]:
    return [[name, *held.problems[key]] for name, (_, key) in held.names.items() if key in held.problems]


def _read(held: _Held, key: str, files: Mapping[str, bytes]) -> None:
    try:
        found = list(records_of(files))
    except MotcuaError as error:  # one broken file does not hide the others
        held.problems[key] = [error.message("vi"), error.message("en")]
        return
    held.entries[key] = [digest(one) for one in found]
    held.records.update(zip(held.entries[key], found, strict=True))


def _forget(held: _Held) -> None:
    """Drop what no name leads to any more."""
    used = {key for _, key in held.names.values()}
    held.entries = {key: found for key, found in held.entries.items() if key in used}
    needed = {one for found in held.entries.values() for one in found}
    held.records = {one: record for one, record in held.records.items() if one in needed}
    held.problems = {key: said for key, said in held.problems.items() if key in used}


def _hash(files: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        # The name counts: a form is known by it.
        total.update(f"{name.rpartition('/')[2]}\n{len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def _loaded(path: Path) -> Any:
    """What was kept; nothing when it is not there or was cut off: then it is made anew."""
    try:
        return orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None


def _save(path: Path, value: object) -> None:
    """Whole or not at all: others may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(orjson.dumps(value))
    os.replace(fresh, path)
