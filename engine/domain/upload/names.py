"""Names of uploaded files: kept for people to read, never used as a path."""

import re
import unicodedata

LONGEST = 120  # characters, with the extension
_LONGEST_EXTENSION = 10

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def clean_name(raw: str) -> str:
    """A harmless readable name: NFC, no folders, no control or direction marks, at most 120 characters."""
    name = _cleaned(raw)
    while (again := _cleaned(name)) != name:  # what was cut may end in what looks like an extension
        name = again
    return name


def _cleaned(raw: str) -> str:
    composed = unicodedata.normalize("NFC", raw)
    plain = "".join(" " if letter.isspace() else letter for letter in composed)
    visible = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "C")
    base = re.split(r"[/\\]", visible)[-1]
    safe = re.sub(r'[<>:"|?*\x00-\x1f]', "_", base)
    name = " ".join(safe.split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > _LONGEST_EXTENSION:
        stem, extension = name, ""
    stem = stem.strip(". ") or "tep"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    stem = stem[: LONGEST - len(extension) - 1].strip(". ")
    return f"{stem}.{extension}" if extension else stem


def extension_of(name: str) -> str:
    """The last extension in lower case, ``jpeg`` as ``jpg``; empty for none."""
    _, dot, extension = name.rpartition(".")
    lowered = extension.lower() if dot else ""
    return "jpg" if lowered == "jpeg" else lowered
