"""Steps that stand for several: the fee, the supplement, the written refusal, and the frame around all."""

from dataclasses import replace

from engine.domain.duration import BeforeDue, LegalDuration, describe
from engine.domain.feel import FeelEvaluationError, FeelSyntaxError, compile_expression
from engine.domain.procedure import Basis
from engine.workflow.drafting.outline import Branch, Edge, Outline, Step, Trigger
from engine.workflow.drafting.presets import RESULT, STOP, law

_WITHDRAWN = (Basis(document="TT 03/2025/TT-VPCP", article="Thông báo dừng giải quyết hồ sơ"),)


def fee(step: Step, outline: Outline) -> tuple[Step, ...]:
    """Reckoned, asked for, and paid at the counter or online."""
    rule = outline.fees[0]
    name = step.name or "Tính phí"
    if rule.table:
        reckon = Step(
            kind="table", name=name, id="tinhphi", lane="reception", table=rule.table, result="fee_amount"
        )
    else:
        script = f"fee_amount = {rule.expression}"
        reckon = Step(kind="script", name=name, id="tinhphi", lane="reception", script=script)
    ask = Step(kind="mark", name="Thông báo nộp phí", id="yeucau_phi", lane="reception",
               milestone="fee_requested", basis=law("Điều 22"))  # fmt: skip
    online = Edge(name="Đã nộp trực tuyến", id="phi_ve", trigger=Trigger(kind="message", value="fee_paid"),
                  milestone="fee_paid", basis=law("Điều 22"))  # fmt: skip
    pay = Step(kind="task", name="Thu phí, lệ phí", id="thuphi", lane="cashier", form="thu-phi", limit="none",
               milestone="fee_paid", basis=law("Điều 22"), edges=(online,))  # fmt: skip
    return reckon, ask, pay


def supplement(step: Step) -> tuple[Step, ...]:
    """Asked for and waited for; then once more from where the outline says, or the end."""
    call = replace(
        step, kind="call", name=step.name or "Yêu cầu bổ sung", id=step.id or "bosung",
        calls="shared_supplement", basis=step.basis or law("Điều 19 khoản 4"), target=None,
    )  # fmt: skip
    question = Step(
        kind="choice", name="Đã bổ sung?", id="kq_bs",
        branches=(
            Branch(flow="Có", then=step.target),
            Branch(flow="Không", when='supplement_outcome = "stopped"', then=STOP),
        ),
    )  # fmt: skip
    return call, question


def stop() -> tuple[Step, ...]:
    """The supplement never came."""
    return (Step(kind="end", name="Dừng giải quyết", id="kt_dung", terminate=True),)


def decline(step: Step) -> tuple[Step, ...]:
    """A refusal is written and signed, and is a result like any other (Decree 61/2018, Article 19(8))."""
    basis = step.basis or law("Điều 19 khoản 8")
    limit = step.limit or "working hours(4)"
    draft = Step(kind="task", name=step.name or "Dự thảo văn bản từ chối", id="duthao_tc", lane=step.lane,
                 form="tu-choi", limit=limit, basis=basis)  # fmt: skip
    sign = Step(kind="task", name="Ký văn bản từ chối", id="ky_tc", lane="leader", form="ky", limit=limit,
                milestone="declined", basis=basis)  # fmt: skip
    note = Step(kind="script", name="Kết quả là văn bản từ chối", id="ghi_tc", lane="leader",
                script='result_kind = "letter"')  # fmt: skip
    return draft, sign, note, Step(kind="go", target=RESULT, line=step.line)


def framed(outline: Outline) -> tuple[Step, ...]:
    """The way of every dossier around what is peculiar to its procedure."""
    result = Step(kind="call", name="Phát hành và trả kết quả", id="traketqua", lane="reception",
                  calls="shared_result", basis=law("Điều 20"))  # fmt: skip
    done = Step(kind="end", name="Đã trả kết quả", id="ketthuc", terminate=True)
    work = Branch(steps=(*outline.steps, result, done))
    beside = [_withdrawal()] if outline.withdrawal else []
    beside += [_reminder(outline.remind)] if outline.remind else []
    refused = Step(kind="end", name="Không tiếp nhận", id="kt_khongnhan")
    question = Step(
        kind="choice", name="Đã tiếp nhận?", id="kq_tiepnhan", lane="reception",
        branches=(
            Branch(flow="Không", when='reception_outcome != "received"', steps=(refused,)), Branch(flow="Có"),
        ),
    )  # fmt: skip
    receive = Step(kind="call", name="Tiếp nhận hồ sơ", id="tiepnhan", lane="reception",
                   calls="shared_reception", basis=law("Điều 17"))  # fmt: skip
    fork = Step(kind="parallel", id="tach", lane="reception", branches=(*beside, work))
    return (receive, question, fork) if beside else (receive, question, *work.steps)


def _withdrawal() -> Branch:
    wait = Step(kind="wait", name="Người nộp rút hồ sơ", id="cho_rut", lane="reception",
                milestone="withdrawn", basis=_WITHDRAWN,
                trigger=Trigger(kind="message", value="withdraw"))  # fmt: skip
    return Branch(steps=(wait, Step(kind="end", name="Đã rút hồ sơ", id="kt_rut", terminate=True)))


def _reminder(span: str) -> Branch:
    left = span_words(span)
    wait = Step(kind="wait", name=f"Còn {left}", id="cho_han", lane="reception", basis=law("Điều 19 khoản 9"),
                trigger=Trigger(kind="after", value=f"before due({span})"))  # fmt: skip
    tell = Step(kind="service", name="Nhắc hồ sơ sắp đến hạn", id="nhac", lane="reception",
                handler="notify_officers",
                inputs={"text": f'"Hồ sơ sắp đến hẹn trả: còn {left}."'})  # fmt: skip
    return Branch(steps=(wait, tell, Step(kind="end", name="Đã nhắc", id="kt_nhac")))


def span_words(span: str) -> str:
    """A span in FEEL as people say it; one that depends on the dossier as it is written."""
    try:
        value = compile_expression(span).evaluate({})
    except (FeelSyntaxError, FeelEvaluationError):
        return span
    if isinstance(value, BeforeDue):
        return f"{describe(value.duration)} trước hẹn"
    return describe(value) if isinstance(value, LegalDuration.__args__) else span  # a union of classes
