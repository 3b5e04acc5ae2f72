"""Figures of the centre, its register, and incidents."""

from api.schemas.dossiers import DossierLineSchema
from api.schemas.fields import Answer, Items, Moment, Part, Shape, Text, Whole


class CountsSchema(Answer):
    """How many dossiers each filter of the list holds, of those the officer may see."""

    all = Whole()
    open = Whole()
    overdue = Whole()
    due_soon = Whole()
    awaiting_supplement = Whole()
    result_ready = Whole()
    finished = Whole()


class PeriodSchema(Shape):
    """From a moment up to another; the second is not in it."""

    since = Moment(required=True)
    until = Moment(required=True)


class RegisterSchema(Answer):
    """Dossiers received in a period, in the order of receipt."""

    items = Items(Part(DossierLineSchema))


class IncidentSchema(Answer):
    """Something that went wrong without anybody at the keyboard."""

    dossier_number = Text(allow_none=True)
    procedure_name = Text(allow_none=True)
    kind = Text()
    node = Text(allow_none=True)
    message = Text()
    opened_at = Moment()


class IncidentsSchema(Answer):
    """Open incidents, oldest first."""

    items = Items(Part(IncidentSchema))
