"""The patterns: what happens between reception and the return of the result, by the kind of procedure."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.workflow.drafting.catalogue.row import Row
from engine.workflow.drafting.outline import Branch, Decision, Edge, Lane, Repetition, Step, Trigger
from engine.workflow.drafting.patterns.rules import Competence
from engine.workflow.drafting.presets import DECISIONS, PRESETS, law

CONSULT, OPINION = "xac-dinh-lay-y-kien", "y-kien-duoc-hoi"
# Forms that patterns need beside the shared ones.
FORMS = {
    CONSULT: (
        {
            "key": "consulted", "type": "dynamiclist",
            "label": "Cơ quan được hỏi ý kiến", "en": "Agencies asked",
            "fields": [
                {"key": "agency_name", "label": "Tên cơ quan", "en": "Name of the agency", "required": True}
            ],
        },
        {
            "key": "opinion_days", "type": "number", "label": "Số ngày làm việc để trả lời",
            "en": "Working days to answer", "required": True, "min": 1, "max": 60,
            "help": "Ghi như trong văn bản lấy ý kiến.", "help_en": "As the request says.",
        },
    ),
    OPINION: (
        {
            "key": "opinion_text", "type": "textarea", "label": "Ý kiến của cơ quan được hỏi",
            "en": "Opinion of the agency asked", "required": True,
        },
    ),
}  # fmt: skip
# The form asks for a number; a dossier without one is reminded as agencies usually are.
_ANSWER = "working days(if opinion_days instance of number then opinion_days else 5)"
PROVINCE = Lane(key="province", name="Ủy ban nhân dân tỉnh", role="leader", agency="UBND")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A kind of procedure; limits of single steps are for an internal decision, so none is said."""

    name: str
    title: str  # in Vietnamese
    steps: Callable[[Row], tuple[Step, ...]]
    consults: bool = False
    province: bool = False
    same_day: bool = False


def usual(kind: str, **changes: object) -> Step:
    """A usual step, its limit left to an internal decision."""
    return replace(PRESETS[kind].step(), limit="none", **changes)  # type: ignore[arg-type]


def decisions(row: Row, approve: str = "Đạt yêu cầu") -> tuple[Decision, ...]:
    """What an officer may decide: supplement and refusal where the official text speaks of them."""
    extra = [name for name, said in (("supplement", row.supplement), ("decline", row.refusal)) if said]
    if not extra:
        return ()
    return (replace(DECISIONS["approve"], label=approve), *(DECISIONS[name] for name in extra))


def same_day(row: Row) -> tuple[Step, ...]:
    settle = usual("appraise", name="Giải quyết tại quầy", decisions=decisions(row, "Giải quyết được"))
    return settle, usual("sign")


def simple(row: Row) -> tuple[Step, ...]:
    return usual("appraise", name="Kiểm tra, giải quyết hồ sơ", decisions=decisions(row)), usual("sign")


def appraisal(row: Row) -> tuple[Step, ...]:
    return usual("assign"), usual("appraise", decisions=decisions(row)), *_finish()


def consultation(row: Row) -> tuple[Step, ...]:
    conclude = usual("appraise", name="Tổng hợp ý kiến, thẩm định", decisions=decisions(row))
    return usual("assign"), *_consult(), conclude, *_finish()


def visit(row: Row) -> tuple[Step, ...]:
    check = usual("appraise", decisions=decisions(row, "Hồ sơ đủ, đi kiểm tra"))
    return usual("assign"), *_asked(row), check, usual("visit"), *_finish()


def council(row: Row) -> tuple[Step, ...]:
    found = _led("Thành lập hội đồng thẩm định", "lap_hd")
    meet = Step(kind="task", name="Họp hội đồng thẩm định", id="hop_hd", lane="processing",
                form="kiem-tra-thuc-dia", limit="none", basis=law("Điều 19 khoản 3"))  # fmt: skip
    conclude = usual("appraise", name="Tổng hợp kết quả thẩm định", decisions=decisions(row))
    return usual("assign"), *_asked(row), found, meet, conclude, *_finish()


