"""Procedures put to work from the command line: installed at once, or laid before a second person."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from api.bootstrap import PROCESSES, open_engine
from api.cli.findings import print_findings
from api.cli.given_file import GivenFile
from api.cli.searching import said
from api.cli.shelves import chosen, query_of
from api.settings import Settings
from api.sources import read_sources
from engine.domain.version import STATE_NAMES, State
from engine.engine import Engine
from engine.errors import MotcuaError
from engine.portfolio.lint import code_of, codes_twice
from engine.portfolio.search import search
from engine.procedures import BundleRefused, BundleSource

_DIRECTLY = "triển khai từ dòng lệnh"


@click.command(
    help="Cài thẳng, nhật ký ghi rõ; --submit: trình duyệt / install at once, or --submit to a second person."
)
@click.argument("files", nargs=-1, type=GivenFile())
@click.option("--select", "selection", help="Chọn bằng lời hoặc FEEL / choose by words or FEEL.")
@click.option("--in", "folder", default=PROCESSES, type=click.Path(path_type=Path),
              help="Với --select: thư mục các quy trình / with --select: where.")  # fmt: skip
@click.option("--submit", is_flag=True, help="Lập bản thảo và trình duyệt / as drafts, submitted.")
@click.option("--by", help="Với --submit: tên đăng nhập người trình / with --submit: who submits.")
@click.option("--reason", default="", help="Quyết định hoặc lý do / decision or reason.")
def deploy(
    files: tuple[Path, ...], selection: str | None, folder: Path, submit: bool, by: str | None, reason: str
) -> None:
    wanted = [*files, *(_selected(selection, folder) if selection else ())]
    if not wanted:
        click.echo("Chưa chọn tệp: ghi đường dẫn, hoặc --select / name a file, or --select", err=True)
        sys.exit(2)
    if submit and not (by and reason.strip()):
        click.echo("--submit cần --by TÊN và --reason LÝ DO / --submit needs --by and --reason", err=True)
        sys.exit(2)
    engine = open_engine(Settings.from_environment())
    if submit and by:
        sys.exit(0 if _submit(engine, wanted, by, reason.strip()) else 1)
    found = list(zip(wanted, read_sources(wanted), strict=True))
    twice = list(codes_twice((str(file), code_of(source)) for file, source in found))
    for later, earlier, code in twice:
        click.echo(f"{later}: mã thủ tục {code} đã có ở {earlier}, không cài tệp nào / the code is in both")
    if twice:
        sys.exit(1)
    failed = sum(not _deploy(engine, file, source, reason or _DIRECTLY) for file, source in found)
    sys.exit(1 if failed else 0)


def _selected(selection: str, folder: Path) -> Sequence[Path]:
    """Diagrams of the procedures that a search finds, or has found a step of."""
    query = said(query_of, selection, "vi")
    click.echo(f"FEEL: {query.feel}")
    hits = search(chosen(folder, False, "vi").table, query)
    return [folder / name for name in dict.fromkeys(hit.file for hit in hits if hit.own)]


def _submit(engine: Engine, files: Sequence[Path], by: str, reason: str) -> bool:
    """Drafts of all files, submitted; of none when one of them has an error. A second person approves."""
    officer = engine.officers.by_username(by)
    sources = list(read_sources(files))
    try:
        made = engine.versions.draft_all(officer, sources, reason=f"{reason} (từ dòng lệnh)", submit=True)
    except BundleRefused as refused:
        print_findings(files[0], refused.findings, "vi")
        click.echo("Không trình bản nào, còn lỗi / nothing was submitted")
        return False
    except MotcuaError as error:
        click.echo(error.message("vi"))
        return False
    for one in made:
        click.echo(f"{one.code} phiên bản {one.number} {STATE_NAMES[State(one.state)][0]}: {one.name}")
    return True


def _deploy(engine: Engine, file: Path, source: BundleSource, reason: str) -> bool:
    try:
        version = engine.procedures.deploy(source, by="system:command-line", reason=reason)
    except BundleRefused as refused:
        print_findings(file, refused.findings, "vi")
        click.echo(f"{file}: không triển khai, còn lỗi")
        return False
    except MotcuaError as error:
        click.echo(f"{file}: {error.message('vi')}")
        return False
    click.echo(f"{version.code} phiên bản {version.number}: {version.name}")
    return True
