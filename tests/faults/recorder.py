"""What SQLite does to its files, recorded by a VFS of our own, and what a power cut may leave of it.

The recorder stands between SQLite and the operating system: every write, truncation and sync of the database
and of its write-ahead log is noted and then done. ``image`` builds the files as a disk may hold them when the
power fails at some moment: what was synced is there; each later write of a file is there, is missing, or is
there in part, cut at a sector of 512 bytes. Lost, reordered and torn writes between two syncs are modelled;
disks that lie about syncs, damaged sectors, and the journal of the file system (files keep their names) are
not.
"""

import _sqlite3
import ctypes
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SECTOR = 512
_OK = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, in order."""

    what: str  # write, truncate, sync, note
    file: str
    offset: int = 0
    data: bytes = b""
    note: Any = None


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3: the ones that are wrapped have types."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("sync", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 13),
    ]


class _File(ctypes.Structure):
    """sqlite3_file."""

    _fields_ = [("methods", ctypes.POINTER(_Methods))]


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("size", ctypes.c_int),
        ("longest", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 15),
    ]


_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(_File), ctypes.c_int, ctypes.c_void_p
)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class Recorder:
    """Records what happens to the files that are opened with ``vfs=NAME`` in their URI."""

    NAME = "recorder"

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []  # what C points to
        self._wrapped: dict[int, _Methods] = {}
        library = ctypes.CDLL(_sqlite3.__file__)  # the very library that Python's module uses
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        real = library.sqlite3_vfs_find(None).contents
        self._real_open = _OPEN(real.open)
        ours = _Vfs.from_buffer_copy(real)
        ours.name, ours.next = self.NAME.encode(), None
        ours.open = self._keep(_OPEN(self._open))
        self._kept.append(ours)
        assert library.sqlite3_vfs_register(ctypes.byref(ours), 0) == _OK
        self._unregister = lambda: library.sqlite3_vfs_unregister(ctypes.byref(ours))

    def close(self) -> None:
        self._unregister()

    def note(self, what: Any) -> None:
        """Put something among the events: what was acknowledged by then."""
        self.events.append(Event("note", "", note=what))

    def _keep(self, function: Any) -> int:
        self._kept.append(function)
        return int(ctypes.cast(function, ctypes.c_void_p).value or 0)

    def _open(self, vfs: int, name: int | None, file: Any, flags: int, out: int) -> int:
        # SQLite keeps the pointer to the name: it must be passed on as it is.
        result: int = self._real_open(vfs, name, file, flags, out)
        if result == _OK and name is not None:
            address = ctypes.addressof(file.contents)
            self._names[address] = Path(ctypes.string_at(name).decode()).name
            file.contents.methods = ctypes.pointer(self._methods(file.contents.methods))
        return result

    def _methods(self, real: Any) -> _Methods:
        address = ctypes.addressof(real.contents)
        found = self._wrapped.get(address)
        if found is None:
            found = self._wrapped[address] = _Methods.from_buffer_copy(real.contents)
            found.write = self._keep(_WRITE(self._writer(_WRITE(real.contents.write))))
            found.truncate = self._keep(_TRUNCATE(self._truncater(_TRUNCATE(real.contents.truncate))))
            found.sync = self._keep(_SYNC(self._syncer(_SYNC(real.contents.sync))))
        return found

    def _writer(self, real: Any) -> Callable[..., int]:
        def write(file: int, data: int, size: int, offset: int) -> int:
            self.events.append(Event("write", self._names[file], offset, ctypes.string_at(data, size)))
            return int(real(file, data, size, offset))

        return write

    def _truncater(self, real: Any) -> Callable[..., int]:
        def truncate(file: int, size: int) -> int:
            self.events.append(Event("truncate", self._names[file], size))
            return int(real(file, size))

        return truncate

    def _syncer(self, real: Any) -> Callable[..., int]:
        def sync(file: int, flags: int) -> int:
            result = int(real(file, flags))
            self.events.append(Event("sync", self._names[file]))
            return result

        return sync


def image(before: dict[str, bytes], events: list[Event], lot: random.Random) -> dict[str, bytes]:
    """Files as a disk may hold them when the power fails right after these events.

    ``before``: their contents when recording began, all synced.
    """
    files: dict[str, bytearray] = {name: bytearray(content) for name, content in before.items()}
    last_sync = {one.file: place for place, one in enumerate(events) if one.what == "sync"}
    drops = lot.choice((1.0, 0.5, 0.1))  # all that was not synced is gone; half of it; little
    for place, one in enumerate(events):
        if one.what not in ("write", "truncate"):
            continue
        data = one.data
        if place > last_sync.get(one.file, -1) and lot.random() < drops:
            if one.what == "truncate" or lot.random() < 0.7:
                continue
            data = data[: lot.randrange(len(data) // _SECTOR + 1) * _SECTOR]
        _apply(files.setdefault(one.file, bytearray()), one, data)
    return {name: bytes(content) for name, content in files.items()}


def _apply(content: bytearray, event: Event, data: bytes) -> None:
    if event.what == "truncate":
        del content[event.offset :]
        return
    if len(content) < event.offset:
        content.extend(bytes(event.offset - len(content)))
    content[event.offset : event.offset + len(data)] = data
