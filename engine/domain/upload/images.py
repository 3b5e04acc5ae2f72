"""JPEG and PNG: whole, and not so large that opening them fills the memory."""

import zlib
from struct import error as struct_error
from struct import unpack_from

from engine.domain.upload.errors import Damaged, TooBig

MAX_PIXELS = 40_000_000

_PNG = b"\x89PNG\r\n\x1a\n"
# Start of frame markers of JPEG; the numbers left out are tables and restarts.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check_png(file: str, content: bytes) -> None:
    """Walks every chunk and its checksum. Raises Damaged or TooBig."""
    position, kind = len(_PNG), b""
    try:
        while kind != b"IEND":
            first = not kind
            length, kind = unpack_from(">I4s", content, position)
            end = position + 8 + length
            (checksum,) = unpack_from(">I", content, end)
            if checksum != zlib.crc32(content[position + 4 : end]):
                raise Damaged(file=file, detail="sai mã kiểm tra")
            if first:
                _check_header(file, kind, content)
            position = end + 4
    except struct_error:
        raise Damaged(file=file, detail="ảnh bị cắt") from None


def _check_header(file: str, kind: bytes, content: bytes) -> None:
    if kind != b"IHDR":
        raise Damaged(file=file, detail="thiếu phần đầu ảnh")
    _check_pixels(file, *unpack_from(">II", content, len(_PNG) + 8))


def check_jpeg(file: str, content: bytes) -> None:
    """Walks the segments up to the picture and wants its end. Raises Damaged or TooBig."""
    position = 2
    try:
        while True:
            prefix, marker = content[position], content[position + 1]
            if prefix != 0xFF:
                raise Damaged(file=file, detail="cấu trúc ảnh không hợp lệ")
            if marker == 0xFF:  # fill byte
                position += 1
                continue
            (length,) = unpack_from(">H", content, position + 2)
            if marker in _FRAMES:
                height, width = unpack_from(">HH", content, position + 5)
                _check_pixels(file, width, height)
                break
            position += 2 + length
    except (struct_error, IndexError):
        raise Damaged(file=file, detail="ảnh bị cắt") from None
    if b"\xff\xd9" not in content[position:]:
        raise Damaged(file=file, detail="ảnh bị cắt")


def _check_pixels(file: str, width: int, height: int) -> None:
    if width == 0 or height == 0:
        raise Damaged(file=file, detail="kích thước ảnh bằng 0")
    if width * height > MAX_PIXELS:
        raise TooBig(file=file, actual=f"{width} × {height} điểm ảnh", limit="40 triệu điểm ảnh")
