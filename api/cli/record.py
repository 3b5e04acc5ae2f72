"""``motcua procedures record``: a dossier becomes a scenario, and is played at once to see that it holds."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from api.bootstrap import open_engine, scenario_centres
from api.cli.scenario_report import told
from api.settings import Settings
from api.whole import write_whole
from engine.engine import Engine
from engine.procedures import BundleSource
from engine.scenario import FileResult, added, file_text, play_file, read_scenarios, record


@click.command(
    name="record",
    help="Ghi hồ sơ NUMBER thành kịch bản, đã ẩn danh / record a dossier as a scenario, anonymised.",
)
@click.argument("number")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
              help="Tệp .test.yaml; có sẵn thì thêm vào cuối / file, added to when it exists.")  # fmt: skip
def recording(number: str, out: Path | None) -> None:
    engine = open_engine(Settings.from_environment(), migrate=False)
    text, result = recorded(engine, number)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_whole(out, _into(out, engine, number, exact=result.exact).encode())
    if not result.played.passed:
        click.echo("Kịch bản ghi lại chưa đạt khi chạy / the scenario does not pass:", err=True)
        for line in told([result.played], [], everything=False, least=None, lang="vi"):
            click.echo(line, err=True)
        sys.exit(1)


class Recorded:
    """How the recorded scenario went when it was played."""

    def __init__(self, played: FileResult, *, exact: bool) -> None:
        self.played, self.exact = played, exact


def recorded(engine: Engine, number: str) -> tuple[str, Recorded]:
    """The text of a file with the dossier's scenario; to the minute if that passes, else to the last moment.

    Raises NotRecordable.
    """
    with TemporaryDirectory(prefix="motcua-record-") as folder:
        for exact in (False, True):
            text, source = _text(engine, number, exact=exact)
            file = read_scenarios(text, number)
            played = play_file(scenario_centres(Path(folder)), file, source)
            if played.passed:
                break
    return text, Recorded(played, exact=exact)


def _text(engine: Engine, number: str, *, exact: bool) -> tuple[str, BundleSource]:
    procedure, sha256, scenario = _told(engine, number, exact=exact)
    return file_text(procedure, scenario), engine.procedures.source(sha256)


def _told(engine: Engine, number: str, *, exact: bool) -> tuple[str, str, dict[str, object]]:
    with engine.database.reading() as connection:
        return record(connection, engine.services, number, exact=exact)


def _into(out: Path, engine: Engine, number: str, *, exact: bool) -> str:
    """The file's text with the scenario in it."""
    procedure, _, scenario = _told(engine, number, exact=exact)
    if not out.exists():
        return file_text(procedure, scenario)
    text = out.read_text(encoding="utf-8")
    names = frozenset(one.name for one in read_scenarios(text, str(out)).scenarios)
    return added(text, scenario, names)
