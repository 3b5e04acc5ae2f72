"""Databases of PostgreSQL for tests: copies of one that was made ready, each made while another test runs."""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import text

from engine.store.database import Database


def tell(server: Database, statement: str) -> None:
    """Have the server make or drop a database."""
    admin = server.pool.execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(statement))


def url_of(server: Database, name: str) -> str:
    """URL of another database of the server."""
    return server.pool.url.set(database=name).render_as_string(hide_password=False)


class Copies:
    """Copies of the database ``template`` of a server; nobody may be connected to it."""

    def __init__(self, server: Database, template: str) -> None:
        self._server = server
        self._template = template
        self._workers = ThreadPoolExecutor(2)
        self._next = self._ahead()

    @contextmanager
    def one(self) -> Iterator[str]:
        """URL of a copy that nobody else has; it is dropped afterwards, whoever is still connected."""
        name, self._next = self._next.result(), self._ahead()
        try:
            yield url_of(self._server, name)
        finally:
            self._workers.submit(tell, self._server, f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Drop the copy that nobody has asked for, and wait until all are gone."""
        tell(self._server, f'DROP DATABASE "{self._next.result()}" WITH (FORCE)')
        self._workers.shutdown()

    def _ahead(self) -> Future[str]:
        return self._workers.submit(self._make)

    def _make(self) -> str:
        name = f"motcua_test_{os.getpid()}_{uuid4().hex[:8]}"
        tell(self._server, f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        return name


@contextmanager
def copies(server: Database, template: str) -> Iterator[Copies]:
    """Copies until the block ends."""
    made = Copies(server, template)
    try:
        yield made
    finally:
        made.close()
