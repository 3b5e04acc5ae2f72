"""Answers of an analyst to the questions of an import: by element and rule, or by rule for a whole batch."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from engine.domain.written import NotText, written
from engine.errors import MotcuaError


class BadAnswers(MotcuaError):
    """A file of answers that cannot be read, or an answer that the question does not take."""

    code = "bad-answers"
    vi = "Câu trả lời «{what}» không dùng được: {why_vi}."
    en = "Answer “{what}” cannot be used: {why_en}."


@dataclass(frozen=True, slots=True)
class Answers:
    """Element id to rule to answer, and rule to answer for all other elements."""

    elements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)

    def given(self, rule: str, element: str | None) -> str | None:
        """What was answered; None when nothing was, so that the repair's own default stands."""
        own = self.elements.get(element or "", {})
        return own[rule] if rule in own else self.defaults.get(rule)

    @staticmethod
    def read(content: bytes, name: str) -> "Answers":
        """Answers from TOML or JSON: ``defaults`` by rule, ``elements`` by id and rule. Raises BadAnswers."""
        return Answers(*_checked(_parsed(content, name), name))


def _parsed(content: bytes, name: str) -> Any:
    try:
        text = written(content)
        return orjson.loads(text) if name.endswith(".json") else tomllib.loads(text)
    except NotText as error:
        vi, en = f"dòng {error.line}: {error.why[0]}", f"line {error.line}: {error.why[1]}"
        raise BadAnswers(what=name, why_vi=vi, why_en=en) from error
    except (ValueError, RecursionError) as error:
        vi, en = "tệp sai cú pháp TOML hoặc JSON", "it is not well-formed TOML or JSON"
        if place := re.search(r"line ([0-9]+),? column ([0-9]+)", str(error)):
            vi, en = f"{vi} ở dòng {place[1]}, cột {place[2]}", f"{en} at line {place[1]}, column {place[2]}"
        raise BadAnswers(what=name, why_vi=vi, why_en=en) from error


def _checked(read: Any, name: str) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    if not isinstance(read, dict) or not read.keys() <= {"elements", "defaults"}:
        raise _shape(name)
    elements, defaults = read.get("elements", {}), read.get("defaults", {})
    if not isinstance(elements, dict):
        raise _shape(name)
    return {str(one): _texts(said, name) for one, said in elements.items()}, _texts(defaults, name)


def _texts(said: Any, name: str) -> dict[str, str]:
    if not isinstance(said, dict) or any(isinstance(one, dict | list) for one in said.values()):
        raise _shape(name)
    return {str(rule): str(answer) for rule, answer in said.items()}


def _shape(name: str) -> BadAnswers:
    return BadAnswers(
        what=name,
        why_vi="chỉ ghi hai phần [defaults] (luật = trả lời) và [elements.MÃ] (luật = trả lời)",
        why_en="write two parts only, [defaults] (rule = answer) and [elements.ID] (rule = answer)",
    )
