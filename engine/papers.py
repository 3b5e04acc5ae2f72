"""Statutory papers as they were issued: frozen at that moment, printed again word for word."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.advance import Services
from engine.domain.actor import OfficerActor
from engine.errors import NotFound
from engine.reading import Reader
from engine.store import attachments, codec, dossiers
from engine.store.database import Connection, Database


class Papers:
    """Reading papers; issuing is done by the command that reaches them."""

    def __init__(self, database: Database, services: Services, reader: Reader) -> None:
        self._database = database
        self._services = services
        self._reader = reader

    def content(self, officer: OfficerActor, number: str, paper_id: UUID) -> Mapping[str, Any]:
        """The content of a paper as JSON, for a renderer; raises NotFound."""
        with self._database.reading() as connection:
            return self._content(connection, self._reader.visible(connection, officer, number).id, paper_id)

    def content_for_citizen(self, tracking_code: str, paper_id: UUID) -> Mapping[str, Any]:
        """The same for the citizen, known by the tracking code."""
        with self._database.reading() as connection:
            row = dossiers.find(connection, tracking_code)
            if row is None or row.tracking_code != tracking_code:
                raise NotFound(what="hồ sơ")
            return self._content(connection, row.id, paper_id)

    def _content(self, connection: Connection, dossier_id: UUID, paper_id: UUID) -> Mapping[str, Any]:
        row = attachments.paper_row(connection, dossier_id, paper_id)
        if row is None:
            raise NotFound(what="giấy tờ")
        content: Mapping[str, Any] = codec.unpack(row.content)
        return content
