"""From a diagram's file on disk to all the files that belong to it."""

from pathlib import Path

from engine.errors import MotcuaError
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
