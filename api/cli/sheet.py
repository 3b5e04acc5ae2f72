"""A procedure on the terminal: what its diagram says, as an analyst would read it out."""

from collections.abc import Iterator

from api.pages.diagrams import PEOPLE, in_order
from api.pages.procedures.terms import limit_words
from api.pages.shell import word
from engine.domain.procedure import NodeFacts
from engine.procedures import Definition

_WORK = (*PEOPLE, "serviceTask", "businessRuleTask")


def sheet(definition: Definition, agency_name: str) -> Iterator[str]:
    """Lines in Vietnamese: who decides, how long, what is handed in, and step by step who does what."""
    facts = definition.procedure
    yield f"{facts.code}  {facts.name}"
    channels = ", ".join(word("channel", one).lower() for one in facts.channels)
    yield f"Cơ quan: {agency_name}. Nộp: {channels}."
    yield f"Thời hạn: {facts.time_limit_note or _span(facts.time_limit) or 'không quy định'}"
    yield f"Phí, lệ phí: {facts.fee_name or 'không'}"
    yield f"Kết quả: {facts.result.name if facts.result else 'không có'}"
    yield "Giấy tờ:"
    yield from (f"  - {one.name}{' (khi cần)' if one.condition else ''}" for one in facts.documents)
    yield "Các bước:"
    yield from (f"  - {_step(node)}" for node in in_order(definition) if node.kind in _WORK)
    if facts.open_questions:
        yield "Còn câu hỏi:"
        yield from (f"  - {one}" for one in facts.open_questions)


def _step(node: NodeFacts) -> str:
    who = word("role", node.role) if node.kind in PEOPLE and node.role else "Hệ thống"
    span = _span(node.time_limit)
    basis = "; ".join(f"{one.document} {one.article}".strip() for one in node.basis)
    parts = [f"{node.name}: {who}", *([span] if span else []), *([basis] if basis else [])]
    return ", ".join(parts)


def _span(source: str | None) -> str:
    """A limit in words; one that depends on the dossier stays as the diagram writes it."""
    return (limit_words(source) or source) if source and source != "none" else ""
