"""From a diagram's file on disk to all the files that belong to it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from engine.errors import Invalid, MotcuaError
from engine.given import given, require_file
from engine.procedures import BundleSource

_PARTS = ("forms/*.json", "decisions/*.dmn")
_MOST = 2_000_000  # bytes of one file; the guard of the engine looks closer
_MOST_FILES, _MOST_TOGETHER = 100, 20_000_000  # files and unpacked bytes of one archive


class SourceTooLarge(MotcuaError):
    """A file of the bundle is larger than any diagram can be."""

    code = "source-too-large"
    vi = "Tệp «{name}» lớn hơn 2 MB nên không phải là tệp quy trình. Kiểm tra lại tệp đã chọn."
    en = "File “{name}” is larger than 2 MB and cannot be a diagram. Check which file you chose."


def read_source(main: Path) -> BundleSource:
    """The diagram with the forms and tables beside it and everything in ``../shared``.

    Which of them belong to the bundle is found out by reading the diagram. Raises SourceTooLarge.
    """
    return next(read_sources([main]))


def read_sources(mains: Iterable[Path]) -> Iterator[BundleSource]:
    """The same of many diagrams; what lies beside several is read once. Raises SourceTooLarge."""

    @cache
    def beside(folder: Path, main: bool) -> Mapping[str, bytes]:
        return files_in(folder, main=main)

    for main in mains:
        files = {main.name: _read(main)}
        files |= beside(main.parent.parent / "shared", True)
        files |= beside(main.parent, main.parent.name == "shared")
        yield BundleSource(main=main.name, files=files)


def files_in(folder: Path, *, main: bool = True) -> dict[str, bytes]:
    """Diagrams (unless ``main`` is false), forms and tables in a folder, by their place in a bundle."""
    patterns = ("*.bpmn", *_PARTS) if main else _PARTS
    found = sorted(path for pattern in patterns for path in folder.glob(pattern))
    return {path.relative_to(folder).as_posix(): _read(path) for path in found}


def _read(path: Path) -> bytes:
    """Raises SourceTooLarge, FileRefused."""
    if require_file(path) > _MOST:
        raise SourceTooLarge(name=path.name)
    return given(path)


_FOLDERS = {".bpmn": "", ".json": "forms/", ".dmn": "decisions/"}


def placed_files(files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Uploaded files by their place in a bundle.

    Only the last part of a name counts: folders of the sender's machine mean nothing here. Raises Invalid,
    SourceTooLarge.
    """
    placed: dict[str, bytes] = {}
    for sent, content in files:
        name = normalize("NFC", PurePosixPath(sent.replace("\\", "/")).name)  # a Mac writes marks apart
        folder = _FOLDERS.get(PurePosixPath(name).suffix.lower())
        if folder is None:
            vi = f"Tệp «{name}» không phải .bpmn, .json hoặc .dmn. Chỉ gửi các tệp của quy trình."
            raise Invalid({"files": (vi, f"“{name}” is no .bpmn, .json or .dmn file.")})
        if len(content) > _MOST:
            raise SourceTooLarge(name=name)
        place = folder + str(PurePosixPath(name).with_suffix(PurePosixPath(name).suffix.lower()))
        if placed.setdefault(place, content) != content:
            vi = f"Tệp «{name}» có hai lần với nội dung khác nhau. Chỉ gửi một tệp mang tên ấy."
            raise Invalid(
                {"files": (vi, f"“{name}” is there twice with different contents. Send one of them.")}
            )
    return placed


def unzipped(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The same files with archives opened; what is no file of a procedure's stays an archive's own affair.

    Raises Invalid for a broken archive, one inside another, or too many files; SourceTooLarge.
    """
    for name, content in files:
        if name.lower().endswith(".zip"):
            yield from _members(name, content)
        else:
            yield name, content


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of the files; equal files give equal bytes."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return stream.getvalue()


def _of_a_mac(name: str) -> bool:
    """What the system of a Mac puts beside every file of an archive."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")


def _members(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not _of_a_mac(one.filename)]
            if len(members) > _MOST_FILES:
                vi = f"Tệp nén «{name}» có hơn {_MOST_FILES} tệp. Chỉ nén các tệp của một thủ tục."
                raise Invalid({"files": (vi, f"Archive “{name}” holds more than {_MOST_FILES} files.")})
            left = _MOST_TOGETHER
            for one in members:
                with archive.open(one) as stream:
                    # Never trust the size that the archive claims: read to the limit and one byte more.
                    found = stream.read(_MOST + 1)
                left -= len(found)
                if len(found) > _MOST or left < 0:
                    raise SourceTooLarge(name=one.filename)
                yield one.filename, found
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ZlibError) as error:
        vi = f"Tệp nén «{name}» hỏng hoặc có mật khẩu. Nén lại dạng .zip thường rồi gửi."
        raise Invalid({"files": (vi, f"Archive “{name}” is broken or has a password.")}) from error
