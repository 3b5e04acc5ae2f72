"""When to try again what failed: growing pauses with jitter, then a person has to look."""

import hashlib
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic, sleep
from typing import TypeVar

from engine.errors import TryAgain

T = TypeVar("T")

# Seconds before the next attempt; after the last pause the attempts go on hourly.
_PAUSES = (1, 10, 60, 300, 1800)
ATTEMPTS = 10  # then it becomes an incident
OLDEST = timedelta(hours=24)  # what is older when only hourly tries are left becomes one, too

_AT_ONCE = (0.05, 0.2)  # seconds, at most, before the second and the third try of a transaction
_BUDGET = 1.5  # seconds after which nobody begins anew: who asked is told within five


def again(deed: Callable[[], T]) -> T:
    """Do it; while it raises TryAgain, at most twice more, after a short and random pause."""
    until = monotonic() + _BUDGET
    for pause in _AT_ONCE:
        try:
            return deed()
        except TryAgain:
            if monotonic() > until:
                raise
        sleep(pause * random.random())  # noqa: S311  # spreads those who met, no secret
    return deed()


def is_final(at: datetime, attempt: int, created_at: datetime) -> bool:
    """Whether attempt number ``attempt`` (1, 2 ...) of something was its last.

    Age alone never ends what was hardly tried: after an outage of our own everything is old.
    """
    return attempt % ATTEMPTS == 0 or (in_round(attempt) > len(_PAUSES) and at - created_at >= OLDEST)


def in_round(attempt: int) -> int:
    """The number of an attempt since a person last put the thing back to work: 1 ... ATTEMPTS.

    The number itself never goes back, it fences off workers that come back late.
    """
    return (attempt - 1) % ATTEMPTS + 1


def next_try(at: datetime, attempt: int, identity: str) -> datetime:
    """The moment of the attempt after number ``attempt`` (1, 2 ...), within 20 % of the pause.

    The jitter follows from ``identity``, so that neighbours spread and a test can foretell it.
    """
    pause = _PAUSES[attempt - 1] if attempt <= len(_PAUSES) else 3600
    spread = hashlib.blake2b(f"{identity}:{attempt}".encode(), digest_size=2).digest()
    share = int.from_bytes(spread) / 0xFFFF * 0.4 - 0.2
    return at + timedelta(seconds=pause * (1 + share))
