"""Which dossiers an officer may see: the one condition that every list and every detail carries."""

from sqlalchemy import false, or_, select, true
from sqlalchemy.sql import ColumnElement

from engine.domain.actor import OfficerActor
from engine.domain.permission import TABLE, Action, Reach
from engine.store.tables.dossiers import dossier, dossier_agency


def visible_dossiers(officer: OfficerActor) -> ColumnElement[bool]:
    """The rules of VIEW_DOSSIER as a condition over ``dossier``; nothing when none of them fits."""
    conditions: list[ColumnElement[bool]] = []
    for rule in TABLE[Action.VIEW_DOSSIER]:
        agencies = sorted({one.agency for one in officer.postings if one.role in rule.roles})
        if not agencies:
            continue
        if rule.reach == Reach.EVERY:
            return true()
        if rule.reach == Reach.RECEIVED:
            conditions.append(dossier.c.received_agency.in_(agencies))
        else:
            taking_part = select(dossier_agency.c.dossier_id).where(
                dossier_agency.c.dossier_id == dossier.c.id, dossier_agency.c.agency.in_(agencies)
            )
            conditions.append(or_(dossier.c.agency.in_(agencies), taking_part.exists()))
    return or_(*conditions) if conditions else false()
