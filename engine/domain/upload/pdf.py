"""PDF: whole, readable, and without anything that runs or is hidden inside.

Names in a PDF may be written with ``#xx`` and objects may lie compressed in object streams; both are seen.
"""

import re
import zlib
from collections.abc import Iterator

from engine.domain.upload.errors import ActiveContent, Damaged, Locked, TooBig

MAX_OBJECTS = 50_000_000  # bytes of unpacked object streams

# Long enough never to occur by chance in 20 MB of compressed data; an action needs one of them.
_ACTIVE = {
    b"JavaScript": ("mã JavaScript", "JavaScript"),
    b"Launch": ("lệnh mở chương trình", "a command that starts a program"),
    b"EmbeddedFile": ("tệp đính kèm bên trong", "an embedded file"),
    b"EmbeddedFiles": ("tệp đính kèm bên trong", "an embedded file"),
    b"RichMedia": ("nội dung đa phương tiện", "rich media"),
    b"Rendition": ("nội dung đa phương tiện", "rich media"),
    b"XFA": ("biểu mẫu động XFA", "a dynamic XFA form"),
}


def _escapable(name: bytes) -> bytes:
    """A pattern for a name each letter of which may be written as ``#xx``."""
    return b"".join(b"(?:%c|#%s)" % (byte, b"%02x" % byte) for byte in name)


_END = rb"(?=[\x00\s()<>\[\]{}/%]|$)"


def _pattern(*names: bytes) -> re.Pattern[bytes]:
    # Only the two hex digits may be in either case: names themselves are case-sensitive.
    either = b"|".join(
        re.sub(rb"#([0-9a-f])([0-9a-f])", _either_case, _escapable(name))
        for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(b"/(" + either + b")" + _END)


def _either_case(found: re.Match[bytes]) -> bytes:
    digits = (b"[%s%s]" % (one, one.upper()) if one.isalpha() else one for one in found.groups())
    return b"#" + b"".join(digits)


_FORBIDDEN = _pattern(*_ACTIVE)
_ENCRYPT = _pattern(b"Encrypt")
_OBJECT_STREAM = _pattern(b"ObjStm", b"First")
_UNUSUAL = _pattern(b"Predictor", b"FFilter")
_FILTER = re.compile(rb"/Filter\s*(\[\s*/\w+\s*\]|/\w+)")
_STREAM = re.compile(rb"stream[ \t]*(?:\r\n|\n|\r)")
_OBJECT = re.compile(rb"\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj\b")
_SHORT = 3  # "XFA" may occur by chance in compressed data: it is looked for only where objects are


def check_pdf(file: str, content: bytes) -> None:
    """Raises Damaged, Locked, ActiveContent or TooBig."""
    if not content.startswith(b"%PDF-"):
        raise Damaged(file=file, detail="không có đầu tệp PDF")
    if b"%%EOF" not in content[-2048:]:
        raise Damaged(file=file, detail="thiếu phần cuối tệp")
    if _ENCRYPT.search(content):
        raise Locked(file=file)
    _refuse_active(file, content, longer_than=_SHORT)
    outside, unpacked = [], 0
    for before, data in _streams(file, content):
        outside.append(before)
        objects = _objects(file, before, data)
        unpacked += len(objects)
        if unpacked > MAX_OBJECTS:
            raise TooBig(file=file, actual="giải nén quá 50 MB", limit="50 MB")
        _refuse_active(file, objects)
    _refuse_active(file, b"\n".join(outside))


def _streams(file: str, content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands before each stream since the last one, and the stream; at the end the rest and nothing."""
    position = 0
    while found := _STREAM.search(content, position):
        end = content.find(b"endstream", found.end())
        if end < 0:
            raise Damaged(file=file, detail="luồng dữ liệu chưa khép")
        yield content[position : found.start()], content[found.end() : end]
        position = end + len(b"endstream")
    yield content[position:], b""


def _refuse_active(file: str, data: bytes, *, longer_than: int = 0) -> None:
    for found in _FORBIDDEN.finditer(data):
        name = _plain(found.group(1))
        if len(name) > longer_than:
            what, what_en = _ACTIVE[name]
            raise ActiveContent(file=file, what=what, what_en=what_en)


def _plain(name: bytes) -> bytes:
    return re.sub(rb"#([0-9a-fA-F]{2})", lambda one: bytes([int(one.group(1), 16)]), name)


def _objects(file: str, before: bytes, data: bytes) -> bytes:
    """The unpacked objects of an object stream; nothing for any other stream.

    An object stream packed in a way we do not read cannot be checked and is refused. Where only an earlier
    object looks like one (an outline has /First too, or a text hides where this object begins), what can be
    unpacked is looked at.
    """
    if not _OBJECT_STREAM.search(before):
        return b""
    starts = [found.end() for found in _OBJECT.finditer(before)]
    own = before[starts[-1] :] if starts else before
    if not _OBJECT_STREAM.search(own):
        return _unpacked(data) or b""
    filters = _FILTER.search(own)
    if filters is None and b"/Filter" not in own and not _UNUSUAL.search(own):
        return data
    flate = filters is not None and re.search(rb"/(FlateDecode|Fl)\b", filters.group(1))
    objects = _unpacked(data) if flate and not _UNUSUAL.search(own) else None
    if objects is None:
        raise Damaged(file=file, detail="cách nén không đọc được")
    return objects


def _unpacked(data: bytes) -> bytes | None:
    try:
        return zlib.decompressobj().decompress(data, MAX_OBJECTS + 1)
    except zlib.error:
        return None
