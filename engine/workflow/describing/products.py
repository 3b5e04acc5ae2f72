"""Every file that is made from the descriptor, and how."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from engine.workflow.describing.pages import page
from engine.workflow.describing.schema import schema
from engine.workflow.describing.templates import templates


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# What is asked for, to the file where it is kept and what makes it.
PRODUCTS: Mapping[str, tuple[str, Callable[[], str]]] = {
    "schema": ("processes/motcua.schema.json", lambda: _json(schema())),
    "templates": ("processes/.camunda/element-templates/motcua.json", lambda: _json(templates())),
    "words.vi": ("docs/reference/words.vi.md", lambda: page("vi")),
    "words.en": ("docs/reference/words.en.md", lambda: page("en")),
}