def two_level(row: Row) -> tuple[Step, ...]:
    check = usual("appraise", decisions=decisions(row))
    submit = _led("Ký tờ trình Ủy ban nhân dân tỉnh", "to_trinh")
    decide = usual("sign", name="Chủ tịch Ủy ban nhân dân tỉnh ký", lane="province")
    draft, review, _ = _finish("Dự thảo tờ trình và kết quả")
    return usual("assign"), *_asked(row), check, draft, review, submit, decide


def central(row: Row) -> tuple[Step, ...]:
    work = usual(
        "appraise", name="Giải quyết trên hệ thống của ngành", decisions=decisions(row, "Giải quyết được")
    )
    return work, usual("sign", name="Ký, xác nhận kết quả của ngành")


def _led(name: str, identity: str) -> Step:
    """What the leader of the department signs on the way to the result."""
    return Step(kind="task", name=name, id=identity, lane="leader", form="trinh-ky", limit="none")


def _finish(draft: str = "Dự thảo kết quả") -> tuple[Step, Step, Step]:
    return usual("draft", name=draft), usual("review"), usual("sign")


def _asked(row: Row) -> tuple[Step, ...]:
    return _consult() if row.consultation else ()


def _consult() -> tuple[Step, ...]:
    """Each agency asked answers in its own time; officers are told when one is late."""
    name = Step(kind="task", name="Xác định cơ quan cần lấy ý kiến", id="xd_yk", lane="processing",
                form=CONSULT, limit="none", basis=law("Điều 19 khoản 5"))  # fmt: skip
    tell = Step(kind="service", name="Báo chậm trả lời", handler="notify_officers",
                inputs={"text": '"Cơ quan được hỏi chậm trả lời theo thời hạn đã nêu."'})  # fmt: skip
    late = Edge(
        name="Quá hạn trả lời", id="tre_yk", interrupting=False, basis=law("Điều 19 khoản 5"),
        trigger=Trigger(kind="after", value=_ANSWER),
        way=Branch(steps=(tell, Step(kind="end", name="Đã báo"))),
    )  # fmt: skip
    ask = Step(
        kind="task", name="Ghi ý kiến của từng cơ quan", id="yk", lane="processing", form=OPINION,
        limit="none", basis=law("Điều 19 khoản 5"), edges=(late,),
        repeat=Repetition(each="consulted", item="consulted_now", into="opinions", gives="opinion_text"),
    )  # fmt: skip
    return name, ask


PATTERNS = {
    one.name: one
    for one in (
        Pattern(name="same-day", title="trong ngày, tại quầy", steps=same_day, same_day=True),
        Pattern(name="simple", title="kiểm tra, ký, trả", steps=simple),
        Pattern(name="appraisal", title="phân công, thẩm định, soát xét, ký", steps=appraisal),
        Pattern(name="consultation", title="thẩm định có lấy ý kiến", steps=consultation, consults=True),
        Pattern(name="visit", title="kiểm tra thực tế", steps=visit),
        Pattern(name="council", title="hội đồng thẩm định", steps=council),
        Pattern(name="two-level", title="sở trình, UBND tỉnh quyết định", steps=two_level, province=True),
        Pattern(name="central", title="cơ quan ngành dọc", steps=central),
    )
}


def chosen(row: Row, competence: Competence, speaks: Callable[[str, str], bool]) -> tuple[Pattern, str]:
    """The pattern of a row, and why."""
    known = [one for one in row.limits.values() if one is not None]
    if known and all(one.within_a_day for one in known):
        return PATTERNS["same-day"], "thời hạn không quá một ngày"
    if competence.central:
        return PATTERNS["central"], "cơ quan ngành dọc giải quyết"
    if competence.province:
        return PATTERNS["two-level"], "Ủy ban nhân dân tỉnh quyết định"
    if row.appraisal and speaks("council", row.name):
        return PATTERNS["council"], "có hội đồng"
    if row.appraisal and speaks("visit", row.name):
        return PATTERNS["visit"], "có thẩm định và tên nói đến kiểm tra, điều kiện"
    if row.consultation:
        return PATTERNS["consultation"], "có lấy ý kiến cơ quan khác"
    if row.appraisal:
        return PATTERNS["appraisal"], "có thẩm định"
    return PATTERNS["simple"], "không nói đến thẩm định, lấy ý kiến"
