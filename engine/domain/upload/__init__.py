"""What may be uploaded to a dossier: kinds, sizes, and nothing that runs. Pure checks, nothing is stored."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.domain.upload.errors import EmptyFile, NotWhatItSays, TooBig, TooMany, UploadRefused, WrongType
from engine.domain.upload.images import check_jpeg, check_png
from engine.domain.upload.names import clean_name, extension_of
from engine.domain.upload.office import check_office
from engine.domain.upload.pdf import check_pdf

MAX_BYTES = 20 * 1024 * 1024  # of one file
MAX_FILES = 20  # of one dossier

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_OPENINGS = {
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
}

_CHECKS: dict[str, Callable[[str, bytes], None]] = {
    "pdf": check_pdf,
    "jpg": check_jpeg,
    "png": check_png,
    "docx": lambda file, content: check_office(file, content, "docx"),
    "xlsx": lambda file, content: check_office(file, content, "xlsx"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file that may be stored."""

    name: str  # cleaned, for people to read
    extension: str  # pdf, jpg, png, docx or xlsx
    media_type: str  # by content, never as the browser said
    size: int  # bytes


def check_upload(name: str, content: bytes, *, already: int = 0) -> CheckedFile:
    """The file as it may be stored, or why not.

    ``name`` is what the browser sent, ``already`` how many files the dossier has. Raises a subclass of
    UploadRefused: TooMany, EmptyFile, TooBig, WrongType, NotWhatItSays, Damaged, Locked, ActiveContent.
    """
    file = clean_name(name)
    extension = extension_of(file)
    if already >= MAX_FILES:
        raise TooMany(file=file, limit=MAX_FILES)
    if not content:
        raise EmptyFile(file=file)
    if len(content) > MAX_BYTES:
        raise TooBig(file=file, actual=f"{len(content) / 1024 / 1024:.1f} MB", limit="20 MB")
    if extension not in MEDIA_TYPES:
        raise WrongType(file=file, allowed="pdf, jpg, png, docx, xlsx")
    if not content.startswith(_OPENINGS[extension]):
        raise NotWhatItSays(file=file, extension=extension)
    _CHECKS[extension](file, content)
    return CheckedFile(name=file, extension=extension, media_type=MEDIA_TYPES[extension], size=len(content))


__all__ = [
    "MAX_BYTES",
    "MAX_FILES",
    "MEDIA_TYPES",
    "CheckedFile",
    "UploadRefused",
    "check_upload",
    "clean_name",
]
