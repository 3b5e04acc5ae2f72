"""Figures of the centre and its register."""

from api.schemas.dossiers import DossierLineSchema
from api.schemas.fields import Answer, Items, Moment, Part, Shape, Whole


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
