"""Word and Excel files: a sound zip of plain parts, without macros and without anything from outside."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.parsers import expat

from engine.domain.upload.errors import ActiveContent, Damaged, Locked, NotWhatItSays, TooBig

MAX_UNPACKED = 100_000_000  # bytes
MAX_RATIO = 100
MAX_PARTS = 5_000
_LARGEST_XML = 10_000_000  # of the few parts that are read here
_CHUNK = 1 << 20

_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_MACROS = ("vbaproject", "vbadata", "activex", "oleobject")


def check_office(file: str, content: bytes, extension: str) -> None:
    """``extension`` is docx or xlsx. Raises NotWhatItSays, Damaged, Locked, ActiveContent or TooBig."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_directory(file, parts)
            _check_size(file, archive, parts, len(content))
            _check_types(file, archive, extension)
            for part in parts:
                if part.filename.lower().endswith(".rels"):
                    _check_relations(file, archive.read(part))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise Damaged(file=file, detail="gói nén không đọc được") from None


def _check_directory(file: str, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(names) > MAX_PARTS or len(set(name.lower() for name in names)) != len(names):
        raise Damaged(file=file, detail="danh mục bên trong không hợp lệ")
    for part in parts:
        path = PurePosixPath(part.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in part.filename or "\0" in part.filename:
            raise Damaged(file=file, detail="tên thành phần không hợp lệ")
        if part.flag_bits & 0x1:
            raise Locked(file=file)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Damaged(file=file, detail="cách nén không đọc được")
        if any(word in part.filename.lower() for word in _MACROS):
            raise ActiveContent(file=file, what="macro hoặc đối tượng nhúng", what_en="macros or objects")


def _check_size(file: str, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], packed: int) -> None:
    """Really unpack, counting: what the directory declares may be a lie."""
    limit = min(MAX_UNPACKED, MAX_RATIO * packed)
    total = 0
    for part in parts:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > limit:
                    raise TooBig(file=file, actual="giải nén quá lớn", limit="100 MB hoặc 100 lần")


def _check_types(file: str, archive: zipfile.ZipFile, extension: str) -> None:
    try:
        types = archive.read("[Content_Types].xml")
    except KeyError:
        raise NotWhatItSays(file=file, extension=extension) from None
    found = {
        value
        for _, attributes in _elements(file, types)
        for name, value in attributes.items()
        if name == "ContentType"
    }
    if any("macroenabled" in value.lower() or "vbaproject" in value.lower() for value in found):
        raise ActiveContent(file=file, what="macro", what_en="macros")
    if _MAIN[extension] not in found:
        raise NotWhatItSays(file=file, extension=extension)


def _check_relations(file: str, xml: bytes) -> None:
    """Nothing may be fetched from outside on opening. A link that a person must click is no such thing."""
    for _, attributes in _elements(file, xml):
        outside = attributes.get("TargetMode", "").lower() == "external"
        if outside and not attributes.get("Type", "").endswith("/hyperlink"):
            raise ActiveContent(
                file=file, what="liên kết tải nội dung từ bên ngoài", what_en="external content"
            )


def _elements(file: str, xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """All elements with their attributes; a document type, where entities hide, is refused."""
    if len(xml) > _LARGEST_XML:
        raise Damaged(file=file, detail="thành phần XML quá lớn")
    found: list[tuple[str, dict[str, str]]] = []

    def refuse(*_: object) -> None:
        raise Damaged(file=file, detail="XML có khai báo DOCTYPE")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise Damaged(file=file, detail="XML không đọc được") from None
    return found
