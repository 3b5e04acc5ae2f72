"""A call of a handler for a dossier of Sở Văn hóa và Thể thao, and the other systems on loopback."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from engine.clock import VIETNAM
from engine.handler import Call, DossierFacts
from handlers.stand_in import StandIn

MakeCall = Callable[..., Call]

DOSSIER = DossierFacts(
    id=UUID(int=7),
    number="000.00.16.H41-260302-0007",
    procedure_code="1.009397",
    procedure_name="Cấp giấy phép tổ chức biểu diễn nghệ thuật",
    agency="SVHTT",
    agency_name="Sở Văn hóa và Thể thao",
    channel="counter",
    applicant={"name": "Nguyễn Thị Hường", "email": "huong@example.vn", "phone": "0912 345 678"},
    due_at=datetime(2026, 3, 9, 8, 0, tzinfo=VIETNAM),
    tracking_code="7KQM2X9PRT4V",
)


@pytest.fixture
def make_call() -> MakeCall:
    series: dict[str, int] = {}

    def next_number(name: str) -> int:
        series[name] = series.get(name, 0) + 1
        return series[name]

    def make(**inputs: Any) -> Call:
        changes = {key: inputs.pop(key) for key in ("dossier", "at", "idempotency_key") if key in inputs}
        facts: dict[str, Any] = {
            "handler": "under test",
            "inputs": inputs,
            "dossier": DOSSIER,
            "at": datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM),
            "idempotency_key": "key-1",
            "next_number": next_number,
        }
        return Call(**(facts | changes))

    return make


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with StandIn() as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running
