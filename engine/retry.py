"""When to try again what failed: growing pauses with jitter, then a person has to look."""

import hashlib
from datetime import datetime, timedelta

# Seconds before the next attempt; after the last pause the attempts go on hourly.
_PAUSES = (1, 10, 60, 300, 1800)
ATTEMPTS = 10  # then it becomes an incident


def next_try(at: datetime, attempt: int, identity: str) -> datetime:
    """The moment of the attempt after number ``attempt`` (1, 2 ...), within 20 % of the pause.

    The jitter follows from ``identity``, so that neighbours spread and a test can foretell it.
    """
    pause = _PAUSES[attempt - 1] if attempt <= len(_PAUSES) else 3600
    spread = hashlib.blake2b(f"{identity}:{attempt}".encode(), digest_size=2).digest()
    share = int.from_bytes(spread) / 0xFFFF * 0.4 - 0.2
    return at + timedelta(seconds=pause * (1 + share))
