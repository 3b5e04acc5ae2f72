"""From the YAML of an outline to the outline; what is wrong is told with line and field, all at once."""

from engine.domain.procedure import FeeRule, RequiredDocument, ResultFacts
from engine.workflow.drafting.law import read_basis
from engine.workflow.drafting.outline import Lane, Outline
from engine.workflow.drafting.reading_steps import read_steps
from engine.workflow.drafting.said import Said, composed

CHANNELS = ("counter", "online", "postal")
_RESULTS = ("permit", "licence", "certificate", "decision", "notice", "letter", "copy")
_LEVELS = ("full", "partial", "direct")


def read_outline(content: bytes) -> Outline:
    """The outline in a file. Raises BadOutline with everything that is wrong."""
    said, problems = composed(content)
    problems.refuse()
    frame = said.choice("frame", ("standard", "none"), "standard") == "standard"
    outline = Outline(
        frame=frame, process=said.text("process"),
        code=said.need("code") if frame else said.text("code") or "",
        name=said.need("name"), agency=said.need("agency") if frame else said.text("agency") or "",
        domain=said.text("domain") or "", level=said.choice("level", _LEVELS),
        resume=said.text("resume") or "RESTART",
        clock_starts=said.choice("clock_starts", ("received", "fee_paid")),
        same_day=said.flag("same_day"),
        appointment_slip=said.choice("appointment_slip", ("always", "on_request")),
        supplement_expiry=said.text("supplement_expiry"), retention=said.text("retention"),
        source=said.text("source") or "", limit=said.text("limit"), limit_note=said.text("limit_note") or "",
        fees=tuple(_fee(one) for one in said.list("fees") if isinstance(one, Said)),
        documents=tuple(_document(one, number) for number, one in enumerate(said.list("documents"), start=1)),
        result=_result(said.inner("result")),
        channels=tuple(said.texts("channels") if said.has("channels") else CHANNELS),
        basis=read_basis(said), questions=tuple(said.texts("open")),
        withdrawal=said.flag("withdrawal", True),
        remind=_remind(said), lanes=_lanes(said.inner("lanes")), steps=read_steps(said, "steps"),
        form=_fields(said, "form"), forms=_forms(said.inner("forms")),
    )  # fmt: skip
    if not outline.steps:
        said.wrong("steps", "còn thiếu các bước", "the steps are missing")
    for channel in outline.channels:
        if channel not in CHANNELS:
            said.wrong("channels", f"«{channel}» không phải counter, online, postal",
                       f"“{channel}” is none of counter, online, postal")  # fmt: skip
    said.close()
    problems.refuse()
    return outline


def _fee(said: Said) -> FeeRule:
    fee = FeeRule(
        name=said.need("name"), kind=said.choice("kind", ("charge", "fee"), "fee"),
        when=said.choice("when", ("submission", "midway", "return"), "submission"),
        expression=said.text("amount"), table=said.text("table"),
    )  # fmt: skip
    if (fee.expression is None) == (fee.table is None):
        said.wrong(
            "amount", "ghi amount (FEEL) hoặc table, một trong hai", "write either amount (FEEL) or table"
        )
    said.close()
    return fee


def _document(said: Said | str, number: int) -> RequiredDocument:
    if isinstance(said, str):
        return RequiredDocument(id=f"giay-to-{number}", name=said, original=1, electronic=True)
    document = RequiredDocument(
        id=said.text("id") or f"giay-to-{number}", name=said.need("name"),
        original=said.number("original") or 0, copy=said.number("copy") or 0,
        certified=said.number("certified") or 0, condition=said.text("condition"),
        electronic=said.flag("electronic", True), digitise=said.flag("digitise", False),
    )  # fmt: skip
    said.close()
    return document


def _result(said: Said | None) -> ResultFacts | None:
    if said is None:
        return None
    result = ResultFacts(
        name=said.need("name"),
        type=said.choice("type", _RESULTS, "") or "",
        signer=said.text("signer") or "leader",
    )
    said.close()
    return result


def _remind(said: Said) -> str | None:
    if not said.has("remind"):
        return "working hours(2)" if said.flag("same_day") else "working days(1)"
    text = said.text("remind")
    return None if text in ("none", "false") else text


def _lanes(said: Said | None) -> tuple[Lane, ...]:
    if said is None:
        return ()
    found = []
    for key in said.names():
        one = said.inner(key)
        if one is not None:
            lane = Lane(key=key, name=one.need("name"), role=one.text("role") or "processing",
                        agency=one.text("agency") or "competent")  # fmt: skip
            one.close()
            found.append(lane)
    return tuple(found)


def _fields(said: Said, name: str) -> tuple[dict[str, object], ...] | None:
    value = said.value(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        said.wrong(name, "phải là danh sách các trường", "must be a list of fields")
        return None
    for number, one in enumerate(value, start=1):
        if not one.get("label") or not (one.get("key") or one.get("path") or one.get("type") == "separator"):
            said.wrong(
                name, f"trường thứ {number} thiếu key hoặc label", f"field {number} lacks key or label"
            )
    return tuple(value)


def _forms(said: Said | None) -> dict[str, tuple[dict[str, object], ...]]:
    found = {}
    for name in said.names() if said is not None else ():
        fields = _fields(said, name) if said is not None else None
        if fields is not None:
            found[name] = fields
    return found
