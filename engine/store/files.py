"""Uploaded files on disk, each under the SHA-256 of its content: written once, checked at every reading."""

import hashlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from engine.clock import require_aware
from engine.errors import MotcuaError, Unavailable

_HASH = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 16


class BlobMissing(MotcuaError):
    """No file with that hash."""

    code = "file-missing"
    vi = "Không tìm thấy nội dung tệp {sha256}. Báo người quản trị khôi phục từ bản sao lưu."
    en = "The content of file {sha256} is missing. Ask an administrator to restore it."


class BlobDamaged(MotcuaError):
    """The disk gives other bytes than were stored: they are never handed out."""

    code = "file-damaged"
    vi = "Nội dung tệp {sha256} trên đĩa đã bị thay đổi, không sử dụng. Báo người quản trị khôi phục."
    en = "The content of file {sha256} on disk has changed and is not used. Ask an administrator."


@dataclass(frozen=True, slots=True)
class BlobRef:
    """What a row keeps of a stored content."""

    sha256: str  # hex
    size: int  # bytes


class FileStore:
    """A folder of contents. The same content is kept once, whoever brings it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)

    def put(self, content: bytes | BinaryIO) -> BlobRef:
        """Store a content; when this returns it is on the disk. Raises Unavailable when the disk refuses."""
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        part: Path | None = None
        try:
            with NamedTemporaryFile(dir=self._incoming, delete=False) as out:
                part = Path(out.name)
                reference = _copy(stream, out)
                out.flush()
                os.fsync(out.fileno())
            self._settle(part, reference)
        except OSError as error:
            raise Unavailable() from error
        finally:
            if part is not None:
                part.unlink(missing_ok=True)
        return reference

    def open(self, sha256: str) -> BinaryIO:
        """The content, verified. Raises BlobMissing, BlobDamaged."""
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(sha256=sha256) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BlobDamaged(sha256=sha256)
        return io.BytesIO(content)

    def __contains__(self, sha256: str) -> bool:
        return _HASH.fullmatch(sha256) is not None and self._path(sha256).is_file()

    def hashes(self) -> Iterator[str]:
        """The hashes of everything stored, in order: for verifying and backing up."""
        for path in sorted(self._root.glob("??/??/*")):
            if _HASH.fullmatch(path.name):
                yield path.name

    def sweep(self, before: datetime) -> int:
        """Remove uploads that broke off before that moment; returns how many."""
        limit, removed = require_aware(before).timestamp(), 0
        for path in self._incoming.iterdir():
            if path.stat().st_mtime < limit:
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def _path(self, sha256: str) -> Path:
        """Raises BlobMissing for what is no hash: nothing typed by a person ever becomes a path."""
        if not _HASH.fullmatch(sha256):
            raise BlobMissing(sha256=sha256[:64])
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def _settle(self, part: Path, reference: BlobRef) -> None:
        """Move into place. A copy that is there already has the same bytes, or is damaged and so mended."""
        target = self._path(reference.sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        part.chmod(0o440)
        os.replace(part, target)
        for folder in (target.parent, target.parent.parent, self._root):
            _sync_folder(folder)


def _copy(stream: IO[bytes], out: IO[bytes]) -> BlobRef:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        out.write(chunk)
    return BlobRef(digest.hexdigest(), size)


def _sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut. Windows has no such call and no need of it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
