"""The words of a search: what may be asked of a step and of a procedure, and where it is found."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.citation import cited
from engine.portfolio.vocabulary import ROLES
from engine.text import folded

Facts = Mapping[str, Any]  # a node or a procedure as JSON
_HOURS_A_DAY = 8  # of work
_SPANS = re.compile(r"\b(working days|working hours|calendar days)\(\s*([0-9]+(?:\.[0-9]+)?)\s*\)")
# Elements that are no steps unless something is said about them.
_SILENT = ("Gateway", "Event")
_SAID = ("basis", "milestone", "papers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One word of a search."""

    name: str
    vi: str
    en: str
    value: Callable[[Facts, Facts], Any]  # of the step (or the procedure) and its procedure


def is_step(node: Facts) -> bool:
    """Work, or anything else that law, a milestone or a paper is tied to."""
    return not str(node["kind"]).endswith(_SILENT) or any(node.get(name) for name in _SAID)


def working_days(limit: str | None) -> float | int | None:
    """The longest span in working days that a limit names; 8 working hours are a day. Else nothing."""
    spans = _SPANS.findall(limit or "")
    days = [float(count) / (1 if unit == "working days" else _HOURS_A_DAY) for unit, count in spans
            if unit != "calendar days"]  # fmt: skip
    return _plain(max(days)) if days else None


def calendar_days(limit: str | None) -> float | int | None:
    """The longest span in calendar days that a limit names."""
    days = [float(count) for unit, count in _SPANS.findall(limit or "") if unit == "calendar days"]
    return _plain(max(days)) if days else None


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _limit(facts: Facts) -> str | None:
    said = facts.get("time_limit")
    return None if said in (None, "", "none") else str(said)


def _agency(node: Facts, procedure: Facts) -> str | None:
    """The agency that does a step: the one that is competent for the procedure, or the one that is named."""
    said = node.get("agency")
    return procedure["agency"] or said if said == "competent" else said


def _basis(facts: Facts) -> list[dict[str, str]]:
    return [{**one, "law": law_of(one["document"])} for one in facts.get("basis", ())]


def law_of(document: str) -> str:
    """A document by number and issuer alone, such as ``118/2025/NĐ-CP``, however it is spelt."""
    found = cited(document)
    issuer = re.sub(r"\b(n|q)d\b", r"\1đ", found.issuer)
    parts = [part for part in (found.number, issuer) if part]
    return "/".join(parts).upper() if parts else " ".join(sorted(found.title))


def _step_words(node: Facts, _procedure: Facts) -> str:
    said = [node["name"], node.get("hint"), node.get("form"), node.get("role")]
    said += [name for language in ROLES.get(str(node.get("role")), ()) for name in language[:1]]
    said += [one["label"] for one in node.get("decisions", ())]
    said += [f"{one['document']} {one['article']} {one['note']}" for one in node.get("basis", ())]
    return folded(" ".join(str(one) for one in said if one))


def _procedure_words(procedure: Facts, _: Facts) -> str:
    said = [procedure[name] for name in ("code", "name", "agency", "domain", "source", "form")]
    said += [one["name"] for name in ("fees", "documents") for one in procedure[name]]
    said += [f"{one['document']} {one['article']} {one['note']}" for one in procedure["basis"]]
    said += [*procedure["open_questions"], (procedure["result"] or {}).get("name")]
    return folded(" ".join(str(one) for one in said if one))


def _of(name: str) -> Callable[[Facts, Facts], Any]:
    return lambda facts, _: facts.get(name)


STEP = {
    one.name: one
    for one in (
        Field(name="id", vi="mã bước", en="id", value=_of("id")),
        Field(name="name", vi="tên bước", en="name", value=_of("name")),
        Field(name="kind", vi="loại", en="kind", value=_of("kind")),
        Field(name="role", vi="vai trò", en="role", value=_of("role")),
        Field(name="agency", vi="cơ quan", en="agency", value=_agency),
        Field(name="form", vi="biểu mẫu", en="form", value=_of("form")),
        Field(name="limit", vi="ngày làm việc", en="working days",
              value=lambda facts, _: working_days(_limit(facts))),
        Field(name="limit_days", vi="ngày", en="calendar days",
              value=lambda facts, _: calendar_days(_limit(facts))),
        Field(name="limit_text", vi="thời gian", en="limit", value=lambda facts, _: _limit(facts)),
        Field(name="decisions", vi="cách xử lý", en="decisions",
              value=lambda facts, _: list(facts.get("decisions", ()))),
        Field(name="basis", vi="căn cứ", en="basis", value=lambda facts, _: _basis(facts)),
        Field(name="milestone", vi="mốc", en="milestone", value=_of("milestone")),
        Field(name="calls", vi="quy trình con", en="called process", value=_of("calls")),
        Field(name="words", vi="chữ", en="words", value=_step_words),
    )
}  # fmt: skip
PROCEDURE = {
    one.name: one
    for one in (
        Field(name="code", vi="mã thủ tục", en="code", value=_of("code")),
        Field(name="name", vi="tên thủ tục", en="name", value=_of("name")),
        Field(name="agency", vi="cơ quan", en="agency", value=_of("agency")),
        Field(name="domain", vi="lĩnh vực", en="domain", value=_of("domain")),
        Field(name="level", vi="mức độ trực tuyến", en="level", value=_of("level")),
        Field(name="limit", vi="ngày làm việc", en="working days",
              value=lambda facts, _: working_days(_limit(facts))),
        Field(name="limit_days", vi="ngày", en="calendar days",
              value=lambda facts, _: calendar_days(_limit(facts))),
        Field(name="limit_text", vi="thời hạn", en="limit", value=lambda facts, _: _limit(facts)),
        Field(name="channels", vi="cách nộp", en="channels", value=_of("channels")),
        Field(name="documents", vi="giấy tờ", en="documents", value=_of("documents")),
        Field(name="fees", vi="phí, lệ phí", en="fees", value=_of("fees")),
        Field(name="basis", vi="căn cứ", en="basis", value=lambda facts, _: _basis(facts)),
        Field(name="open", vi="câu hỏi còn mở", en="open questions", value=_of("open_questions")),
        Field(name="form", vi="tờ khai", en="form", value=_of("form")),
        Field(name="source", vi="nguồn", en="source", value=_of("source")),
        Field(name="result", vi="kết quả", en="result", value=_of("result")),
        Field(name="words", vi="chữ", en="words", value=_procedure_words),
    )
}  # fmt: skip
SCOPES: Mapping[str, Mapping[str, Field]] = {"step": STEP, "procedure": PROCEDURE}
