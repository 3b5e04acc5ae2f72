"""The life of a version of a procedure: what may be done with it in which state, and who may not do it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from engine.errors import MotcuaError


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"  # its author may still change it
    SUBMITTED = "submitted"  # it waits for a second person
    APPROVED = "approved"
    LIVE = "live"  # new dossiers follow it
    RETIRED = "retired"  # only dossiers that began with it still follow it


class Act(StrEnum):
    """What is done with a version; each act is one row of its history."""

    DRAFT = "draft"
    SUBMIT = "submit"
    GIVE_BACK = "give_back"
    APPROVE = "approve"
    RELEASE = "release"
    REPLACE = "replace"  # another version of the procedure went live
    RETIRE = "retire"  # the procedure is no longer offered, or a version is given up
    INSTALL = "install"  # live at once, by whoever holds the machine: there is no second person


# From which states an act may be done, and where it leads.
MOVES: dict[Act, tuple[frozenset[State], State]] = {
    Act.DRAFT: (frozenset({State.DRAFT}), State.DRAFT),
    Act.SUBMIT: (frozenset({State.DRAFT}), State.SUBMITTED),
    Act.GIVE_BACK: (frozenset({State.SUBMITTED, State.APPROVED}), State.DRAFT),
    Act.APPROVE: (frozenset({State.SUBMITTED}), State.APPROVED),
    Act.RELEASE: (frozenset({State.APPROVED}), State.LIVE),
    Act.REPLACE: (frozenset({State.LIVE}), State.RETIRED),
    Act.RETIRE: (frozenset({State.DRAFT, State.SUBMITTED, State.APPROVED, State.LIVE}), State.RETIRED),
}

STATE_NAMES: dict[State, tuple[str, str]] = {
    State.DRAFT: ("bản thảo", "draft"),
    State.SUBMITTED: ("chờ duyệt", "waiting for approval"),
    State.APPROVED: ("đã duyệt, chưa áp dụng", "approved, not yet live"),
    State.LIVE: ("đang áp dụng", "live"),
    State.RETIRED: ("ngừng áp dụng", "retired"),
}

ACT_NAMES: dict[Act, tuple[str, str]] = {
    Act.DRAFT: ("Soạn bản thảo", "Drafted"),
    Act.SUBMIT: ("Trình duyệt", "Submitted"),
    Act.GIVE_BACK: ("Trả lại để sửa", "Given back"),
    Act.APPROVE: ("Phê duyệt", "Approved"),
    Act.RELEASE: ("Đưa vào áp dụng", "Brought live"),
    Act.REPLACE: ("Được thay bằng bản mới", "Replaced by a newer version"),
    Act.RETIRE: ("Ngừng áp dụng", "Retired"),
    Act.INSTALL: (
        "Cài đặt thẳng từ dòng lệnh, không qua người thứ hai",
        "Installed from the command line, without a second person",
    ),
}


class OutOfTurn(MotcuaError):
    """A version is not in the state that this act begins from."""

    code = "version-out-of-turn"
    vi = "Bản {number} của thủ tục {procedure} đang ở trạng thái «{state}» nên không {act} được."
    en = "Version {number} of procedure {procedure} is {state_en}: {act_en} is not possible."


class OwnWork(MotcuaError):
    """Whoever wrote something may not be the one who approves it."""

    code = "own-work"
    vi = "Người soạn, người trình hoặc người đề nghị không tự phê duyệt. Đề nghị một người khác phê duyệt."
    en = "Who wrote, submitted or requested this may not approve it. Ask somebody else to approve."


@dataclass(frozen=True, slots=True)
class Done:
    """An act that somebody has done."""

    act: str
    by: str


def led_to(act: Act, state: State, *, procedure: str, number: int) -> State:
    """The state after an act; raises OutOfTurn."""
    allowed, after = MOVES[act]
    if state not in allowed:
        names, acts = STATE_NAMES[state], ACT_NAMES[act]
        raise OutOfTurn(
            procedure=procedure,
            number=number,
            state=names[0],
            state_en=names[1],
            act=acts[0].lower(),
            act_en=acts[1].lower(),
        )
    return after


def require_second_person(by: str, done: Iterable[Done]) -> None:
    """Raise OwnWork when ``by`` had a hand in what is to be approved: ever, not only since it came back."""
    if any(one.by == by and one.act in (Act.DRAFT, Act.SUBMIT) for one in done):
        raise OwnWork()
