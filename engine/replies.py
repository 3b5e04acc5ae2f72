"""Asking twice is safe: the answer to a request is kept with its effect and given again for the same key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from engine.clock import Clock
from engine.errors import MotcuaError
from engine.store import replies as rows
from engine.store.database import Database

KEPT = timedelta(days=30)


class KeyReused(MotcuaError):
    """The key belongs to another request."""

    code = "idempotency-key-reused"
    vi = "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác. Tạo khóa mới cho mỗi yêu cầu mới."
    en = "This Idempotency-Key was used for another request. Make a new key for every new request."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer as it was given."""

    status: int
    media_type: str
    body: bytes
    etag: str | None = None


class Replies:
    """Answers by key, for thirty days."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def given(self, actor: str, key: str, request_hash: bytes) -> Reply | None:
        """The answer that was given to this request before, or None. Raises KeyReused."""
        with self._database.glance() as connection:
            row = rows.get(connection, actor, key)
        if row is None:
            return None
        if row.request_hash != request_hash:
            raise KeyReused()
        return Reply(status=row.status, media_type=row.media_type, body=row.body, etag=row.etag)

    @contextmanager
    def once(self, actor: str, key: str, request_hash: bytes) -> Iterator[Callable[[Reply], None]]:
        """Do something and keep its answer, by the function that is given, in the same transaction.

        Key, effect and answer are committed together when the block ends: after a crash there are all of
        them or none. When a twin has been answered meanwhile, the database refuses the key: whatever is
        raised, ``given`` tells whether there is an answer already.
        """
        now = self._clock.now()
        with self._database.together() as unit:

            def keep(reply: Reply) -> None:
                row = {
                    "actor": actor,
                    "key": key,
                    "request_hash": request_hash,
                    "status": reply.status,
                    "media_type": reply.media_type,
                    "body": reply.body,
                    "etag": reply.etag,
                    "created_at": now,
                }
                unit.last = partial(rows.add, row=row)

            yield keep

    def forget_old(self) -> int:
        """Remove answers older than thirty days; for the heartbeat's housekeeping. Returns how many."""
        with self._database.transaction() as tx:
            return rows.forget(tx, self._clock.now() - KEPT)
