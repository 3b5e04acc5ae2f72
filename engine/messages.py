"""Messages and signals between dossiers: what a diagram throws, taken from the outbox to whoever waits.

A message has one receiver (BPMN 2.0.2, 8.4.11): the dossier that it names, or the one that waits and whose
correlation fits. A signal is heard by all that wait (10.5.6). Every delivery is a command of the receiver.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.advance import NotWaiting, Services, Work, advance
from engine.clock import Clock
from engine.domain.command import By, Command, Kind
from engine.domain.message import ROUTE, SIGNAL, received
from engine.errors import MotcuaError
from engine.handler import RetryLater
from engine.store import dossiers, replies, work
from engine.store.database import Connection, Database
from engine.workflow.errors import WorkflowRefused

__all__ = ["ROUTE", "Messages"]

MANY = 10_000  # dossiers that one signal may reach


class _Delivered(MotcuaError):
    """This receiver has had it already: the worker that brought it could not say so."""


class Messages:
    """Takes what was thrown to its receivers; each delivery is a transaction of its own."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    def route(self, sender: UUID, payload: Mapping[str, Any], key: str) -> int:
        """Deliver what a dossier has thrown; returns how many receivers had it.

        ``key`` names the throwing and makes every delivery happen once. Raises RetryLater while nobody waits
        for a message; a signal that nobody hears is over.
        """
        name = f"{SIGNAL}{payload['name']}" if payload["kind"] == "signal" else str(payload["name"])
        data = received(payload.get("data", {}))
        with self._database.reading() as connection:
            number = getattr(dossiers.get(connection, sender), "number", "")
            waiting = self._waiting(connection, name, data.pop("dossier", None))
        if payload["kind"] == "signal":
            waiting = [one for one in waiting if one != sender]  # it has heard its own signal at once
        reached = 0
        for receiver in waiting:
            reached += self._deliver(receiver, name, data, key, number)
            if reached and payload["kind"] == "message":
                break
        if not reached and payload["kind"] == "message":
            raise RetryLater(f"chưa có hồ sơ nào chờ tin nhắn «{name}»")
        return reached

    def _waiting(self, connection: Connection, name: str, number: Any) -> list[UUID]:
        if number is None:
            return work.waiting_for(connection, name, MANY)
        found = dossiers.id_of(connection, str(number))
        return [found] if found is not None else []

    def _deliver(self, receiver: UUID, name: str, data: Mapping[str, Any], key: str, sender: str) -> bool:
        command = Command(
            kind=Kind.MESSAGE,
            by=By(key="system:message"),
            at=self._clock.now(),
            name=name,
            answers=data,
            details={"from": sender},
        )

        def once(receiving: Work) -> None:
            if not replies.add_once(receiving.tx, f"message:{receiver}", key, self._clock.now()):
                raise _Delivered()

        try:
            with self._database.transaction() as tx:
                advance(tx, self._services, receiver, command, permit=once)
        except _Delivered:
            return True
        except (NotWaiting, WorkflowRefused):
            return False  # gone on since we looked, or its correlation does not fit
        return True
