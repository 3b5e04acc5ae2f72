"""Two versions of a procedure compared in words, be they files or versions of the centre."""

import sys
from pathlib import Path

import click

from api.bootstrap import open_engine
from api.cli.shelves import print_json
from api.settings import Settings
from api.sources import read_source
from engine.errors import MotcuaError, NotFound
from engine.portfolio.diff import compared
from engine.procedures import BundleSource

_NEITHER = {
    "vi": "«{what}»: không có tệp này, cũng không phải mã@số bản, ví dụ 1.009397@2.",
    "en": "“{what}”: no such file, and no code@version such as 1.009397@2.",
}


@click.command(help="Hai tệp, hoặc hai bản MÃ@SỐ, khác nhau thế nào / how two files or versions differ.")
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="In JSON / print JSON.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def diff(old: str, new: str, as_json: bool, lang: str) -> None:
    try:
        found = compared(_source(old, lang), _source(new, lang))
    except MotcuaError as error:
        click.echo(error.message(lang), err=True)
        sys.exit(2)
    if as_json:
        told = [{"kind": one.kind, "element": one.element, "vi": one.vi, "en": one.en} for one in found]
        print_json({"old": old, "new": new, "differences": told})
        return
    for one in found:
        click.echo(f"  - {one.en if lang == 'en' else one.vi}")
    if not found:
        click.echo("Nothing differs." if lang == "en" else "Không có gì khác.")


def _source(what: str, lang: str) -> BundleSource:
    """A file with what lies beside it, ``CODE@NUMBER``, or ``CODE`` for the live version."""
    if Path(what).is_file():
        return read_source(Path(what))
    code, at, number = what.partition("@")
    if not code or (at and not number.isdigit()) or what.endswith(".bpmn"):
        click.echo(_NEITHER[lang].format(what=what), err=True)
        sys.exit(2)
    procedures = open_engine(Settings.from_environment()).procedures
    if not at:
        return procedures.source(procedures.get(code).sha256)
    for version in procedures.versions(code):
        if version.number == int(number):
            return procedures.source(version.sha256)
    raise NotFound(what=f"bản {number} của thủ tục {code}")
