"""Files that a person names: looked at before they are opened, refused in words."""

import os
import stat
from pathlib import Path

from engine.errors import MotcuaError

SMALL = 2_000_000  # bytes: more than any diagram, form, table or scenario has


class FileRefused(MotcuaError):
    """A path behind which there is no file that can be read."""

    code = "file-refused"
    vi = "Không đọc được «{name}»: {why}."
    en = "“{name}” cannot be read: {why_en}."


class FileTooLarge(MotcuaError):
    """A file larger than what is meant can be; nothing of it was read."""

    code = "file-too-large"
    vi = "Tệp «{name}» có {size}, tối đa {most}. Kiểm tra lại tệp đã chọn."
    en = "File “{name}” has {size}, at most {most} are taken. Check which file you chose."


_NOTHING = ("không có tệp này. Kiểm tra lại đường dẫn", "there is no such file. Check the path")
_LINK = ("là liên kết đến một tệp không còn nữa", "it is a link to a file that is gone")
_FOLDER = ("là thư mục. Ghi đường dẫn của một tệp", "it is a folder. Name a file")
_SPECIAL = ("không phải tệp thường", "it is no ordinary file")
_CLOSED = ("không có quyền đọc. Hỏi người giữ máy", "no permission to read it. Ask who keeps the machine")


def require_file(path: Path) -> int:
    """The size of an ordinary file that may be read. Raises FileRefused."""
    try:
        found = path.stat()
    except PermissionError as error:
        raise _refused(path, _CLOSED) from error
    except OSError as error:
        raise _refused(path, _LINK if path.is_symlink() else _NOTHING) from error
    if stat.S_ISDIR(found.st_mode):
        raise _refused(path, _FOLDER)
    if not stat.S_ISREG(found.st_mode):
        raise _refused(path, _SPECIAL)
    if not os.access(path, os.R_OK):
        raise _refused(path, _CLOSED)
    return found.st_size


def given(path: Path, most: int = SMALL) -> bytes:
    """The bytes of a file. Raises FileRefused, FileTooLarge before anything is read."""
    size = require_file(path)
    if size > most:
        raise FileTooLarge(name=path.name, size=_megabytes(size), most=_megabytes(most))
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refused(path, _CLOSED) from error


def _refused(path: Path, why: tuple[str, str]) -> FileRefused:
    return FileRefused(name=path.name, why=why[0], why_en=why[1])


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB" if size >= 1_000_000 else f"{size / 1_000:.0f} KB"
