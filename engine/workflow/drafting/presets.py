"""Steps that nearly every procedure has, so that an outline need not spell them out.

Each is what the corresponding step of the twelve hand-made procedures says; an outline may change any field.
"""

from dataclasses import dataclass, replace

from engine.domain.procedure import Basis
from engine.workflow.drafting.outline import Branch, Decision, Lane, Step

CENTRE_LANE = "reception"
LANES = {
    one.key: one
    for one in (
        Lane(key="reception", name="Trung tâm", role="reception", agency="centre"),
        Lane(key="cashier", name="Thu phí", role="cashier", agency="centre"),
        Lane(key="head", name="Trưởng phòng", role="head"),
        Lane(key="processing", name="Chuyên viên", role="processing"),
        Lane(key="leader", name="Lãnh đạo", role="leader"),
        Lane(key="clerk", name="Văn thư", role="clerk"),
    )
}
LANE_IDS = {
    "reception": "tt",
    "cashier": "thu",
    "head": "tp",
    "processing": "cv",
    "leader": "ld",
    "clerk": "vt",
}


def law(article: str, document: str = "NĐ 61/2018/NĐ-CP") -> tuple[Basis, ...]:
    """One article, by default of the decree on one-stop centres."""
    return (Basis(document=document, article=article),)


# Places that a way may lead to without a step of the outline having that id.
SUPPLEMENT, DECLINE, STOP, RESULT, NEXT = "supplement", "decline", "stop", "result", "next"
PLACES = (SUPPLEMENT, DECLINE, STOP, RESULT, NEXT)

DECISIONS = {
    one.value: one
    for one in (
        Decision(value="approve", label="Đạt yêu cầu", style="primary", way=Branch(flow="Đạt")),
        Decision(
            value="supplement", label="Yêu cầu bổ sung", way=Branch(flow="Bổ sung", then=SUPPLEMENT)
        ),
        Decision(
            value="decline", label="Không đủ điều kiện", style="danger",
            way=Branch(flow="Không đạt", then=DECLINE),
        ),
        Decision(
            value="rework", label="Trả lại thẩm định", reason_required=True,
            way=Branch(flow="Không", then="thamdinh"),
        ),
        Decision(value="fix", label="Yêu cầu khắc phục", reason_required=True, way=Branch(flow="Chưa đạt")),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """What a step of this name is when nothing else is said."""

    name: str
    id: str
    lane: str
    form: str | None = None
    limit: str | None = None
    milestone: str | None = None
    basis: tuple[Basis, ...] = ()
    ask: str = ""
    decisions: tuple[Decision, ...] = ()

    def step(self) -> Step:
        """The step itself."""
        return Step(
            kind="task", name=self.name, id=self.id, lane=self.lane, form=self.form, limit=self.limit,
            milestone=self.milestone, basis=self.basis, ask=self.ask, decisions=self.decisions,
        )  # fmt: skip


PRESETS = {
    "assign": Preset(
        name="Phân công xử lý", id="phancong", lane="head", form="phan-cong", limit="working hours(4)",
        milestone="accepted", basis=law("Điều 19 khoản 1"),
    ),
    "appraise": Preset(
        name="Thẩm định hồ sơ", id="thamdinh", lane="processing", form="tham-dinh",
        basis=law("Điều 19 khoản 3"), ask="Kết quả thẩm định",
        decisions=(DECISIONS["approve"], DECISIONS["supplement"], DECISIONS["decline"]),
    ),
    "draft": Preset(
        name="Dự thảo kết quả", id="duthao", lane="processing", form="trinh-ky", limit="working hours(4)"
    ),
    "review": Preset(
        name="Soát xét dự thảo", id="soatxet", lane="head", limit="working hours(4)", ask="Đồng ý?",
        decisions=(
            replace(DECISIONS["approve"], label="Đồng ý, trình ký", way=Branch(flow="Có")),
            DECISIONS["rework"],
        ),
    ),
    "sign": Preset(
        name="Ký kết quả", id="ky", lane="leader", form="ky", limit="working hours(4)",
        milestone="signed", basis=law("Điều 13", "NĐ 30/2020/NĐ-CP"),
    ),
    "visit": Preset(
        name="Kiểm tra thực tế", id="thucte", lane="processing", form="kiem-tra-thuc-dia",
        basis=law("Điều 19 khoản 3"),
    ),
    "opinion": Preset(
        name="Cho ý kiến", id="ykien", lane="processing", form="y-kien", basis=law("Điều 19 khoản 5")
    ),
}  # fmt: skip
