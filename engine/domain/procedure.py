"""What the words of a diagram say about its procedure and its elements: frozen values, JSON-able."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

from engine.domain.duration import LegalDuration
from engine.domain.feel import Expression, FeelEvaluationError, compile_expression
from engine.errors import MotcuaError

_DURATIONS = LegalDuration.__args__  # a union of classes


class LimitFailed(MotcuaError):
    """A time limit written in a diagram gives no legal duration for this dossier."""

    code = "limit-failed"
    vi = "Không tính được thời hạn từ biểu thức «{source}»: {why}. Cần sửa quy trình."
    en = "The time limit “{source}” gives no legal duration: {why}. Mend the diagram."


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The article of law that an element rests on."""

    document: str
    article: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A button that finishes a task."""

    value: str
    label: str
    style: Literal["primary", "secondary", "danger"] = "secondary"
    reason_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredDocument:
    """One line of the checklist."""

    id: str
    name: str
    original: int = 0
    copy: int = 0
    certified: int = 0
    condition: str | None = None  # FEEL; None: always
    electronic: bool = False  # may be handed in as a file
    digitise: bool = False  # on paper it has to be scanned: TT 01/2023/TT-VPCP Điều 8, by the centre's list

    def needed(self, scope: Mapping[str, object]) -> bool:
        """Whether this dossier needs it. An unanswered condition counts as needed: better to ask."""
        if self.condition is None:
            return True
        try:
            return compiled(self.condition).evaluate(scope) is not False
        except FeelEvaluationError:
            return True


def _plain(value: Any) -> Any:
    """Words of an element as JSON: texts, mappings of texts, and tuples of texts or small records."""
    if not isinstance(value, tuple):
        return value
    return [one if isinstance(one, str) else asdict(one) for one in value]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRule:
    """A fee or charge: an expression in đồng, or a decision table."""

    name: str
    kind: Literal["charge", "fee"] = "fee"  # phí; lệ phí
    when: Literal["submission", "midway", "return"] = "submission"
    expression: str | None = None  # FEEL -> number of đồng
    table: str | None = None  # id of a decision


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts:
    """What the citizen gets."""

    name: str
    type: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerInput:
    name: str
    expression: str  # FEEL


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerOutput:
    name: str  # in the document
    source: str  # key of the handler's answer


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFacts:
    """What is said about one element of a diagram."""

    id: str
    name: str
    kind: str  # BPMN element, e.g. userTask
    process: str  # id of the process it stands in
    calls: str | None = None  # id of the process that a call activity leads to
    role: str | None = None
    agency: str | None = None  # competent, centre or a code
    form: str | None = None
    time_limit: str | None = None  # FEEL -> LegalDuration
    hint: str | None = None
    decisions: tuple[Decision, ...] = ()
    basis: tuple[Basis, ...] = ()
    milestone: str | None = None
    milestone_attributes: Mapping[str, str] = ()  # type: ignore[assignment]  # see __post_init__
    papers: tuple[str, ...] = ()
    handler: str | None = None
    inputs: tuple[HandlerInput, ...] = ()
    outputs: tuple[HandlerOutput, ...] = ()
    decision_table: str | None = None
    decision_result: str | None = None
    clock: Literal["legal", "elapsed"] = "legal"  # of a timer

    def __post_init__(self) -> None:
        if not self.milestone_attributes:
            object.__setattr__(self, "milestone_attributes", {})

    def to_json(self) -> dict[str, Any]:
        """Only what is said, as JSON."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return {name: _plain(value) for name, value in said.items() if value not in (None, (), {}, [])}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "NodeFacts":
        parts = dict(value)
        parts["decisions"] = tuple(Decision(**one) for one in parts.get("decisions", ()))
        parts["basis"] = tuple(Basis(**one) for one in parts.get("basis", ()))
        parts["inputs"] = tuple(HandlerInput(**one) for one in parts.get("inputs", ()))
        parts["outputs"] = tuple(HandlerOutput(**one) for one in parts.get("outputs", ()))
        parts["papers"] = tuple(parts.get("papers", ()))
        return cls(**parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureFacts:
    """A procedure as its diagram describes it."""

    code: str
    name: str
    agency: str
    domain: str = ""
    level: str = "partial"  # full, partial, direct: how far online
    resume: str = "RESTART"  # what a supplement does to the clock: RESTART, RESUME, +5WD
    clock_starts: Literal["received", "fee_paid"] = "received"
    same_day: bool = False  # received after 15:00 counts from the next working day
    appointment_slip: Literal["always", "on_request"] = "always"
    supplement_expiry: str | None = None  # code of a duration; None: the law sets none
    retention: str | None = None
    form: str | None = None  # what the citizen fills in
    source: str = ""
    time_limit: str | None = None  # FEEL -> LegalDuration or null
    time_limit_note: str = ""
    fees: tuple[FeeRule, ...] = ()
    documents: tuple[RequiredDocument, ...] = ()
    result: ResultFacts | None = None
    channels: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    open_questions: tuple[str, ...] = ()

    @property
    def fee_name(self) -> str:
        """Names of the fees, as papers print them."""
        return "; ".join(rule.name for rule in self.fees)

    def limit(self, scope: Mapping[str, object]) -> LegalDuration | None:
        """The time limit of a dossier with this document; None when the law sets none. Raises LimitFailed."""
        return evaluated_limit(self.time_limit, scope)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "ProcedureFacts":
        parts = dict(value)
        parts["fees"] = tuple(FeeRule(**one) for one in parts["fees"])
        parts["documents"] = tuple(RequiredDocument(**one) for one in parts["documents"])
        parts["result"] = ResultFacts(**parts["result"]) if parts["result"] else None
        parts["channels"] = tuple(parts["channels"])
        parts["basis"] = tuple(Basis(**one) for one in parts["basis"])
        parts["open_questions"] = tuple(parts["open_questions"])
        return cls(**parts)


@lru_cache(maxsize=10_000)
def compiled(source: str) -> Expression:
    """An expression, compiled once per process."""
    return compile_expression(source)


def evaluated_limit(source: str | None, scope: Mapping[str, object]) -> LegalDuration | None:
    """A time limit written in FEEL; None when there is none. Raises LimitFailed."""
    if source is None or source.strip() in ("", "none"):
        return None
    try:
        value = compiled(source).evaluate(scope)
    except FeelEvaluationError as error:
        raise LimitFailed(source=source, why=str(error)) from error
    if value is None or isinstance(value, _DURATIONS):
        return value
    raise LimitFailed(source=source, why=f"kết quả là {value!r}")
