"""What a service task of a diagram does: the protocol every handler keeps, and the registry of them all.

An *inside* handler is pure or local: it runs within the transaction of the command that reached it.
An *outside* handler talks to another system: the command leaves a job row, a worker calls the handler
after the commit, at least once, always with the same idempotency key.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from engine.errors import MotcuaError

Place = Literal["inside", "outside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFacts:
    """What a handler may know about the dossier it works for."""

    id: UUID
    number: str
    procedure_code: str
    procedure_name: str
    agency: str  # code of the competent agency
    agency_name: str
    channel: str  # counter, online or postal
    applicant: Mapping[str, object]  # as declared: name, id_number, phone, email, address, kind
    due_at: datetime | None
    tracking_code: str


def _no_numbers(series: str) -> int:
    raise LookupError(f"no number series here: {series}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a handler."""

    handler: str
    inputs: Mapping[str, object]  # values of the motcua:input expressions, JSON values
    dossier: DossierFacts
    at: datetime  # moment of the command (inside) or of the attempt (outside), aware
    idempotency_key: str  # the same at every attempt of this visit of the element
    next_number: Callable[[str], int] = field(default=_no_numbers)  # inside only: next of a yearly series


class BusinessError(Exception):
    """The handler's answer is a "no" that the diagram may catch by its code; trying again is useless."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class RetryLater(Exception):
    """The other system did not answer or asked for patience; the job is tried again with back-off."""


class Handler(Protocol):
    """One kind of automatic step."""

    name: str  # as written in motcua:handler
    place: Place

    def handle(self, call: Call) -> Mapping[str, object]:
        """Do the work and give the outputs. Raises BusinessError or (outside) RetryLater."""
        ...


class UnknownHandler(MotcuaError):
    """A diagram names a handler that this installation does not have."""

    code = "unknown-handler"
    vi = "Hệ thống chưa có bước xử lý tự động «{name}». Cài đặt bước này hoặc sửa quy trình."
    en = "This installation has no handler named “{name}”. Install it or change the diagram."


class HandlerRegistry:
    """All handlers of an installation by name."""

    def __init__(self, handlers: Iterable[Handler] = ()) -> None:
        self._handlers = {handler.name: handler for handler in handlers}

    def __contains__(self, name: str) -> bool:
        return name in self._handlers

    def names(self) -> frozenset[str]:
        return frozenset(self._handlers)

    def get(self, name: str) -> Handler:
        """The handler of that name; raises UnknownHandler."""
        try:
            return self._handlers[name]
        except KeyError:
            raise UnknownHandler(name=name) from None
