"""From a diagram's file on disk to all the files that belong to it."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from engine.errors import Invalid, MotcuaError
from engine.procedures import BundleSource

_PARTS = ("forms/*.json", "decisions/*.dmn")
_MOST = 2_000_000  # bytes of one file; the guard of the engine looks closer


class SourceTooLarge(MotcuaError):
    """A file of the bundle is larger than any diagram can be."""

    code = "source-too-large"
    vi = "Tệp «{name}» lớn hơn 2 MB nên không phải là tệp quy trình. Kiểm tra lại tệp đã chọn."
    en = "File “{name}” is larger than 2 MB and cannot be a diagram. Check which file you chose."


def read_source(main: Path) -> BundleSource:
    """The diagram with the forms and tables beside it and everything in ``../shared``.

    Which of them belong to the bundle is found out by reading the diagram. Raises SourceTooLarge.
    """
    files: dict[str, bytes] = {main.name: _read(main)}
    for folder in (main.parent.parent / "shared", main.parent):
        for pattern in ("*.bpmn", *_PARTS) if folder.name == "shared" else _PARTS:
            for path in sorted(folder.glob(pattern)):
                files[str(path.relative_to(folder))] = _read(path)
    return BundleSource(main=main.name, files=files)


def _read(path: Path) -> bytes:
    if path.stat().st_size > _MOST:
        raise SourceTooLarge(name=path.name)
    return path.read_bytes()


_FOLDERS = {".bpmn": "", ".json": "forms/", ".dmn": "decisions/"}


def uploaded_source(files: Sequence[tuple[str, bytes]]) -> BundleSource:
    """Uploaded files as a bundle's source: the first diagram is the procedure's, the others are called by it.

    Only the last part of a name counts: folders of the sender's machine mean nothing here. Raises Invalid,
    SourceTooLarge.
    """
    placed: dict[str, bytes] = {}
    for given, content in files:
        name = PurePosixPath(given.replace("\\", "/")).name
        folder = _FOLDERS.get(PurePosixPath(name).suffix.lower())
        if folder is None:
            vi = f"Tệp «{name}» không phải .bpmn, .json hoặc .dmn. Chỉ gửi các tệp của quy trình."
            raise Invalid({"files": (vi, f"“{name}” is no .bpmn, .json or .dmn file.")})
        if len(content) > _MOST:
            raise SourceTooLarge(name=name)
        placed[folder + name] = content
    main = next((name for name in placed if name.lower().endswith(".bpmn")), None)
    if main is None:
        raise Invalid({"files": ("Thiếu tệp sơ đồ .bpmn của thủ tục.", "The diagram (.bpmn) is missing.")})
    return BundleSource(main=main, files=placed)
