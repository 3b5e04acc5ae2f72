"""Dossiers as a whole: submitted, extended, supplemented, withdrawn, found, shown."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.advance import Address, Outcome, Services, advance
from engine.advance.begin import AlreadyBegun, NewDossier, begin, next_number
from engine.advance.execute import execute
from engine.advance.permits import NOBODY, by_officer, permit_completion, permit_dossier
from engine.clock import Clock
from engine.domain.actor import Actor, OfficerActor
from engine.domain.command import By, Command, Kind
from engine.domain.permission import Action, office_for, require_anywhere
from engine.errors import Invalid, NotFound
from engine.ids import dossier_id as id_for
from engine.incidents import faults_noted
from engine.intake import Intake, checked_intake
from engine.reading import Reader
from engine.store import dossiers as rows
from engine.store import procedures, visibility
from engine.store.database import Connection, Database, Row
from engine.text import words
from engine.views import DossierLine, DossierView

LIST_FILTERS = rows.LIST_FILTERS
Then = Callable[[Connection, Outcome], Outcome]  # what follows a submission in the same transaction


class Dossiers:
    """What may be done with dossiers."""

    def __init__(self, database: Database, services: Services, clock: Clock, reader: Reader) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._reader = reader

    def submit(self, actor: Actor, intake: Intake, *, key: str) -> Outcome:
        """Begin a dossier: at a counter by an officer, or online by the citizen.

        ``key`` makes it safe to repeat: the same actor and key is the same dossier. Raises Invalid with a
        sentence for each field, NotFound for an unknown procedure, Forbidden.
        """
        return self._hand_in(actor, intake, key, lambda _tx, outcome: outcome)

    def receive(
        self, officer: OfficerActor, intake: Intake, *, decision: Mapping[str, Any], key: str
    ) -> Outcome:
        """At the counter: submit and finish the check in one go, both or neither.

        ``decision`` holds the answers of the checking task, ``decision`` itself among them.
        """

        def check(tx: Connection, begun: Outcome) -> Outcome:
            command = Command(
                kind=Kind.COMPLETE,
                by=NOBODY,
                at=self._clock.now(),
                task_id=self._reader.first_task(tx, begun.dossier_id),
            )
            permit = permit_completion(officer, decision)
            return advance(tx, self._services, begun.dossier_id, command, permit=permit)

        return self._hand_in(officer, intake, key, check)

    def _hand_in(self, actor: Actor, intake: Intake, key: str, then: Then) -> Outcome:
        """Begin the dossier and do ``then`` in one transaction; what is there already is only told."""
        if isinstance(actor, OfficerActor):
            require_anywhere(actor, Action.SUBMIT_DOSSIER)
        identity = id_for(actor.key, key)
        existing = self._existing(identity)
        if existing is not None:
            return existing
        version, new, command = self._prepare(actor, intake, identity)

        def hand_in() -> Outcome:
            with self._database.transaction() as tx:
                return then(tx, begin(tx, self._services, version, new, command))

        try:
            with faults_noted(self._database, identity, at=command.at):
                return self._database.again(hand_in)
        except AlreadyBegun:
            existing = self._existing(identity)
            if existing is None:
                raise
            return existing

    def _existing(self, identity: UUID) -> Outcome | None:
        with self._database.reading() as connection:
            row = rows.get(connection, identity)
        return _as_it_is(row) if row is not None else None

    def _prepare(self, actor: Actor, intake: Intake, identity: UUID) -> tuple[Row[Any], NewDossier, Command]:
        with self._database.reading() as connection:
            version = self._live(connection, intake.procedure_code)
            definition = self._services.definition(connection, version.sha256)
        now = self._clock.now()
        answers = checked_intake(definition, intake)
        # A transaction of its own: the day's series is shared, and nobody shall wait for a whole command.
        with self._database.transaction() as tx:
            number = next_number(tx, self._services.number_pattern, now)
        new = NewDossier(
            id=identity,
            number=number,
            channel=intake.channel,
            applicant=answers["applicant"],
            received_agency=self._services.centre,
        )
        command = Command(kind=Kind.START, by=self._by(actor, number), at=now, answers=answers)
        return version, new, command

    def extend(
        self,
        officer: OfficerActor,
        dossier: Address,
        *,
        due_at: datetime,
        reason: str,
        seen: int | None = None,
    ) -> Outcome:
        """Apologise and set a new appointment: once, at least one day before the old one is due."""
        command = Command(
            kind=Kind.EXTEND,
            by=NOBODY,
            at=self._clock.now(),
            reason=reason,
            details={"due_at": due_at.isoformat()},
            seen=seen,
        )
        return execute(
            self._database,
            self._services,
            dossier,
            command,
            permit=permit_dossier(officer, Action.EXTEND_DEADLINE),
        )

    def supplement(self, tracking_code: str, answers: Mapping[str, Any]) -> Outcome:
        """The citizen hands in what was missing; the clock does what the procedure's policy says."""
        return self._by_citizen(tracking_code, Kind.SUPPLEMENT, answers)

    def withdraw(self, tracking_code: str, reason: str) -> Outcome:
        """The citizen takes the dossier back."""
        if not reason.strip():
            raise Invalid({"reason": ("Nêu lý do rút hồ sơ.", "Say why you withdraw the dossier.")})
        return self._by_citizen(tracking_code, Kind.WITHDRAW, {"withdrawal_reason": reason.strip()})

    def deliver(
        self,
        officer: OfficerActor,
        dossier: Address,
        message: str,
        answers: Mapping[str, Any],
        *,
        seen: int | None = None,
    ) -> Outcome:
        """An officer notes that what the dossier waits for has come: a supplement at the counter, a fee."""
        kind = {"supplement": Kind.SUPPLEMENT, "withdraw": Kind.WITHDRAW}.get(message, Kind.MESSAGE)
        command = Command(
            kind=kind, by=NOBODY, at=self._clock.now(), name=message, answers=dict(answers), seen=seen
        )
        return execute(
            self._database,
            self._services,
            dossier,
            command,
            permit=permit_dossier(officer, Action.DELIVER_MESSAGE),
        )

    def _by_citizen(self, tracking_code: str, kind: Kind, answers: Mapping[str, Any]) -> Outcome:
        with self._database.reading() as connection:
            row = self._tracked(connection, tracking_code)
        command = Command(
            kind=kind, by=By(key=f"citizen:{row.number}"), at=self._clock.now(), answers=dict(answers)
        )
        return execute(self._database, self._services, row.id, command)

    def _tracked(self, connection: Connection, tracking_code: str) -> Row[Any]:
        row = rows.find(connection, tracking_code)
        if row is None or row.tracking_code != tracking_code:
            raise NotFound(what="hồ sơ")
        return row

    def search(
        self,
        officer: OfficerActor,
        text: str = "",
        *,
        only: str = "all",
        among: Mapping[str, str] | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[DossierLine]:
        """Dossiers that the officer may see and that hold all words of ``text``; newest first.

        ``among`` takes those that the figures count together: agency, procedure or handling to its key.
        """
        now = self._clock.now()
        counted = [rows.tallied_as(by, key) for by, key in (among or {}).items()]
        with self._database.reading() as connection:
            found = rows.search(
                connection,
                visibility.visible_dossiers(officer),
                words=words(text),
                conditions=[*rows.list_filter(only, now), *counted],
                limit=limit,
                offset=offset,
            )
            return [self._reader.line(connection, row, now) for row in found]

    def get(self, officer: OfficerActor, number: str) -> DossierView:
        """A dossier with everything its page shows; raises NotFound also when the officer may not see it."""
        with self._database.reading() as connection:
            return self._reader.dossier(connection, officer, number, self._clock.now())

    def _live(self, connection: Connection, code: str) -> Row[Any]:
        row = procedures.live(connection, code)
        if row is None:
            raise NotFound(what=f"thủ tục {code}")
        return row

    def _by(self, actor: Actor, number: str) -> By:
        if isinstance(actor, OfficerActor):
            return by_officer(actor, office_for(actor, Action.SUBMIT_DOSSIER))
        return By(key=f"citizen:{number}")


def _as_it_is(row: Row[Any]) -> Outcome:
    """The answer to a repeated submission: the dossier as it stands."""
    return Outcome(
        dossier_id=row.id,
        number=row.number,
        sequence=row.sequence,
        handling=row.handling,
        due_at=row.due_at,
        tracking_code=row.tracking_code,
        ended=row.closed_at is not None,
        milestones=(),
        papers=(),
        changes={},
    )
