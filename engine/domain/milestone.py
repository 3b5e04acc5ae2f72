"""Milestones: the moments of a dossier that the law knows, and what each of them does.

An element of a diagram says ``<motcua:milestone name="received"/>``; the table below says what follows.
So a diagram decides when something happens, and never what it means.
"""

from dataclasses import dataclass

from engine.domain.dossier import Delivery, Handling, Money, Synchronisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """What one legally meaningful moment does to the dossier."""

    name: str
    vi: str  # what history and tracking call it
    en: str
    handling: Handling | None = None  # new status; None: unchanged
    money: Money | None = None
    delivery: Delivery | None = None
    synchronisation: Synchronisation | None = None
    ledger: str | None = None  # kind of the ledger entry, see engine.domain.ledger
    paper: str | None = None  # statutory paper issued with it
    notify: bool = False  # whether the citizen is told
    stamp: str | None = None  # column of the dossier that keeps the moment
    basis: str = ""  # article of law, for history and the auditor


_MILESTONES = (
    Milestone(
        name="submitted",
        vi="Nộp hồ sơ",
        en="Submitted",
        handling=Handling.SUBMITTED,
        ledger="submitted",
        stamp="submitted_at",
        basis="NĐ 61/2018/NĐ-CP Điều 16",
    ),
    Milestone(
        name="received",
        vi="Tiếp nhận hồ sơ",
        en="Received",
        handling=Handling.IN_PROCESS,
        ledger="received",
        paper="appointment_slip",
        notify=True,
        stamp="received_at",
        basis="NĐ 61/2018/NĐ-CP Điều 17",
    ),
    Milestone(
        name="returned",
        vi="Yêu cầu bổ sung, hoàn thiện hồ sơ",
        en="Supplement requested",
        handling=Handling.AWAITING_SUPPLEMENT,
        ledger="returned",
        paper="supplement_request",
        notify=True,
        basis="NĐ 61/2018/NĐ-CP Điều 17, Điều 19 khoản 4",
    ),
    Milestone(
        name="supplemented",
        vi="Nhận hồ sơ bổ sung",
        en="Supplement received",
        handling=Handling.IN_PROCESS,
        ledger="supplemented",
        paper="appointment_slip",
        notify=True,
        basis="NĐ 61/2018/NĐ-CP Điều 19 khoản 4",
    ),
    Milestone(
        name="refused",
        vi="Từ chối tiếp nhận",
        en="Refused",
        handling=Handling.REFUSED,
        ledger="finished",
        paper="refusal_slip",
        notify=True,
        stamp="finished_at",
        basis="NĐ 61/2018/NĐ-CP Điều 17",
    ),
    Milestone(
        name="declined",
        vi="Không giải quyết, có văn bản nêu lý do",
        en="Declined with written reasons",
        handling=Handling.DECLINED,
        ledger="finished",
        paper="refusal_slip",
        notify=True,
        stamp="finished_at",
        basis="NĐ 61/2018/NĐ-CP Điều 19 khoản 8",
    ),
    Milestone(
        name="forwarded",
        vi="Chuyển hồ sơ đến cơ quan giải quyết",
        en="Forwarded to the agency",
        basis="NĐ 61/2018/NĐ-CP Điều 18",
    ),
    Milestone(
        name="accepted",
        vi="Cơ quan nhận hồ sơ",
        en="Taken over by the agency",
        basis="NĐ 61/2018/NĐ-CP Điều 18",
    ),
    Milestone(
        name="fee_requested",
        vi="Yêu cầu nộp phí, lệ phí",
        en="Fee requested",
        money=Money.DUE,
        notify=True,
        basis="NĐ 61/2018/NĐ-CP Điều 22",
    ),
    Milestone(
        name="fee_paid",
        vi="Đã nộp phí, lệ phí",
        en="Fee paid",
        money=Money.PAID,
        ledger="fee_paid",
        basis="NĐ 61/2018/NĐ-CP Điều 22",
    ),
    Milestone(
        name="signed",
        vi="Ký kết quả",
        en="Result signed",
        stamp="signed_at",
        basis="NĐ 30/2020/NĐ-CP Điều 13",
    ),
    Milestone(
        name="numbered",
        vi="Vào số, phát hành kết quả",
        en="Result numbered and issued",
        ledger="finished",
        stamp="issued_at",
        basis="NĐ 30/2020/NĐ-CP Điều 15",
    ),
    Milestone(
        name="result_ready",
        vi="Có kết quả tại Trung tâm",
        en="Result ready at the centre",
        handling=Handling.RESULT_READY,
        delivery=Delivery.READY,
        ledger="finished",
        notify=True,
        stamp="finished_at",
        basis="NĐ 61/2018/NĐ-CP Điều 20",
    ),
    Milestone(
        name="handed_over",
        vi="Trả kết quả",
        en="Result handed over",
        handling=Handling.HANDED_OVER,
        delivery=Delivery.DELIVERED,
        stamp="handed_over_at",
        basis="NĐ 61/2018/NĐ-CP Điều 20",
    ),
    Milestone(
        name="withdrawn",
        vi="Rút hồ sơ theo đề nghị của người nộp",
        en="Withdrawn by the applicant",
        handling=Handling.WITHDRAWN,
        ledger="withdrawn",
        paper="stop_notice",
        notify=True,
        stamp="finished_at",
        basis="TT 03/2025/TT-VPCP, mẫu Thông báo dừng giải quyết hồ sơ",
    ),
    Milestone(
        name="stopped",
        vi="Dừng giải quyết do quá hạn bổ sung",
        en="Stopped: the supplement never came",
        handling=Handling.STOPPED,
        ledger="stopped",
        paper="stop_notice",
        notify=True,
        stamp="finished_at",
        basis="TT 03/2025/TT-VPCP, mẫu Thông báo dừng giải quyết hồ sơ",
    ),
    # Reached by no diagram: two people have decided it, see engine.domain.intervention.
    Milestone(
        name="cancelled",
        vi="Dừng giải quyết theo quyết định của Trung tâm",
        en="Stopped by decision of the centre",
        handling=Handling.STOPPED,
        ledger="stopped",
        paper="stop_notice",
        notify=True,
        stamp="finished_at",
        basis="TT 03/2025/TT-VPCP, mẫu Thông báo dừng giải quyết hồ sơ",
    ),
    Milestone(
        name="limit_set", vi="Xác định lại thời hạn giải quyết", en="Time limit set anew", ledger="limit_set"
    ),
)

MILESTONES: dict[str, Milestone] = {milestone.name: milestone for milestone in _MILESTONES}
