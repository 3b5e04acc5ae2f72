"""What a message may write into a dossier's document: a note, and the few words of its kind."""

from collections.abc import Mapping
from typing import Any

from engine.domain.form.notation import Misread, area
from engine.errors import Invalid

ROUTE = "route"  # what the outbox calls a message or signal to other dossiers
SIGNAL = "signal:"  # before the name of a signal among the messages that a dossier waits for

LONGEST = 2000  # characters of one text

# Names beside the note that a message brings; whatever else is sent with it is refused.
_WORDS: Mapping[str, frozenset[str]] = {
    "withdraw": frozenset({"withdrawal_reason"}),
    "fee_paid": frozenset({"fee_receipt", "fee_method"}),
}


# Names that no other dossier may write.
_OWN = frozenset({"dossier", "applicant", "representative", "owner", "documents"})


def received(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a message of another dossier may bring; ``dossier`` stays, it is the number it is addressed to."""
    return {name: value for name, value in data.items() if name not in _OWN - {"dossier"}}


def checked_message(message: str, raw: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a message, composed and without invisible characters; empty ones are left out.

    Raises Invalid: a message is no way to write just anything into the document.
    """
    allowed = _WORDS.get(message, frozenset()) | {f"{message}_note"}
    texts: dict[str, str] = {}
    errors: dict[str, tuple[str, str]] = {}
    for name, value in raw.items():
        if name not in allowed:
            errors[name] = (
                f"Không ghi được mục «{name}» khi báo «{message}».",
                f"“{name}” cannot be written with the message “{message}”.",
            )
            continue
        try:
            texts[name] = area(value)
        except Misread as problem:
            errors[name] = problem.sentence
            continue
        if len(texts[name]) > LONGEST:
            errors[name] = (f"Nội dung dài quá {LONGEST} ký tự.", f"Longer than {LONGEST} characters.")
    if errors:
        raise Invalid(errors)
    return {name: text for name, text in texts.items() if text}
