"""Statutory papers: those issued, word for word as they were frozen; and those printed from the records."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from engine.advance import Services
from engine.clock import Clock, vietnam
from engine.domain.actor import OfficerActor
from engine.domain.dossier import Handling
from engine.domain.papers import Paper, build, form_on
from engine.domain.papers.facts import PaperFacts, Person, RegisterRow, Signer
from engine.domain.papers.words import ENDINGS, channel
from engine.domain.permission import Action, require_anywhere
from engine.errors import Invalid, NotFound
from engine.handovers import handovers
from engine.history_views import history_views
from engine.reading import Reader
from engine.store import attachments, codec, dossiers, history, people, printed, visibility
from engine.store.database import Connection, Database, Row

MOST_ROWS = 2_000  # of one printed register, about 150 pages: some seconds of typesetting


class Papers:
    """Reading and printing papers; issuing one is done by the command that reaches it."""

    def __init__(self, database: Database, services: Services, clock: Clock, reader: Reader) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._reader = reader

    # Issued

    def content(self, officer: OfficerActor, number: str, paper_id: UUID) -> Mapping[str, Any]:
        """The content of a paper as JSON, for a renderer; raises NotFound."""
        with self._database.reading() as connection:
            return self._content(connection, self._reader.visible(connection, officer, number).id, paper_id)

    def content_for_citizen(self, tracking_code: str, paper_id: UUID) -> Mapping[str, Any]:
        """The same for the citizen, known by the tracking code."""
        with self._database.reading() as connection:
            row = dossiers.find(connection, tracking_code)
            if row is None or row.tracking_code != tracking_code:
                raise NotFound(what="hồ sơ")
            return self._content(connection, row.id, paper_id)

    def _content(self, connection: Connection, dossier_id: UUID, paper_id: UUID) -> Mapping[str, Any]:
        row = attachments.paper_row(connection, dossier_id, paper_id)
        if row is None:
            raise NotFound(what="giấy tờ")
        content: Mapping[str, Any] = codec.unpack(row.content)
        return content

    # Printed from the records

    def control_slip(self, officer: OfficerActor, number: str) -> Paper:
        """The control slip as history stands now. Raises NotFound, also for a dossier he may not see."""
        now = vietnam(self._clock.now())
        with self._database.reading() as connection:
            row = self._reader.visible(connection, officer, number)
            return build(form_on("control_slip", now.date()), self._control_facts(connection, row, now))

    def _control_facts(self, connection: Connection, row: Row[Any], now: datetime) -> PaperFacts:
        services = self._services
        definition = services.definition(connection, row.bundle)
        involved = printed.agencies(connection, row.id) - {row.agency, row.received_agency}
        lines = handovers(
            history_views(connection, history.of_dossier(connection, row.id), definition, services),
            services=services,
            definition=definition,
            calendar=services.calendars.get(connection, row.calendar_version),
            agencies={"competent": row.agency, "centre": row.received_agency},
            step_due=printed.step_dues(connection, row.id),
        )
        centre = services.office(row.received_agency)
        return PaperFacts(
            issued_at=now,
            centre=centre,
            agency=services.office(row.agency),
            dossier_number=row.number,
            applicant=Person(name=row.applicant_name),
            procedure_code=row.procedure_code,
            procedure_name=row.procedure_name,
            received_at=row.received_at,
            due_at=row.due_at,
            coordinating=tuple(services.agency_name(code) for code in sorted(involved)),
            handovers=lines,
            tracking_code=row.tracking_code,
            tracking_url=services.tracking_url + row.tracking_code,
            hotline=centre.phone,
            witness=row.head_hash.hex()[:16],
        )

    def register(self, officer: OfficerActor, since: datetime, until: datetime) -> Paper:
        """The register of dossiers received from ``since`` till before ``until`` that the officer may see.

        Raises Forbidden, and Invalid for an empty period or one with more than MOST_ROWS dossiers.
        """
        require_anywhere(officer, Action.VIEW_REGISTER)
        if since >= until:
            raise Invalid({"until": ("Ngày cuối phải sau ngày đầu.", "The last day must follow the first.")})
        now = vietnam(self._clock.now())
        with self._database.reading() as connection:
            visible = visibility.visible_dossiers(officer)
            found = printed.register(connection, visible, since, until, MOST_ROWS + 1)
            if len(found) > MOST_ROWS:
                raise _too_many()
            names = people.names(connection, {UUID(key) for row in found if (key := _officer(row))})
        last_day = vietnam(until - timedelta(microseconds=1))
        facts = PaperFacts(
            issued_at=now,
            centre=self._services.office(self._services.centre),
            officer=Signer(name=officer.name),
            period=f"từ ngày {vietnam(since):%d/%m/%Y} đến ngày {last_day:%d/%m/%Y}",
            rows=tuple(self._register_row(row, names) for row in found),
        )
        return build(form_on("register", now.date()), facts)

    def _register_row(self, row: Row[Any], names: Mapping[UUID, str]) -> RegisterRow:
        data = codec.unpack(row.record)["data"]
        applicant, key = data.get("applicant") or {}, _officer(row)
        return RegisterRow(
            dossier_number=row.number,
            procedure=row.procedure_name,
            sets=1,
            owner=row.applicant_name,
            address=str(applicant.get("address") or ""),
            phone=str(applicant.get("phone") or ""),
            received_at=row.received_at,
            due_at=row.due_at,
            handed_over_at=row.handed_over_at,
            agency=self._services.agency_name(row.agency),
            handed_over_by=names.get(UUID(key), "") if key else "",
            received_by=str(data.get("recipient_name") or "") if row.handed_over_at else "",
            channel=channel(row.channel),
            note=ENDINGS.get(Handling(row.handling), ""),
        )


def _officer(row: Row[Any]) -> str:
    """Id of the officer who handed the result over; empty when nobody has."""
    kind, _, identity = (row.handed_by or "").partition(":")
    return identity if kind == "officer" else ""


def _too_many() -> Invalid:
    return Invalid(
        {
            "until": (
                f"Kỳ này có hơn {MOST_ROWS} hồ sơ, không in trong một sổ được. Chọn kỳ ngắn hơn.",
                f"More than {MOST_ROWS} dossiers fall into this period. Choose a shorter one.",
            )
        }
    )
