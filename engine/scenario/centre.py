"""A centre for one scenario: the real engine on a database of its own, with a clock moved by hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.advance import Services
from engine.clock import VIETNAM, FixedClock
from engine.engine import Engine
from engine.handler import Handler
from engine.passwords import PasswordHasher
from engine.procedures import BundleSource
from engine.scenario.desk import Desk
from engine.scenario.people import People
from engine.store.database import Database
from engine.store.files import FileStore
from engine.store.migrations.schema import create_schema

_BEFORE = datetime(2015, 1, 1, tzinfo=VIETNAM)  # when procedures are deployed: before anything is handed in
_CHEAP = {"time_cost": 1, "memory_kib": 64}  # nobody guesses these passwords


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """What a scenario is played in."""

    engine: Engine
    clock: FixedClock
    desk: Desk
    people: People


class Centres:
    """Makes centres that have some procedures in force; what they share is made once a process.

    ``furnish`` brings agencies and the working calendar into a new database.
    """

    def __init__(
        self,
        services: Services,
        furnish: Callable[[Engine], None],
        folder: Path,
        *,
        handlers: tuple[Handler, ...],
        stand_ins: tuple[Handler, ...] = (),
    ) -> None:
        self._services = services
        self._furnish = furnish
        self._files = FileStore(folder)
        self._handlers, self._stand_ins = handlers, stand_ins
        self._hasher = PasswordHasher(**_CHEAP)
        self._database = Database("sqlite://")
        self._empty: bytes | None = None
        self._images: dict[BundleKey, bytes] = {}

    @contextmanager
    def opened(self, *sources: BundleSource) -> Iterator[Centre]:
        """A fresh centre with these procedures in force. Raises BundleRefused, XmlRefused."""
        key = tuple((source.main, tuple(sorted(source.files.items()))) for source in sources)
        if key not in self._images:
            self._images[key] = self._with(sources)
        with self._on(self._images[key]) as centre:
            yield centre

    def _with(self, sources: tuple[BundleSource, ...]) -> bytes:
        with self._on(self._furnished()) as centre:
            for source in sources:
                centre.engine.procedures.deploy(source, by="system:scenario", reason="chạy kịch bản")
            return _image(centre.engine.database)

    def _furnished(self) -> bytes:
        """A database with agencies and calendar."""
        if self._empty is None:
            with self._on(None) as centre:
                create_schema(centre.engine.database)
                self._furnish(centre.engine)
                self._empty = _image(centre.engine.database)
        return self._empty

    @contextmanager
    def _on(self, image: bytes | None) -> Iterator[Centre]:
        """One after the other on the same connection: what SQLAlchemy has learnt of statements is kept."""
        if image is not None:
            _driver(self._database).deserialize(image)
        desk, clock = Desk(self._handlers, self._stand_ins), FixedClock(_BEFORE)
        services = replace(self._services, handlers=desk)
        engine = Engine(self._database, services, self._files, clock, self._hasher)
        yield Centre(engine=engine, clock=clock, desk=desk, people=People(engine.officers))


BundleKey = tuple[tuple[str, tuple[tuple[str, bytes], ...]], ...]


def _driver(database: Database) -> Any:
    """The one connection of a database in memory, as the driver knows it."""
    return database.pool.raw_connection().driver_connection


def _image(database: Database) -> bytes:
    image: bytes = _driver(database).serialize()
    return image
