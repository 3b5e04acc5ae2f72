"""Answers of an analyst to the questions of an import: by element and rule, or by rule for a whole batch."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

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
        try:
            read = orjson.loads(content) if name.endswith(".json") else tomllib.loads(content.decode("utf-8"))
        except (ValueError, UnicodeDecodeError) as error:
            raise BadAnswers(
                what=name, why_vi=f"tệp không phải TOML hay JSON ({error})",
                why_en=f"it is neither TOML nor JSON ({error})",
            ) from error  # fmt: skip
        return Answers(*_checked(read, name))


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
