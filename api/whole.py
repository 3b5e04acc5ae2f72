"""Files written whole or not at all: what was there before stays until the new one is complete."""

import os
from pathlib import Path

from engine.errors import MotcuaError


class NotWritten(MotcuaError):
    """A file could not be written; what was there before is still there."""

    code = "not-written"
    vi = "Không ghi được {place}: {why}. Kiểm tra quyền ghi và chỗ trống trên đĩa."
    en = "{place} cannot be written: {why}. Check permissions and room on the disk."


def write_whole(place: Path, content: bytes) -> None:
    """Put a file in its place, with the folders above it. Raises NotWritten."""
    fresh = place.with_name(f".{place.name}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_bytes(content)
            os.replace(fresh, place)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten(place=place, why=error.strerror or error) from error
