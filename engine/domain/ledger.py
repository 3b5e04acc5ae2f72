"""The ledger of legal time: what moved a dossier's clock, when, on what ground. Only ever appended to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.clock import vietnam


class Entry(StrEnum):
    """What an entry says happened."""

    SUBMITTED = "submitted"  # first contact: the elapsed clock starts
    RECEIVED = "received"  # full and valid: the legal clock starts
    FEE_PAID = "fee_paid"  # starts the clock of procedures that count from payment
    RETURNED = "returned"  # given back for a supplement: the legal clock stands still
    SUPPLEMENTED = "supplemented"  # complete again: the clock does what the procedure's policy says
    LIMIT_SET = "limit_set"  # the limit became another one
    EXTENDED = "extended"  # apology and new appointment
    FINISHED = "finished"  # issued, declined or refused
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


ENDS = frozenset({Entry.FINISHED, Entry.WITHDRAWN, Entry.STOPPED})


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry.

    ``detail`` may hold ``limit`` (code), ``due_at`` (ISO, of an extension), ``node``, and of a return
    ``doubts`` (codes of ``engine.domain.supplement``).
    """

    kind: str
    at: datetime
    ground: str  # article of law or reason
    by: str = ""  # who acted
    detail: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> list[Any]:
        return [self.kind, vietnam(self.at).isoformat(), self.ground, self.by, dict(self.detail)]

    @classmethod
    def from_json(cls, value: list[Any]) -> "LedgerEntry":
        """What ``to_json`` gave; raises ValueError for anything else."""
        kind, at, ground, by, detail = value
        return cls(kind, datetime.fromisoformat(at), ground, by, detail)


Ledger = tuple[LedgerEntry, ...]


def latest(ledger: Ledger, kind: str) -> LedgerEntry | None:
    """The newest entry of a kind."""
    return next((entry for entry in reversed(ledger) if entry.kind == kind), None)


def pauses(ledger: Ledger) -> list[tuple[datetime, datetime | None]]:
    """When the dossier was with the citizen: from each return till the supplement, or None while it is."""
    found: list[tuple[datetime, datetime | None]] = []
    returned: datetime | None = None
    for entry in ledger:
        if entry.kind == Entry.RETURNED and returned is None:
            returned = entry.at
        elif entry.kind == Entry.SUPPLEMENTED and returned is not None:
            found.append((returned, entry.at))
            returned = None
    if returned is not None:
        found.append((returned, None))
    return found
