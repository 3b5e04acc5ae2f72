"""Officers: who they are, where they are posted, and signing in."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from engine.clock import Clock, vietnam
from engine.domain.actor import OfficerActor, Posting
from engine.domain.permission import Action, require_anywhere
from engine.errors import Invalid, MotcuaError, NotFound
from engine.passwords import PasswordHasher, composed, require_password
from engine.store import people
from engine.store.database import Connection, Database, Row

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
_TOUCH = timedelta(minutes=1)  # a session's last use is written no oftener
_WINDOW = timedelta(minutes=15)
_FREE_FAILURES = 5
_LONGEST_PAUSE = timedelta(minutes=5)
_KEPT = timedelta(days=30)  # of ended sessions and sign-in attempts: long enough to look into a break-in


class SignInRefused(MotcuaError):
    """Wrong name or password; which of the two is not told."""

    code = "sign-in-refused"
    vi = "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra lại, chú ý chữ hoa và bộ gõ tiếng Việt."
    en = "The user name or password is wrong. Check capitals and your Vietnamese keyboard."


class TooManyAttempts(MotcuaError):
    """Somebody is guessing; each further try has to wait longer."""

    code = "too-many-attempts"
    vi = "Đăng nhập sai nhiều lần. Thử lại sau {seconds} giây."
    en = "Too many failed attempts. Try again in {seconds} seconds."


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A sign-in: the token goes to the browser and is kept nowhere else."""

    token: str
    officer: OfficerActor


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as the operator's list shows it."""

    officer: OfficerActor
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency as lists show it."""

    code: str
    name: str
    name_en: str
    kind: str


class Officers:
    """Accounts, postings and sessions."""

    def __init__(self, database: Database, clock: Clock, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._clock = clock
        self._hasher = hasher or PasswordHasher()

    # Signing in

    def sign_in(self, username: str, password: str, *, ip: str, agent: str = "") -> Session:
        """Begin a session. Raises SignInRefused, TooManyAttempts."""
        username = composed(username).strip().lower()[:80]
        now = self._clock.now()
        with self._database.reading() as connection:
            self._require_patience(connection, username, ip, now)
            row = people.by_username(connection, username)
        known = row if row is not None and row.disabled_at is None else None
        fits = self._hasher.fits(known.password_hash if known else None, password[:1024])
        token = secrets.token_urlsafe(32)
        with self._database.transaction() as tx:
            people.add_attempt(
                tx, {"id": uuid4(), "username": username, "ip": ip, "at": now, "succeeded": fits}
            )
            if fits and known is not None:
                self._begin(tx, known, token, ip, agent, now)
                if self._hasher.outdated(known.password_hash):
                    people.set_password(tx, known.id, self._hasher.hash(password))
                return Session(token=token, officer=self._actor(tx, known, now))
        raise SignInRefused()

    def _require_patience(self, connection: Connection, username: str, ip: str, now: datetime) -> None:
        count, last = people.failures(connection, username=username, ip=ip, since=now - _WINDOW)
        if count < _FREE_FAILURES or last is None:
            return
        pause = min(timedelta(seconds=2 ** (count - _FREE_FAILURES + 1)), _LONGEST_PAUSE)
        left = last + pause - now
        if left > timedelta():
            raise TooManyAttempts(seconds=int(left.total_seconds()) + 1)

    def _begin(self, tx: Connection, row: Row[Any], token: str, ip: str, agent: str, now: datetime) -> None:
        people.add_session(
            tx,
            {
                "token_hash": _hashed(token),
                "officer_id": row.id,
                "created_at": now,
                "seen_at": now,
                "ended_at": None,
                "ip": ip[:60],
                "agent": agent[:300],
            },
        )

    def session(self, token: str) -> OfficerActor | None:
        """The officer behind a token, or None when the session is over: idle for 30 minutes, 12 hours old,
        ended, or the account disabled."""
        now, hashed = self._clock.now(), _hashed(token)
        with self._database.glance() as connection:
            found = people.open_session(connection, hashed, vietnam(now).date())
        if not found or found[0]["disabled_at"] is not None:
            return None
        row = found[0]
        if now - row["seen_at"] > IDLE or now - row["created_at"] > ABSOLUTE:
            return None
        if now - row["seen_at"] > _TOUCH:
            with self._database.transaction() as tx:
                people.touch_session(tx, hashed, now)
        return OfficerActor(
            officer_id=row["officer_id"],
            username=row["username"],
            name=row["name"],
            postings=tuple(Posting(one["role"], one["agency"], one["place"]) for one in found if one["role"]),
        )

    def sign_out(self, token: str) -> None:
        """End a session; ending one that is over already is no error."""
        with self._database.transaction() as tx:
            people.end_session(tx, _hashed(token), self._clock.now())

    def _actor(self, connection: Connection, row: Row[Any], now: datetime) -> OfficerActor:
        postings = people.postings(connection, row.id, vietnam(now).date())
        return OfficerActor(
            officer_id=row.id,
            username=row.username,
            name=row.name,
            postings=tuple(Posting(one.role, one.agency, one.place) for one in postings),
        )

    # Accounts

    def add(self, username: str, name: str, password: str) -> UUID:
        """A new account without postings. Raises Invalid."""
        username = composed(username).strip().lower()
        require_password(password, username)
        now = self._clock.now()
        with self._database.transaction() as tx:
            if people.by_username(tx, username) is not None:
                raise Invalid(
                    {
                        "username": (
                            f"Tên đăng nhập «{username}» đã có người dùng.",
                            "That user name is taken.",
                        )
                    }
                )
            row = {
                "id": uuid4(),
                "username": username,
                "name": composed(name).strip(),
                "password_hash": self._hasher.hash(password),
                "disabled_at": None,
                "created_at": now,
            }
            people.add_officer(tx, row)
        identity: UUID = row["id"]  # type: ignore[assignment]
        return identity

    def post(
        self,
        officer_id: UUID,
        *,
        role: str,
        agency: str,
        paper: str,
        valid_from: date,
        valid_to: date | None = None,
        place: str = "",
    ) -> None:
        """Give an officer a role at an agency, from a day to a day, by the decision named in ``paper``."""
        with self._database.transaction() as tx:
            if people.get(tx, officer_id) is None:
                raise NotFound(what="cán bộ")
            people.add_posting(
                tx,
                {
                    "id": uuid4(),
                    "officer_id": officer_id,
                    "role": role,
                    "agency": agency,
                    "place": place,
                    "valid_from": valid_from,
                    "valid_to": valid_to,
                    "paper": paper,
                },
            )

    def disable(self, administrator: OfficerActor, officer_id: UUID) -> None:
        """Close an account; its sessions end at once."""
        require_anywhere(administrator, Action.MANAGE_OFFICERS)
        now = self._clock.now()
        with self._database.transaction() as tx:
            people.disable(tx, officer_id, now)
            people.end_sessions(tx, officer_id, now)

    def close(self, username: str) -> None:
        """The same for the operator at the command line, who holds the database. Raises NotFound."""
        identity = self.by_username(username).officer_id
        now = self._clock.now()
        with self._database.transaction() as tx:
            people.disable(tx, identity, now)
            people.end_sessions(tx, identity, now)

    def set_password(self, username: str, password: str) -> None:
        """A new password by the operator; open sessions end. Raises Invalid, NotFound."""
        officer = self.by_username(username)
        require_password(password, officer.username)
        with self._database.transaction() as tx:
            people.set_password(tx, officer.officer_id, self._hasher.hash(password))
            people.end_sessions(tx, officer.officer_id, self._clock.now())

    def everybody(self) -> list[Account]:
        """All accounts by user name, the closed ones among them."""
        now = self._clock.now()
        with self._database.reading() as connection:
            return [
                Account(officer=self._actor(connection, row, now), disabled_at=row.disabled_at)
                for row in people.officers(connection)
            ]

    def forget_old(self) -> int:
        """Remove sign-in attempts and sessions that were over 30 days ago; for housekeeping. How many."""
        with self._database.transaction() as tx:
            return people.forget(tx, self._clock.now() - _KEPT)

    # Agencies

    def save_agencies(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Bring the agencies up to the file of agencies."""
        with self._database.transaction() as tx:
            people.save_agencies(tx, [dict(row) for row in rows])

    def agencies(self) -> list[Agency]:
        with self._database.reading() as connection:
            return [
                Agency(code=row.code, name=row.name, name_en=row.name_en, kind=row.kind)
                for row in people.agencies(connection)
            ]

    def by_username(self, username: str) -> OfficerActor:
        """An officer with his present postings, for the command line and seeding. Raises NotFound."""
        with self._database.reading() as connection:
            row = people.by_username(connection, username)
            if row is None:
                raise NotFound(what=f"tài khoản {username}")
            return self._actor(connection, row, self._clock.now())


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
