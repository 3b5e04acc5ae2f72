"""A version of a procedure on its way: drafted, submitted, approved by a second person, live, retired."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from engine.clock import Clock
from engine.domain.actor import OfficerActor
from engine.domain.mapping import Difference, differences, suggest
from engine.domain.permission import Action, require_anywhere
from engine.domain.version import Act, Done, State, led_to, require_second_person
from engine.errors import Invalid, MotcuaError, NotFound
from engine.procedures import BundleSource, Procedures, ProcedureVersion
from engine.store import procedures as rows
from engine.store.database import Connection, Database, Row
from engine.views import VersionAct
from engine.workflow.bundle import Bundle
from engine.workflow.structure import drawn


class NothingChanged(MotcuaError):
    """What was drafted is what is live already."""

    code = "nothing-changed"
    vi = "Bộ tệp này không khác bản {number} đang áp dụng. Kiểm tra lại đã chọn đúng tệp vừa sửa chưa."
    en = "These files do not differ from version {number}, which is live. Choose the right ones."


class Versions:
    """What people do with versions. Every act asks its right, and stands in the version's own history."""

    def __init__(self, database: Database, clock: Clock, procedures: Procedures) -> None:
        self._database = database
        self._clock = clock
        self._procedures = procedures

    def draft(self, officer: OfficerActor, source: BundleSource, *, reason: str) -> ProcedureVersion:
        """Keep checked files as a new version that nobody follows yet.

        Raises BundleRefused with the findings, NothingChanged, Invalid without a reason, Forbidden.
        """
        require_anywhere(officer, Action.CHECK_PROCEDURE)
        note = _given("reason", reason)
        bundle, now = self._procedures.compiled(source), self._clock.now()
        code = bundle.procedure.code
        with self._database.transaction() as tx:
            live = rows.live(tx, code)
            if live is not None and live.sha256 == bundle.sha256:
                raise NothingChanged(number=live.number)
            number = self._procedures.keep(tx, bundle, now, officer.key, note)
            self._procedures.note(tx, code, number, Act.DRAFT, now, officer.key, note)
            return self._told(tx, code, number)

    def draft_all(
        self, officer: OfficerActor, sources: Iterable[BundleSource], *, reason: str, submit: bool = False
    ) -> list[ProcedureVersion]:
        """Keep several procedures as new drafts, or lay them before a second person at once: all or none.

        Those that do not differ from what is live are left out. Raises what ``draft`` raises; NothingChanged
        when none of them differs.
        """
        require_anywhere(officer, Action.CHECK_PROCEDURE)
        note = _given("reason", reason)
        bundles, now = [self._procedures.compiled(source) for source in sources], self._clock.now()
        drafted: list[ProcedureVersion] = []
        same = 0
        _require_each_once(bundles)
        with self._database.transaction() as tx:
            for bundle in bundles:
                code = bundle.procedure.code
                live = rows.live(tx, code)
                if live is not None and live.sha256 == bundle.sha256:
                    same = live.number
                    continue
                number = self._procedures.keep(tx, bundle, now, officer.key, note)
                self._procedures.note(tx, code, number, Act.DRAFT, now, officer.key, note)
                if submit:
                    rows.change_version(tx, code, number, {"state": self._move(tx, code, number, Act.SUBMIT)})
                    self._procedures.note(tx, code, number, Act.SUBMIT, now, officer.key, note)
                drafted.append(self._told(tx, code, number))
            if not drafted:
                raise NothingChanged(number=same)
        return drafted

    def redraft(
        self, officer: OfficerActor, code: str, number: int, source: BundleSource, *, reason: str
    ) -> ProcedureVersion:
        """Put other files into what is still a draft; raises what ``draft`` raises, and OutOfTurn."""
        require_anywhere(officer, Action.CHECK_PROCEDURE)
        note = _given("reason", reason)
        bundle, now = self._procedures.compiled(source), self._clock.now()
        if bundle.procedure.code != code:
            vi = f"Sơ đồ này là của thủ tục {bundle.procedure.code}, không phải {code}. Chọn lại tệp."
            raise Invalid({"files": (vi, f"This diagram is of procedure {bundle.procedure.code}.")})
        with self._database.transaction() as tx:
            self._move(tx, code, number, Act.DRAFT)
            rows.add_bundle(tx, bundle.sha256, bundle.content, now)
            rows.change_version(tx, code, number, {**self._procedures.columns(bundle), "reason": note})
            self._procedures.note(tx, code, number, Act.DRAFT, now, officer.key, note)
            return self._told(tx, code, number)

    def submit(self, officer: OfficerActor, code: str, number: int, *, reason: str = "") -> ProcedureVersion:
        """Lay a draft before a second person."""
        return self._act(officer, Action.CHECK_PROCEDURE, code, number, Act.SUBMIT, reason.strip())

    def give_back(self, officer: OfficerActor, code: str, number: int, *, reason: str) -> ProcedureVersion:
        """Back to its author, with what has to be mended; also what was approved and is not live yet."""
        note = _given("reason", reason)
        return self._act(officer, Action.APPROVE_PROCEDURE, code, number, Act.GIVE_BACK, note)

    def approve(self, officer: OfficerActor, code: str, number: int, *, decision: str) -> ProcedureVersion:
        """The second person's yes, by number and date of a decision.

        Raises OwnWork when the officer drafted or submitted it, OutOfTurn, Invalid, Forbidden.
        """
        note = _given("decision", decision)
        return self._act(officer, Action.APPROVE_PROCEDURE, code, number, Act.APPROVE, note)

    def release(self, officer: OfficerActor, code: str, number: int, *, reason: str = "") -> ProcedureVersion:
        """Bring what was approved live: new dossiers follow it, running ones keep theirs."""
        return self._act(officer, Action.RELEASE_PROCEDURE, code, number, Act.RELEASE, reason.strip())

    def retire(self, officer: OfficerActor, code: str, number: int, *, reason: str) -> ProcedureVersion:
        """No longer offered, or given up before it was; running dossiers go on to their end."""
        note = _given("reason", reason)
        return self._act(officer, Action.RELEASE_PROCEDURE, code, number, Act.RETIRE, note)

    def acts(self, code: str, number: int | None = None) -> list[VersionAct]:
        """What was done with a version, or with all of a procedure; by version, oldest first."""
        with self._database.reading() as connection:
            found = rows.acts(connection, code, number)
        names = self._procedures.deployers(row.by for row in found)
        return [
            VersionAct(
                number=row.number,
                act=row.act,
                at=row.at,
                by=row.by,
                by_name=names.get(row.by, "Hệ thống"),
                sha256=row.sha256,
                reason=row.reason,
            )
            for row in found
        ]

    def differences(self, code: str, number: int, against: int | None = None) -> list[Difference]:
        """What a version changes against another one, by default the live one; nothing to compare: nothing.

        Raises NotFound.
        """
        with self._database.reading() as connection:
            new = rows.version(connection, code, number)
            old = rows.version(connection, code, against) if against else rows.live(connection, code)
        if new is None or (against and old is None):
            raise NotFound(what=f"bản {against or number} của thủ tục {code}")
        if old is None or old.sha256 == new.sha256:
            return []
        before, after = (drawn(self._procedures.definition(one.sha256)) for one in (old, new))
        return differences(before, after, suggest(before, after))

    def _act(
        self, officer: OfficerActor, right: Action, code: str, number: int, act: Act, reason: str
    ) -> ProcedureVersion:
        require_anywhere(officer, right)
        now = self._clock.now()
        with self._database.transaction() as tx:
            state = self._move(tx, code, number, act)
            if act == Act.APPROVE:
                require_second_person(officer.key, _done(rows.acts(tx, code, number)))
                rows.change_version(tx, code, number, {"reason": reason})
            if act == Act.RELEASE:
                self._release(tx, code, number, now, officer.key)
            else:
                rows.change_version(tx, code, number, {"state": state})
            self._procedures.note(tx, code, number, act, now, officer.key, reason)
            return self._told(tx, code, number)

    def _release(self, tx: Connection, code: str, number: int, now: datetime, by: str) -> None:
        """Only what a second person has approved, with just the files that were approved."""
        version = self._locked(tx, code, number)
        approved = [row for row in rows.acts(tx, code, number) if row.act == Act.APPROVE]
        if not approved or approved[-1].sha256 != version.sha256:
            led_to(Act.RELEASE, State.SUBMITTED, procedure=code, number=number)
        self._procedures.bring_live(tx, code, number, now, by)

    def _move(self, tx: Connection, code: str, number: int, act: Act) -> State:
        row = self._locked(tx, code, number)
        return led_to(act, State(row.state), procedure=code, number=number)

    def _locked(self, tx: Connection, code: str, number: int) -> Row[Any]:
        row = rows.lock_version(tx, code, number)
        if row is None:
            raise NotFound(what=f"bản {number} của thủ tục {code}")
        return row

    def _told(self, tx: Connection, code: str, number: int) -> ProcedureVersion:
        return self._procedures.told(self._locked(tx, code, number))


def _done(acts: Iterable[Row[Any]]) -> list[Done]:
    return [Done(row.act, row.by) for row in acts]


def _given(name: str, text: str) -> str:
    """What has to be said; raises Invalid."""
    if text.strip():
        return text.strip()
    missing = {
        "reason": ("Ghi thay đổi gì, vì sao.", "Say what changes and why."),
        "decision": ("Ghi số và ngày quyết định.", "Give number and date of the decision."),
    }
    raise Invalid({name: missing[name]})


def _require_each_once(bundles: Sequence[Bundle]) -> None:
    """Two files of one procedure would be two drafts, and the second person would approve one of them."""
    seen: set[str] = set()
    for bundle in bundles:
        code = bundle.procedure.code
        if code in seen:
            vi = f"Mã thủ tục {code} có ở hai tệp. Giữ một tệp rồi trình lại."
            raise Invalid({"files": (vi, f"Two files are of procedure {code}. Keep one of them.")})
        seen.add(code)
