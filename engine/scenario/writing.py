"""Scenarios as the text of a file."""

from collections.abc import Mapping
from typing import Any

import yaml

from engine.scenario.words import FILE, SCENARIO

_HEAD = "# Cách viết / how to write: docs/how-to/scenarios.md\n"


class _Dumper(yaml.SafeDumper):
    """Lists stand a step further in than what they belong to, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def file_text(procedure: str, scenario: Mapping[str, Any]) -> str:
    """A new file with one scenario."""
    return f"{_HEAD}{_yaml({FILE['procedure']: procedure})}\n{_yaml({FILE['scenarios']: [scenario]})}"


def added(text: str, scenario: Mapping[str, Any], names: frozenset[str]) -> str:
    """The text of a file with one more scenario at its end, under a name of its own."""
    name, count = str(scenario[SCENARIO["name"]]), 1
    while (name if count == 1 else f"{name} ({count})") in names:
        count += 1
    named = {**scenario, SCENARIO["name"]: name if count == 1 else f"{name} ({count})"}
    _, _, item = _yaml({FILE["scenarios"]: [named]}).partition("\n")
    return f"{text.rstrip()}\n\n{item}"


def _yaml(value: Mapping[str, Any]) -> str:
    text: str = yaml.dump(
        dict(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False
    )
    return text
