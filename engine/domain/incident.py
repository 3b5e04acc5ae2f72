"""What a person may do about an incident, by what has failed."""

from enum import StrEnum

from engine.errors import MotcuaError


class Remedy(StrEnum):
    """How an incident is dealt with; each is one command in the dossier's history, with its reason."""

    RETRY = "retry"  # what had failed is tried again, for a new round of tries
    SKIP = "skip"  # the dossier goes on without what the automatic step was to bring
    CANCEL = "cancel"  # it is given up: the step stays where it is, what was to be sent is not sent
    CLOSE = "close"  # nothing is to be tried again: whoever was refused tries again by hand


NAMES: dict[Remedy, tuple[str, str]] = {
    Remedy.RETRY: ("Chạy lại", "Try again"),
    Remedy.SKIP: ("Bỏ qua bước, đi tiếp", "Skip the step"),
    Remedy.CANCEL: ("Thôi, không chạy nữa", "Give up"),
    Remedy.CLOSE: ("Đóng sự cố", "Close"),
}

# A timer can only be tried again: a legal deadline is never given up.
_REMEDIES: dict[str, tuple[Remedy, ...]] = {
    "job": (Remedy.RETRY, Remedy.SKIP, Remedy.CANCEL),
    "outbox": (Remedy.RETRY, Remedy.CANCEL),
    "timer": (Remedy.RETRY,),
}


class NoRemedy(MotcuaError):
    """This kind of trouble is not dealt with in that way."""

    code = "no-remedy"
    vi = "Sự cố này không xử lý theo cách «{remedy}» được. Các cách có thể: {possible}."
    en = "This incident cannot be dealt with by “{remedy_en}”. Possible: {possible_en}."


def remedies(kind: str) -> tuple[Remedy, ...]:
    """What may be done about an incident of this kind, the usual first."""
    return _REMEDIES.get(kind, (Remedy.CLOSE,))


def chosen_remedy(kind: str, wanted: str | None) -> Remedy:
    """The remedy that was asked for, or the usual one; raises NoRemedy."""
    possible = remedies(kind)
    if not wanted:
        return possible[0]
    if wanted not in possible:
        names = [NAMES[one] for one in possible]
        said = NAMES[Remedy(wanted)] if wanted in set(Remedy) else (wanted, wanted)
        raise NoRemedy(
            remedy=said[0],
            remedy_en=said[1],
            possible=", ".join(vi for vi, _ in names),
            possible_en=", ".join(en for _, en in names),
        )
    return Remedy(wanted)
