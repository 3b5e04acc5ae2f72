"""The four dimensions of a dossier's state, and which move of its handling is allowed.

Handling, money, delivery and synchronisation move independently (law.md §4.2: finished at one agency is
not delivered is not synchronised). Nobody sets them by hand: milestones of the diagram do.
"""

from enum import StrEnum


class Handling(StrEnum):
    """Where the handling of a dossier stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # handed in, not yet received: no clock runs
    AWAITING_SUPPLEMENT = "awaiting_supplement"  # returned to the citizen with a full list of what is missing
    IN_PROCESS = "in_process"
    RESULT_READY = "result_ready"  # signed, numbered and back at the centre
    HANDED_OVER = "handed_over"
    REFUSED = "refused"  # before receipt
    DECLINED = "declined"  # after appraisal, with written reasons
    WITHDRAWN = "withdrawn"  # by the citizen
    STOPPED = "stopped"  # the supplement never came, or two people decided so


class Money(StrEnum):
    """Whether a fee or charge is owed."""

    NONE = "none"
    DUE = "due"
    PAID = "paid"
    WAIVED = "waived"


class Delivery(StrEnum):
    """Where the result is on its way to the citizen."""

    NONE = "none"
    READY = "ready"
    POSTED = "posted"
    DELIVERED = "delivered"


class Synchronisation(StrEnum):
    """Whether other systems know what this one knows."""

    NONE = "none"
    PENDING = "pending"
    SYNCHRONISED = "synchronised"
    NEEDS_CHECK = "needs_check"


class Channel(StrEnum):
    """How a dossier came in, and how its result goes out."""

    COUNTER = "counter"
    ONLINE = "online"
    POSTAL = "postal"


HANDLING_NAMES = {
    "draft": "Nháp",
    "submitted": "Chờ tiếp nhận",
    "awaiting_supplement": "Chờ bổ sung",
    "in_process": "Đang giải quyết",
    "result_ready": "Có kết quả",
    "handed_over": "Đã trả kết quả",
    "refused": "Từ chối tiếp nhận",
    "declined": "Không giải quyết",
    "withdrawn": "Đã rút",
    "stopped": "Dừng giải quyết",
}
CHANNEL_NAMES = {"counter": "Trực tiếp", "online": "Trực tuyến", "postal": "Bưu chính"}

ENDED = frozenset(
    {Handling.HANDED_OVER, Handling.REFUSED, Handling.DECLINED, Handling.WITHDRAWN, Handling.STOPPED}
)

# From which status a milestone may lead to which. What is not listed is refused.
MOVES: dict[Handling, frozenset[Handling]] = {
    Handling.DRAFT: frozenset({Handling.SUBMITTED}),
    Handling.SUBMITTED: frozenset(
        {
            Handling.IN_PROCESS,
            Handling.AWAITING_SUPPLEMENT,
            Handling.REFUSED,
            Handling.WITHDRAWN,
            Handling.STOPPED,
        }
    ),
    Handling.AWAITING_SUPPLEMENT: frozenset(
        {Handling.IN_PROCESS, Handling.SUBMITTED, Handling.WITHDRAWN, Handling.STOPPED, Handling.REFUSED}
    ),
    Handling.IN_PROCESS: frozenset(
        {
            Handling.AWAITING_SUPPLEMENT,
            Handling.RESULT_READY,
            Handling.DECLINED,
            Handling.WITHDRAWN,
            Handling.STOPPED,
            Handling.HANDED_OVER,
        }
    ),
    Handling.RESULT_READY: frozenset({Handling.HANDED_OVER, Handling.IN_PROCESS}),
}


def may_move(old: Handling, new: Handling) -> bool:
    """Whether handling may go from ``old`` to ``new``; staying is always allowed."""
    return old == new or new in MOVES.get(old, frozenset())


def moved(old: Handling, new: Handling) -> Handling:
    """The status after a milestone that leads to ``new``.

    A declined dossier stays declined while the written refusal goes its way to the citizen: only its
    delivery moves. Raises ValueError for a move that the table does not know.
    """
    if old == Handling.DECLINED and new in (Handling.RESULT_READY, Handling.HANDED_OVER):
        return old
    if not may_move(old, new):
        raise ValueError(f"{old} -> {new}")
    return new
