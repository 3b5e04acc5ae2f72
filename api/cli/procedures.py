"""Procedures from the command line: checked, deployed, listed, shown."""

import sys
from pathlib import Path

import click

from api.bootstrap import open_engine
from api.cli.changing import change
from api.cli.comparing import diff
from api.cli.deploying import deploy
from api.cli.drawing import draw
from api.cli.findings import print_findings
from api.cli.impact import impact
from api.cli.linting import lint
from api.cli.record import recording
from api.cli.searching import questions, search_
from api.cli.sheet import sheet
from api.cli.telling import outline
from api.settings import Settings
from api.sources import read_source
from engine.clock import vietnam
from engine.domain.version import STATE_NAMES, State
from engine.engine import Engine
from engine.errors import MotcuaError

_NO_FILE = {
    "vi": "{file}: không có tệp này. Kiểm tra lại đường dẫn.",
    "en": "{file}: there is no such file. Check the path.",
}


@click.group(help="Thủ tục / procedures.")
def procedures() -> None:
    pass


procedures.add_command(recording)


for command in (draw, outline, search_, lint, questions, impact, diff, change, deploy):
    procedures.add_command(command)


@procedures.command(help="Kiểm tra tệp quy trình, không ghi gì / check diagrams, store nothing.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def check(files: tuple[Path, ...], lang: str) -> None:
    engine = open_engine(Settings.from_environment(), migrate=False)
    failed = sum(not _check(engine, file, lang) for file in files)
    sys.exit(1 if failed else 0)


def _check(engine: Engine, file: Path, lang: str) -> bool:
    """Print what is to be said about one file; whether it could be deployed. Never stops the next file."""
    if not file.is_file():
        click.echo(_NO_FILE[lang].format(file=file))
        return False
    try:
        findings = engine.procedures.check(read_source(file))
    except MotcuaError as error:
        click.echo(f"{file}: {error.message(lang)}")
        return False
    errors = print_findings(file, findings, lang)
    notes = len(findings) - errors
    if lang == "en":
        click.echo(f"{file}: {f'{errors} errors' if errors else 'passed'}, {notes} notes")
    else:
        click.echo(f"{file}: {f'{errors} lỗi' if errors else 'đạt'}, {notes} lưu ý")
    return not errors


@procedures.command(name="list", help="Các thủ tục đang áp dụng / live procedures.")
@click.argument("text", default="")
def list_(text: str) -> None:
    engine = open_engine(Settings.from_environment())
    for version in engine.procedures.find(text):
        click.echo(f"{version.code:<12} v{version.number:<3} {version.agency:<8} {version.name}")


@procedures.command(help="Một thủ tục: nội dung, các bước, phiên bản / a procedure, its steps, its versions.")
@click.argument("code")
def show(code: str) -> None:
    engine = open_engine(Settings.from_environment())
    versions = engine.procedures.versions(code)
    shown = next((one for one in versions if one.live), versions[0])
    for line in sheet(engine.procedures.definition(shown.sha256), shown.agency_name):
        click.echo(line)
    click.echo("Các phiên bản:")
    for version in versions:
        state = STATE_NAMES[State(version.state)][0]
        since = f"{vietnam(version.deployed_at):%d/%m/%Y}" if version.deployed_at else "chưa áp dụng"
        click.echo(
            f"  - v{version.number} {state}, {version.running} hồ sơ đang chạy, "
            f"{since}, gói {version.sha256[:12]}: {version.name}"
        )
