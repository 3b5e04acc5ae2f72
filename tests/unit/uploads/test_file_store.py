"""Contents on disk under their hash: written once and whole, and never served when damaged."""

import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from engine.errors import Unavailable
from engine.store.files import BlobDamaged, BlobMissing, FileStore

CONTENT = b"%PDF-1.7 noi dung"
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def stored(tmp_path: Path) -> Path:
    return tmp_path / "files" / HASH[:2] / HASH[2:4] / HASH


def test_a_content_comes_back_by_its_hash(store: FileStore) -> None:
    reference = store.put(CONTENT)
    assert (reference.sha256, reference.size) == (HASH, len(CONTENT))
    assert store.open(HASH).read() == CONTENT
    assert HASH in store
    assert list(store.hashes()) == [HASH]


def test_a_stream_is_stored_like_bytes(store: FileStore) -> None:
    big = os.urandom(300_000)
    assert store.put(io.BytesIO(big)) == store.put(big)


def test_the_same_content_is_kept_once(store: FileStore, tmp_path: Path) -> None:
    store.put(CONTENT)
    store.put(CONTENT)
    files = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert files == [stored(tmp_path)]


def test_changed_bytes_are_named_and_never_served_and_mended_when_brought_again(
    store: FileStore, tmp_path: Path
) -> None:
    store.put(CONTENT)
    stored(tmp_path).chmod(0o640)
    stored(tmp_path).write_bytes(CONTENT.replace(b"noi", b"NOI"))
    with pytest.raises(BlobDamaged, match=HASH):
        store.open(HASH)
    store.put(CONTENT)
    assert store.open(HASH).read() == CONTENT


@pytest.mark.parametrize(
    "sha256", [HASH, "", "..", "../../../etc/passwd", HASH.upper(), HASH + "0", "0" * 63]
)
def test_what_was_never_stored_or_is_no_hash_is_missing(store: FileStore, sha256: str) -> None:
    assert sha256 not in store
    with pytest.raises(BlobMissing):
        store.open(sha256)


class Broken(io.RawIOBase):
    """A connection that is cut after the first part."""

    def __init__(self) -> None:
        self._parts = iter((b"x" * 10,))

    def read(self, size: int = -1) -> bytes:
        try:
            return next(self._parts)
        except StopIteration:
            raise ConnectionResetError from None


def test_an_upload_that_is_cut_leaves_nothing_behind(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        store.put(Broken())  # type: ignore[arg-type]
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_a_full_disk_is_said_and_leaves_nothing_behind(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: IO[bytes] | int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="đang bận"):
        store.put(CONTENT)
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_what_a_killed_process_left_is_swept_after_a_while(store: FileStore, tmp_path: Path) -> None:
    left = tmp_path / "files" / "incoming" / "tmpabc"
    left.write_bytes(b"half")
    now = datetime.now(UTC)
    assert store.sweep(now - timedelta(hours=1)) == 0
    assert store.sweep(now + timedelta(seconds=5)) == 1
    assert not left.exists()
