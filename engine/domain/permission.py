"""Rights as a table that a lawyer can read: who may do what, to which dossiers, in which status.

What the table does not allow is refused. Nobody has a right by being an administrator: those who run the
system see no dossiers, those who see dossiers cannot change the system.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from engine.domain.actor import OfficerActor, Posting
from engine.domain.dossier import ENDED, Handling
from engine.errors import Forbidden


class Action(StrEnum):
    """Everything that can be asked for."""

    SUBMIT_DOSSIER = "submit_dossier"
    VIEW_DOSSIER = "view_dossier"
    COMPLETE_TASK = "complete_task"
    ATTACH_DOCUMENT = "attach_document"
    DELIVER_MESSAGE = "deliver_message"
    EXTEND_DEADLINE = "extend_deadline"
    VIEW_INBOX = "view_inbox"
    VIEW_REGISTER = "view_register"
    VIEW_REPORTS = "view_reports"
    REPLAY_HISTORY = "replay_history"
    VIEW_INCIDENTS = "view_incidents"
    REPAIR_INCIDENT = "repair_incident"
    VIEW_INTERVENTIONS = "view_interventions"
    REQUEST_INTERVENTION = "request_intervention"
    CORRECT_DATA = "correct_data"
    APPROVE_INTERVENTION = "approve_intervention"
    VIEW_PROCEDURES = "view_procedures"
    CHECK_PROCEDURE = "check_procedure"
    APPROVE_PROCEDURE = "approve_procedure"
    RELEASE_PROCEDURE = "release_procedure"
    VIEW_MIGRATIONS = "view_migrations"
    REQUEST_MIGRATION = "request_migration"
    APPROVE_MIGRATION = "approve_migration"
    DECIDE_CALENDAR = "decide_calendar"
    MANAGE_OFFICERS = "manage_officers"


NAMES: dict[Action, str] = {
    Action.SUBMIT_DOSSIER: "tiếp nhận hồ sơ",
    Action.VIEW_DOSSIER: "xem hồ sơ",
    Action.COMPLETE_TASK: "xử lý việc này",
    Action.ATTACH_DOCUMENT: "thêm giấy tờ vào hồ sơ",
    Action.DELIVER_MESSAGE: "ghi nhận thông tin vào hồ sơ",
    Action.EXTEND_DEADLINE: "xin lỗi và hẹn lại ngày trả kết quả",
    Action.VIEW_INBOX: "xem hộp việc",
    Action.VIEW_REGISTER: "xem sổ theo dõi hồ sơ",
    Action.VIEW_REPORTS: "xem số liệu",
    Action.REPLAY_HISTORY: "phát lại lịch sử hồ sơ",
    Action.VIEW_INCIDENTS: "xem sự cố",
    Action.REPAIR_INCIDENT: "xử lý sự cố",
    Action.VIEW_INTERVENTIONS: "xem đề nghị can thiệp hồ sơ",
    Action.REQUEST_INTERVENTION: "đề nghị can thiệp hồ sơ",
    Action.CORRECT_DATA: "đề nghị sửa dữ liệu hồ sơ",
    Action.APPROVE_INTERVENTION: "phê duyệt can thiệp hồ sơ",
    Action.VIEW_PROCEDURES: "xem quy trình",
    Action.CHECK_PROCEDURE: "kiểm tra quy trình",
    Action.APPROVE_PROCEDURE: "phê duyệt quy trình",
    Action.RELEASE_PROCEDURE: "đưa quy trình vào áp dụng",
    Action.VIEW_MIGRATIONS: "xem việc chuyển hồ sơ sang bản quy trình khác",
    Action.REQUEST_MIGRATION: "đề nghị chuyển hồ sơ sang bản quy trình khác",
    Action.APPROVE_MIGRATION: "phê duyệt việc chuyển hồ sơ sang bản quy trình khác",
    Action.DECIDE_CALENDAR: "ban hành lịch làm việc",
    Action.MANAGE_OFFICERS: "quản lý cán bộ",
}


class Reach(StrEnum):
    """Which dossiers a right covers."""

    EVERY = "every"
    RECEIVED = "received"  # received at the officer's centre
    AGENCY = "agency"  # of the officer's agency: competent or taking part
    TASK = "task"  # where the officer's own role and agency have the task


_OPEN = frozenset(set(Handling) - ENDED) | {Handling.DECLINED}
_ANY = frozenset(Handling)
_STAFF = ("processing", "head", "leader", "clerk")
_FRONT = ("reception", "cashier")
_WATCH = ("supervisor", "director", "auditor")
_WORKERS = (*_FRONT, *_STAFF)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: these roles may, for dossiers within reach and in these statuses."""

    roles: tuple[str, ...]
    reach: Reach = Reach.EVERY
    statuses: frozenset[Handling] = _ANY


