"""The other systems that automatic steps ask, as settings that lead to the stand-in."""

import pytest

from handlers.stand_in import DEMO_SECRET


@pytest.fixture(autouse=True)
def partners(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VEHICLE_REGISTER", "SOCIAL_INSURANCE", "POLICE"):
        monkeypatch.setenv(f"MOTCUA_{name}_URL", "http://partner.test")
        monkeypatch.setenv(f"MOTCUA_{name}_SECRET", DEMO_SECRET)
