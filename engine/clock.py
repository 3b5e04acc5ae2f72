"""The one clock. Everything that needs the present time asks here or is told it by a command."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

# Viet Nam keeps UTC+7 all year, without daylight saving; offices count legal time in it.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Gives the present moment as an aware datetime in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The clock of the machine; its operator keeps it in step by NTP."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved: for tests, seeding and simulation."""

    def __init__(self, at: datetime) -> None:
        self.at = require_aware(at)

    def now(self) -> datetime:
        return self.at.astimezone(UTC)

    def move_to(self, at: datetime) -> None:
        self.at = require_aware(at)

    def advance(self, **parts: float) -> None:
        """Move forward by a plain timedelta, e.g. ``advance(hours=2)``."""
        self.at += timedelta(**parts)


def require_aware(at: datetime) -> datetime:
    """Return ``at`` unchanged; raise ValueError when it has no time zone."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError(f"a moment without time zone: {at!r}")
    return at


def vietnam(at: datetime) -> datetime:
    """The same moment as read on a wall clock in Viet Nam."""
    return require_aware(at).astimezone(VIETNAM)
