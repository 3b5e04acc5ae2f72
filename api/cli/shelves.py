"""Which procedures a command is about: a folder, or what is live at the centre; and their index."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import orjson

from api.bootstrap import PROCESSES, open_engine, read_agencies
from api.settings import Settings
from engine.engine import Engine
from engine.portfolio.grammar import understood
from engine.portfolio.index import Index
from engine.portfolio.query import Query
from engine.portfolio.shelf import FolderShelf, LiveShelf, Shelf
from engine.portfolio.table import Table

_IN = click.option("--in", "folder", default=PROCESSES, type=click.Path(path_type=Path),
                   help="Thư mục các quy trình / folder of the processes.")  # fmt: skip
_LIVE = click.option("--live", is_flag=True, help="Các bản đang áp dụng / the live versions.")
_JSON = click.option("--json", "as_json", is_flag=True, help="In JSON / print JSON.")
_LANG = click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A shelf with what has been read of it."""

    shelf: Shelf
    table: Table
    engine: Engine | None  # only of what is live
    folder: Path


def catalogue_command(name: str, what: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command over a catalogue, with the options that all of them have."""

    def make(run: Callable[..., None]) -> click.Command:
        for option in (_LANG, _JSON, _LIVE, _IN):
            run = option(run)
        return click.command(name=name, help=what)(run)

    return make


def chosen(folder: Path, live: bool, lang: str) -> Chosen:
    """The index of a shelf as it is now; files that cannot be read are named and left out."""
    settings = Settings.from_environment()
    engine = open_engine(settings) if live else None
    shelf = LiveShelf(engine.procedures, settings.database) if engine else FolderShelf(folder)
    table = Index(settings.folder, shelf, centre=settings.centre).table()
    for name, vi, en in table.problems:
        click.echo(f"  ! {name}: {en if lang == 'en' else vi}", err=True)
    return Chosen(shelf=shelf, table=table, engine=engine, folder=folder)


def query_of(text: str) -> Query:
    """A search as it is understood, with the agencies of this centre. Raises BadQuery, FeelSyntaxError."""
    agencies = [
        (row["code"], [name for name in (row["name"], row.get("name_en")) if name]) for row in read_agencies()
    ]
    return understood(text, agencies)


def print_json(value: Any) -> None:
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
