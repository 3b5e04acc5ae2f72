"""Papers that a command issues: built from the dossier as it stands after it, frozen, written with it."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from engine.advance import plan
from engine.advance.fees import fate_of_fees, fee_lines
from engine.advance.work import Work
from engine.clock import vietnam
from engine.domain.duration import describe, parse_duration
from engine.domain.papers import build
from engine.domain.papers.facts import DocumentLine, PaperFacts, Person, Reason, Signer, Stop
from engine.domain.papers.forms import form_on
from engine.ids import derived_id
from engine.store import codec, people


def issued_papers(work: Work) -> list[Mapping[str, Any]]:
    """Rows of the papers that this command reached; each once."""
    rows: list[Mapping[str, Any]] = []
    for name, _node in dict.fromkeys(work.papers):
        facts = paper_facts(work)
        content = build(form_on(name, vietnam(work.at).date()), facts).to_json()
        paper_id: UUID = derived_id(work.dossier_id, work.sequence, f"paper:{name}")
        work.issued.append(paper_id)
        rows.append(
            {
                "dossier_id": work.dossier_id,
                "id": paper_id,
                "sequence": work.sequence,
                "name": name,
                "version": content["version"],
                "content": codec.pack(content),
                "sha256": hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest(),
                "issued_at": work.at,
                "issued_by": work.command.by.key,
            }
        )
    return rows


def paper_facts(work: Work) -> PaperFacts:
    """All that a paper may say about this dossier now."""
    columns, data, services = work.columns, work.record.data, work.services
    centre, agency = services.office(columns["received_agency"]), services.office(columns["agency"])
    return PaperFacts(
        issued_at=vietnam(work.at),
        centre=centre,
        agency=agency,
        number=f"{columns['number']}/{work.sequence}",
        dossier_number=columns["number"],
        applicant=_person(data.get("applicant")),
        representative=_person(data.get("representative")),
        procedure_code=columns["procedure_code"],
        procedure_name=columns["procedure_name"],
        channel=columns["channel"],
        documents=tuple(_lines(data.get("documents"))),
        time_limit=describe(parse_duration(work.record.limit)) if work.record.limit else "",
        submitted_at=_local(columns["submitted_at"]),
        received_at=_local(columns["received_at"]),
        due_at=_local(_due_before(work)),
        new_due_at=_local(columns["due_at"]) if work.command.kind == "extend" else None,
        reckoning=plan.reckoning(work).explain("vi"),
        renewed=any(one.milestone.name == "supplemented" for one in work.occurrences),
        result_channel=str(data.get("result_channel") or "counter"),
        fees=tuple(fee_lines(work)),
        from_fee=work.definition.procedure.clock_starts == "fee_paid",
        officer=Signer(name=_officer_name(work)),
        head=Signer(name=_officer_name(work), title="THỦ TRƯỞNG CƠ QUAN") if _appraised(work) else None,
        after_appraisal=_appraised(work),
        supplement=tuple(_lines(data.get("supplement_items"), missing=True)),
        supplement_reasons=_reasons(data.get("supplement_reason")),
        supplement_until=_expiry(work),
        reasons=_why(work),
        responsible=agency.name,
        stop=_stop(work),
        tracking_code=columns["tracking_code"],
        tracking_url=services.tracking_url + columns["tracking_code"],
        hotline=centre.phone,
        witness=columns["head_hash"].hex()[:16],
    )


def _due_before(work: Work) -> datetime | None:
    """An apology names the date that cannot be kept; every other paper the one in force."""
    before = work.due_before if work.command.kind == "extend" else work.columns["due_at"]
    return before


def _local(at: datetime | None) -> datetime | None:
    return vietnam(at) if at else None


def _officer_name(work: Work) -> str:
    officer = work.command.by.officer
    return people.names(work.tx, {officer}).get(officer, "") if officer else ""


def _appraised(work: Work) -> bool:
    """Whether the agency has had the dossier: then its head answers for what goes to the citizen."""
    return work.columns["received_at"] is not None and work.command.kind != "withdraw"


def _person(value: Any) -> Person | None:
    if not isinstance(value, Mapping) or not value.get("name"):
        return None
    return Person(
        name=value["name"],
        id_number=str(value.get("id_number") or value.get("tax_code") or ""),
        address=str(value.get("address") or ""),
        phone=str(value.get("phone") or ""),
        email=str(value.get("email") or ""),
        organisation=value.get("kind") == "organisation",
    )


def _lines(value: Any, *, missing: bool = False) -> Iterable[DocumentLine]:
    """Documents of the checklist; those of which nothing was handed in are left out."""
    for entry in value if isinstance(value, list) else ():
        if not isinstance(entry, Mapping):
            yield DocumentLine(name=str(entry))
            continue
        line = DocumentLine(
            name=str(entry.get("name") or entry.get("document") or ""),
            originals=int(entry.get("originals") or 0),
            certified=int(entry.get("certified") or 0),
            copies=int(entry.get("copies") or 0),
            digital=bool(entry.get("digital")),
            note=str(entry.get("note") or ""),
            quantity=str(entry.get("quantity") or ""),
        )
        if missing or line.originals or line.certified or line.copies or line.digital:
            yield line


def _reasons(*texts: Any, basis: str = "") -> tuple[Reason, ...]:
    return tuple(Reason(text=str(text), basis=basis) for text in texts if text)


def _why(work: Work) -> tuple[Reason, ...]:
    """The reason that a refusal, an apology or a stop gives."""
    data = work.record.data
    if work.command.kind in ("extend", "cancel"):
        return _reasons(work.command.reason)
    if work.columns["handling"] in ("withdrawn", "stopped"):
        return _reasons(data.get("withdrawal_reason") or "Quá thời hạn bổ sung hồ sơ")
    return _reasons(
        data.get("refusal_reason") or data.get("reason"), basis=str(data.get("refusal_basis") or "")
    )


def _expiry(work: Work) -> datetime | None:
    """Until when the supplement may come: the timer that waits beside it."""
    if work.columns["handling"] != "awaiting_supplement":
        return None
    ends = [
        timer.due_at for timer in work.record.timers.values() if timer.clock == "elapsed" and timer.due_at
    ]
    return _local(min(ends, default=None))


def _stop(work: Work) -> Stop | None:
    if work.columns["handling"] not in ("withdrawn", "stopped"):
        return None
    return Stop(
        by_request=work.columns["handling"] == "withdrawn",
        requested_at=vietnam(work.at),
        stage=work.stage_before,
        finances=fate_of_fees(work),
    )
