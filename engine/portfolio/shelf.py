"""Where procedures lie: a folder of files, or the live versions of a centre's database."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from engine.errors import MotcuaError
from engine.given import given
from engine.procedures import Procedures

_KINDS = (".bpmn", ".json")  # forms lie in folders of that name


class NoFolder(MotcuaError):
    """A folder to search that is not there."""

    code = "no-folder"
    vi = "Không có thư mục {folder}. Kiểm tra lại đường dẫn sau --in."
    en = "There is no folder {folder}. Check the path after --in."


class Shelf(Protocol):
    """Names of what there is, and how to see cheaply that it has changed."""

    @property
    def identity(self) -> str:
        """Which shelf it is: each has an index of its own."""

    def stamps(self) -> Mapping[str, str]:
        """Every name with something that changes when the content does."""

    def read(self, name: str) -> Mapping[str, bytes]:
        """The files under a name. Raises FileRefused, FileTooLarge."""


class FolderShelf:
    """The ``.bpmn`` files and forms in and below a folder; a name is a path within it."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise NoFolder(folder=folder)
        self.folder = folder

    @property
    def identity(self) -> str:
        return f"folder {self.folder.resolve()}"

    def stamps(self) -> Mapping[str, str]:
        return dict(sorted(self._stamps()))

    def read(self, name: str) -> Mapping[str, bytes]:
        return {name: given(self.folder / name)}

    def _stamps(self) -> Iterator[tuple[str, str]]:
        for folder, below, names in os.walk(self.folder):  # a path object for each file would take longer
            below[:] = [one for one in below if not one.startswith(".")]
            inside = os.path.relpath(folder, self.folder).replace(os.sep, "/")
            prefix = "" if inside == "." else f"{inside}/"
            kinds = _KINDS if os.path.basename(folder) == "forms" else _KINDS[:1]
            for name in names:
                if name.endswith(kinds) and not name.startswith("."):
                    yield prefix + name, _stamp(os.path.join(folder, name))


def _stamp(place: str) -> str:
    """A link that leads nowhere has a stamp too: reading it tells what is wrong."""
    try:
        told = os.stat(place)
    except OSError:
        return "not there"
    return f"{told.st_size} {told.st_mtime_ns}"


class LiveShelf:
    """The live versions; a name is a code with the number of its version, such as ``1.009397@2``."""

    def __init__(self, procedures: Procedures, database: str) -> None:
        self._procedures = procedures
        self._bundles: dict[str, str] = {}
        self._database = hashlib.sha256(database.encode()).hexdigest()  # an address may hold a password

    @property
    def identity(self) -> str:
        return f"live {self._database}"

    def stamps(self) -> Mapping[str, str]:
        self._bundles = {f"{one.code}@{one.number}": one.sha256 for one in self._procedures.find()}
        return dict(sorted(self._bundles.items()))

    def read(self, name: str) -> Mapping[str, bytes]:
        return self._procedures.source(self._bundles[name]).files
