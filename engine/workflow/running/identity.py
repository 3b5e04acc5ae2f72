"""Ids of tasks that follow from the command that makes them, so that a replay makes the same ones.

The library draws them at random in one place. That name is replaced, once, by a function that counts
within the command of the present thread.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from uuid import UUID, uuid4

import SpiffWorkflow.task as library

_local = threading.local()


def _next_id() -> UUID:
    base: bytes | None = getattr(_local, "base", None)
    if base is None:
        return uuid4()
    _local.count += 1
    return UUID(bytes=blake2b(base + str(_local.count).encode(), digest_size=16).digest())


library.uuid4 = _next_id


@contextmanager
def derived_ids(dossier_id: UUID, sequence: int) -> Iterator[None]:
    """Within this block, new tasks are named after the dossier, the command and their order."""
    _local.base, _local.count = f"{dossier_id}:{sequence}:".encode(), 0
    try:
        yield
    finally:
        _local.base = None
