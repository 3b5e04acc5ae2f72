"""Which dossiers an officer may see: the one condition that every list and every detail carries."""

from collections.abc import Collection
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, bindparam, false, or_, select, true

from engine.domain.actor import OfficerActor, Posting
from engine.domain.permission import TABLE, Action, Reach
from engine.store.direct import one_row
from engine.store.tables.dossiers import dossier, dossier_agency, dossier_key


def visible_dossiers(officer: OfficerActor) -> ColumnElement[bool]:
    """The rules of VIEW_DOSSIER as a condition over ``dossier``; nothing when none of them fits."""
    return _visible_to(officer.postings)


def visible_id(connection: Connection, officer: OfficerActor, key: str) -> UUID | None:
    """The id behind a number or tracking code, if the officer may see the dossier."""
    found = one_row(connection, _id_visible_to(officer.postings), {"key": key})
    return None if found is None else found["id"]


@lru_cache(maxsize=1_000)
def _id_visible_to(postings: tuple[Posting, ...]) -> Select[tuple[UUID]]:
    """Asked before every command of an officer: built once for all who hold the same offices."""
    by_key = select(dossier.c.id).join(dossier_key, dossier_key.c.dossier_id == dossier.c.id)
    return by_key.where(dossier_key.c.key == bindparam("key"), _visible_to(postings))


@lru_cache(maxsize=1_000)
def _visible_to(postings: tuple[Posting, ...]) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    for rule in TABLE[Action.VIEW_DOSSIER]:
        agencies = sorted({one.agency for one in postings if one.role in rule.roles})
        if not agencies:
            continue
        if rule.reach == Reach.EVERY:
            return true()
        if rule.reach == Reach.RECEIVED:
            conditions.append(_among(dossier.c.received_agency, agencies))
        else:
            taking_part = select(dossier_agency.c.dossier_id).where(
                dossier_agency.c.dossier_id == dossier.c.id, _among(dossier_agency.c.agency, agencies)
            )
            conditions.append(or_(_among(dossier.c.agency, agencies), taking_part.exists()))
    return or_(*conditions) if conditions else false()


def _among(column: ColumnElement[str], agencies: Collection[str]) -> ColumnElement[bool]:
    """Each agency a comparison of its own: SQL with IN is written anew at every execution."""
    return or_(*(column == agency for agency in agencies))
