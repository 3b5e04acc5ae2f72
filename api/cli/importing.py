"""Drawings of other tools from the command line: repaired with questions, reported, written to a folder."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import orjson

from api.bootstrap import open_engine
from api.cli.given_file import GivenFile
from api.settings import Settings
from api.sources import read_source
from api.whole import write_whole
from engine.errors import MotcuaError
from engine.given import given
from engine.procedures import Answers, Imported

_SIGNS = {
    "kept": ("GIỮ", "KEPT"),
    "changed": ("ĐỔI", "CHANGED"),
    "answered": ("TRẢ LỜI", "ANSWERED"),
    "assumed": ("GIẢ ĐỊNH", "ASSUMED"),
    "refused": ("TỪ CHỐI", "REFUSED"),
}


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=GivenFile())
@click.option("--answers", "answered", type=GivenFile(),
              help="Tệp trả lời .toml hoặc .json / answers.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Thư mục ghi kết quả / folder.")
@click.option("--json", "as_json", is_flag=True, help="Một dòng JSON mỗi tệp / one line of JSON a file.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def importing(
    files: tuple[Path, ...], answered: Path | None, out: Path | None, as_json: bool, lang: str
) -> None:
    """Nhập sơ đồ của phần mềm khác / import drawings of other tools.

    Điều sơ đồ chưa nói thì lấy từ tệp trả lời, không có thì theo giả định; mọi thay đổi đều được nêu.
    """
    engine = open_engine(Settings.from_environment(), migrate=False)
    answers = Answers.read(given(answered), answered.name) if answered else Answers()
    refused = 0
    for file in files:
        try:
            imported = engine.procedures.imported(
                _named(file), given(file), answers=answers, beside=_beside(file, files)
            )
        except MotcuaError as error:
            refused += 1
            click.echo(f"{file}: {error.message(lang)}", err=True)
            continue
        refused += not imported.accepted
        _tell(file, imported, as_json, lang)
        if out is not None and imported.content is not None:
            write_whole(out / _named(file), imported.content)
    sys.exit(1 if refused else 0)


def _named(file: Path) -> str:
    """The name of the result; modelers also write x.bpmn20.xml and x.xml."""
    return file.name if file.suffix == ".bpmn" else f"{file.name.split('.')[0]}.bpmn"


def _beside(file: Path, files: tuple[Path, ...]) -> Mapping[str, bytes]:
    """What lies beside a file, and the others that are imported with it: they may be called."""
    found = {name: content for name, content in read_source(file).files.items() if name != file.name}
    others = {one.name: given(one) for one in files if one != file and one.suffix == ".bpmn"}
    return {**found, **others}


def _tell(file: Path, imported: Imported, as_json: bool, lang: str) -> None:
    if as_json:
        told: dict[str, Any] = {
            "file": str(file),
            "accepted": imported.accepted,
            "renamed": dict(imported.renamed),
            "entries": [entry.to_json() for entry in imported.entries],
        }
        click.echo(orjson.dumps(told).decode())
        return
    english = lang == "en"
    for entry in imported.entries:
        before = f" ({entry.before})" if entry.before else ""
        click.echo(f"  {_SIGNS[entry.outcome][english]} [{entry.rule}] {entry.sentence(lang)}{before}")
    count = len(imported.of_kind("assumed")) if imported.accepted else len(imported.of_kind("refused"))
    verdict = (
        ("nhập được", "imported") if imported.accepted else ("không nhập", "refused"),
        ("giả định", "assumptions") if imported.accepted else ("chỗ", "places"),
    )
    click.echo(f"{file}: {verdict[0][english]}, {count} {verdict[1][english]}")