TABLE: dict[Action, tuple[Rule, ...]] = {
    Action.SUBMIT_DOSSIER: (Rule(("reception",)),),
    Action.VIEW_DOSSIER: (
        Rule(_WATCH),
        Rule(_FRONT, Reach.RECEIVED),
        Rule(_STAFF, Reach.AGENCY),
    ),
    Action.COMPLETE_TASK: (Rule(_WORKERS, Reach.TASK, _OPEN),),
    Action.ATTACH_DOCUMENT: (
        Rule(("reception",), Reach.RECEIVED, _OPEN),
        Rule(_STAFF, Reach.AGENCY, _OPEN),
    ),
    Action.DELIVER_MESSAGE: (Rule(_FRONT, Reach.RECEIVED, _OPEN),),
    # Only the centre moves an appointment (NĐ 61/2018/NĐ-CP art. 19(9)); the agency's head gives the reason.
    Action.EXTEND_DEADLINE: (
        Rule(("reception", "supervisor"), Reach.RECEIVED, frozenset({Handling.IN_PROCESS})),
        Rule(("head", "leader"), Reach.AGENCY, frozenset({Handling.IN_PROCESS})),
    ),
    Action.VIEW_INBOX: (Rule(_WORKERS),),
    Action.VIEW_REGISTER: (Rule(("reception", "supervisor", "director", "auditor")),),
    Action.VIEW_REPORTS: (Rule(("supervisor", "director", "auditor", "leader", "head")),),
    Action.REPLAY_HISTORY: (Rule(("auditor", "supervisor")),),
    Action.VIEW_INCIDENTS: (Rule(("supervisor", "administrator")),),
    Action.REPAIR_INCIDENT: (Rule(("supervisor", "administrator")),),
    # Who runs the system may ask for a repair without seeing the dossier; data is corrected by those who may
    # see it, and the second person always may.
    Action.VIEW_INTERVENTIONS: (Rule(("supervisor", "director", "administrator", "auditor")),),
    Action.REQUEST_INTERVENTION: (Rule(("supervisor", "administrator")),),
    Action.CORRECT_DATA: (Rule(("supervisor",)),),
    Action.APPROVE_INTERVENTION: (Rule(("supervisor", "director")),),
    Action.VIEW_PROCEDURES: (Rule(("analyst", "auditor", "supervisor", "director", "administrator")),),
    # Writing, submitting; the engine asks for another person to approve (engine.domain.version).
    Action.CHECK_PROCEDURE: (Rule(("analyst",)),),
    Action.APPROVE_PROCEDURE: (Rule(("analyst", "director")),),
    Action.RELEASE_PROCEDURE: (Rule(("analyst",)),),
    # Running dossiers are the centre's business as much as the analyst's: one of each takes part.
    Action.VIEW_MIGRATIONS: (Rule(("analyst", "supervisor", "director", "auditor")),),
    Action.REQUEST_MIGRATION: (Rule(("analyst",)),),
    Action.APPROVE_MIGRATION: (Rule(("supervisor", "director")),),
    Action.DECIDE_CALENDAR: (Rule(("administrator",)),),
    Action.MANAGE_OFFICERS: (Rule(("administrator",)),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The dossier, and the task if there is one, as the table looks at them."""

    handling: str
    agency: str
    received_agency: str
    involved: frozenset[str] = frozenset()
    task_role: str | None = None
    task_agency: str | None = None

    def with_task(self, *, role: str, agency: str) -> "Subject":
        """The same dossier with one of its tasks in view."""
        return replace(self, task_role=role, task_agency=agency)


def may(officer: OfficerActor, action: Action, subject: Subject) -> bool:
    """Whether the officer may do this to that dossier or task now."""
    return acting_office(officer, action, subject) is not None


def acting_office(officer: OfficerActor, action: Action, subject: Subject) -> Posting | None:
    """The posting by which the officer may do this to that dossier or task now; None when he may not."""
    for rule in TABLE[action]:
        for posting in officer.postings:
            if (
                Handling(subject.handling) in rule.statuses
                and posting.role in rule.roles
                and _within(rule.reach, posting.role, posting.agency, subject)
            ):
                return posting
    return None


def _within(reach: Reach, role: str, agency: str, subject: Subject) -> bool:
    if reach == Reach.EVERY:
        return True
    if reach == Reach.RECEIVED:
        return agency == subject.received_agency
    if reach == Reach.AGENCY:
        return agency == subject.agency or agency in subject.involved
    return role == subject.task_role and agency == subject.task_agency


def require(officer: OfficerActor, action: Action, subject: Subject) -> None:
    """Raise Forbidden unless the officer may."""
    if not may(officer, action, subject):
        raise Forbidden(action=NAMES[action])


def may_anywhere(officer: OfficerActor, action: Action) -> bool:
    """Whether the officer has this right over any dossier at all: for menus and for actions without one."""
    return office_for(officer, action) is not None


def office_for(officer: OfficerActor, action: Action) -> Posting | None:
    """The posting that gives the officer this right over any dossier at all."""
    found = (one for rule in TABLE[action] for one in officer.postings if one.role in rule.roles)
    return next(found, None)


def require_anywhere(officer: OfficerActor, action: Action) -> None:
    """Raise Forbidden unless the officer has this right at all."""
    if not may_anywhere(officer, action):
        raise Forbidden(action=NAMES[action])


def allowed(officer: OfficerActor, subject: Subject) -> frozenset[str]:
    """All actions the officer may take on a dossier now."""
    return frozenset(action.value for action in TABLE if may(officer, action, subject))
