"""Whoever reads English finds no Vietnamese left over, on any page."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from api import i18n
from api.pages import labels, wording
from engine.domain.milestone import MILESTONES

API = Path(i18n.__file__).parent
_TEXT = re.compile(r"""\b_\((['"])(.+?)\1""")


def _texts() -> Iterator[tuple[str, str]]:
    """Every Vietnamese text that is asked for, with the file that asks."""
    for path in (API / "templates").rglob("*.html"):
        if path.parent.name != "papers":  # a paper is printed in the language of the law
            yield from ((path.name, match[2]) for match in _TEXT.finditer(path.read_text(encoding="utf-8")))
    for path in (API / "pages").rglob("*.py"):
        yield from ((path.name, text) for text in _asked_for(path.read_text(encoding="utf-8")))


def _asked_for(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_"
        if called and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)


def test_every_text_has_its_english() -> None:
    texts = list(_texts())
    assert len(texts) > 150
    assert not [(file, text) for file, text in texts if text not in i18n.catalogue()]


def test_every_state_role_and_milestone_has_its_english() -> None:
    words = {word for table in wording.TABLES.values() for word in table.values()}
    words |= set(labels.OWN.values())
    words |= {milestone.vi for milestone in MILESTONES.values()}
    assert not words - set(i18n.catalogue())


def test_english_keeps_the_places_where_values_go() -> None:
    places = re.compile(r"\{[a-z_]+\}")
    for text, english in i18n.catalogue().items():
        assert set(places.findall(text)) == set(places.findall(english)), text


def test_a_text_has_one_english_wherever_it_stands() -> None:
    known: dict[str, str] = {}
    for path in sorted((API / "locale" / "en").glob("*.json")):
        for text, english in json.loads(path.read_text(encoding="utf-8")).items():
            assert known.setdefault(text, english) == english, f"{path.name}: {text}"
