"""Where concrete things meet: settings become a database, files, handlers, law, and one Engine."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import handlers
from api.settings import Settings
from engine.advance import Services
from engine.clock import Clock, FixedClock, SystemClock
from engine.domain.command import By
from engine.domain.law import LawBook
from engine.domain.papers.facts import Office
from engine.engine import Engine
from engine.errors import MotcuaError, Unavailable
from engine.handler import HandlerRegistry
from engine.passwords import PasswordHasher
from engine.sandbox import Sandbox, SandboxHandlers
from engine.scenario import Centres
from engine.store.database import Database
from engine.store.files import FileStore
from engine.store.migrations.schema import create_schema
from engine.store.server_clock import ServerClock
from handlers.stand_in import stand_ins

PROCESSES = Path(__file__).resolve().parent.parent / "processes"


class DatabaseUnreachable(MotcuaError):
    """The program does not start without its database."""

    code = "database-unreachable"
    vi = "Không kết nối được cơ sở dữ liệu {url}. Kiểm tra máy chủ, tên, mật khẩu trong MOTCUA_DATABASE."
    en = "The database {url} cannot be reached. Check the server, the name and password in MOTCUA_DATABASE."


# Seconds that one statement may take: somebody waits for a page or an answer, nobody for the heartbeat.
FOR_THE_WEB, FOR_WORKERS = 4.0, 10.0


def open_database(
    settings: Settings, *, migrate: bool = True, durable: bool = True, patience: float = FOR_WORKERS
) -> Database:
    """The database of the settings, at the newest schema; raises DatabaseUnreachable."""
    database = Database(settings.database, durable=durable, patience=patience, spread=settings.spread)
    if migrate:
        try:
            create_schema(database)
        except Unavailable as error:
            raise DatabaseUnreachable(url=re.sub(r"//[^/@]*@", "//", settings.database)) from error
    return database


def build_services(settings: Settings) -> Services:
    """Handlers, law and agencies of this installation."""
    law = sorted((PROCESSES / "law").glob("*.toml"))
    return Services(
        handlers=HandlerRegistry(handlers.ALL),
        law=LawBook.from_toml([path.read_text(encoding="utf-8") for path in law]),
        centre=settings.centre,
        offices={row["code"]: _office(row) for row in read_agencies()},
        number_pattern=settings.number_pattern,
        tracking_url=settings.tracking_url,
    )


def read_agencies() -> list[dict[str, Any]]:
    """The agencies of the file, with every column that the table has."""
    stored = tomllib.loads((PROCESSES / "agencies.toml").read_text(encoding="utf-8"))["agency"]
    empty = {"successor": None, "valid_from": None, "valid_to": None, "address": "", "phone": ""}
    return [{**empty, **row} for row in stored]


def _office(row: Mapping[str, Any]) -> Office:
    superior = "UBND TỈNH NGHỆ AN" if row["kind"] in ("centre", "department") else ""
    return Office(name=row["name"], superior=superior, address=row["address"], phone=row["phone"])


def build_engine(
    settings: Settings,
    database: Database,
    clock: Clock | None = None,
    hasher: PasswordHasher | None = None,
) -> Engine:
    """An engine on an open database; tests bring their own clock and a cheaper hasher."""
    files = FileStore(settings.files_folder)
    return Engine(database, build_services(settings), files, clock or _clock_of(database), hasher)


def _clock_of(database: Database) -> Clock:
    """The server's clock where several machines share a server, else the machine's own."""
    own = SystemClock()
    return ServerClock(database, own) if database.dialect == "postgresql" else own


def open_engine(
    settings: Settings,
    *,
    migrate: bool = True,
    durable: bool = True,
    clock: Clock | None = None,
    patience: float = FOR_WORKERS,
) -> Engine:
    """Database and engine in one go, for the command line."""
    database = open_database(settings, migrate=migrate, durable=durable, patience=patience)
    return build_engine(settings, database, clock)


def open_sandbox(folder: Path, at: datetime, url: str = "sqlite://") -> Sandbox:
    """A centre to try diagrams out in, in memory; what handlers write lies in ``folder``."""
    settings = Settings.from_environment({"MOTCUA_FOLDER": str(folder), "MOTCUA_DATABASE": url})
    database, clock = Database(url), FixedClock(at)
    create_schema(database)
    services = replace(build_services(settings), handlers=SandboxHandlers(handlers.ALL), sandbox=True)
    engine = Engine(database, services, FileStore(settings.files_folder), clock)
    if not engine.calendars.versions():
        calendar = (PROCESSES / "calendar.toml").read_text(encoding="utf-8")
        engine.calendars.decide(calendar, by=By(key="system:sandbox"), reason="chạy thử")
    return Sandbox(engine, clock)


def scenario_centres(folder: Path, calendar: str | None = None) -> Centres:
    """Centres to play scenarios in, in memory, with everything of this installation but its procedures.

    ``calendar`` is the text of another one than new centres begin with.
    """
    settings = Settings.from_environment({"MOTCUA_FOLDER": str(folder), "MOTCUA_DATABASE": "sqlite://"})
    return Centres(
        build_services(settings),
        lambda engine: _furnish(
            engine, calendar or (PROCESSES / "calendar.toml").read_text(encoding="utf-8")
        ),
        settings.files_folder,
        handlers=handlers.ALL,
        stand_ins=stand_ins(),
    )


def _furnish(engine: Engine, calendar: str) -> None:
    engine.officers.save_agencies(read_agencies())
    engine.calendars.decide(calendar, by=By(key="system:scenario"), reason="chạy kịch bản")
