"""Outlines from the command line: drawn into the folder of their agency, checked at once."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from api.bootstrap import PROCESSES, open_engine
from api.cli.findings import print_findings
from api.cli.given_file import GivenFile
from api.settings import Settings
from api.sources import files_in
from api.whole import NotWritten, write_whole
from engine.engine import Engine
from engine.errors import MotcuaError
from engine.given import given
from engine.outlines import BadOutline, Drawing, Outline

_SAID = {
    "edited": (
        "{file}: «{name}» đã được sửa tay hoặc vẽ tay sau khi máy vẽ, nên giữ nguyên. "
        "Thêm --force để vẽ đè.",
        "{file}: “{name}” was changed or drawn by hand, so it is kept. Add --force to overwrite it.",
    ),
    "drawn": ("{file}: đã vẽ {main} và {forms} biểu mẫu vào {folder}; {errors} lỗi, {notes} lưu ý",
              "{file}: drew {main} and {forms} forms into {folder}; {errors} errors, {notes} notes"),
    "unsound": ("{file}: còn {errors} lỗi, không ghi gì", "{file}: {errors} errors, nothing was written"),
}  # fmt: skip


@click.command(help="Vẽ sơ đồ và biểu mẫu từ bản phác thảo YAML / draw diagrams and forms from outlines.")
@click.argument("outlines", nargs=-1, required=True,
                type=GivenFile())  # fmt: skip
@click.option("--to", "target", default=PROCESSES, type=click.Path(file_okay=False, path_type=Path),
              help="Thư mục các quy trình / folder of the processes.")  # fmt: skip
@click.option("--force", is_flag=True, help="Vẽ đè lên tệp đã sửa tay / overwrite what was changed by hand.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def draw(outlines: tuple[Path, ...], target: Path, force: bool, lang: str) -> None:
    engine = open_engine(Settings.from_environment(), migrate=False)
    failed = sum(not _draw(engine, file, target, force, lang) for file in outlines)
    sys.exit(1 if failed else 0)


def _draw(engine: Engine, file: Path, target: Path, force: bool, lang: str) -> bool:
    """Draw one outline; whether it was written."""
    try:
        outline = engine.outlines.read(given(file))
        folder = target / (outline.agency.lower() or "shared")
        beside = files_in(folder, main=False)
        drawing = engine.outlines.draw(outline, files_in(_shared(target)), beside, _before(folder, outline))
    except BadOutline as error:
        for problem in error.problems:
            click.echo(f"{file}: {problem.sentence(lang)}")
        return False
    except MotcuaError as error:
        click.echo(f"{file}: {error.message(lang)}")
        return False
    errors = print_findings(file, drawing.findings, lang)
    if errors:
        _say("unsound", lang, file=file, errors=errors)
        return False
    there = present(folder, drawing)
    kept = engine.outlines.edited(drawing.main, there) if there and not force else ()
    if kept:
        _say("edited", lang, file=file, name=kept[0])
        return False
    try:
        write(folder, drawing.files)
    except NotWritten as error:
        click.echo(f"{file}: {error.message(lang)}")
        return False
    _say("drawn", lang, file=file, main=drawing.main, forms=len(drawing.files) - 1, folder=folder,
         errors=errors, notes=len(drawing.findings))  # fmt: skip
    return True


def _before(folder: Path, outline: Outline) -> bytes | None:
    place = folder / outline.file
    return place.read_bytes() if place.is_file() else None


def _say(what: str, lang: str, **details: object) -> None:
    click.echo(_SAID[what][lang == "en"].format(**details))


def _shared(target: Path) -> Path:
    """The shared processes beside the agencies; elsewhere those of this program."""
    own = target / "shared"
    return own if own.is_dir() else PROCESSES / "shared"


def present(folder: Path, drawing: Drawing) -> Mapping[str, bytes]:
    """What lies where a drawing is to be written, as far as it differs."""
    found = {name: (folder / name).read_bytes() for name in drawing.files if (folder / name).is_file()}
    same = all(found.get(name) == content for name, content in drawing.files.items())
    return {} if same else found


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Each file whole or not at all; the diagram last, for it speaks of the others. Raises NotWritten."""
    for name, content in sorted(files.items(), key=lambda one: one[0].endswith(".bpmn")):
        write_whole(folder / name, content)
