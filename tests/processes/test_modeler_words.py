"""Modelers built on bpmn.io keep our words: their descriptor knows every one that a diagram uses."""

import json
from collections import defaultdict

from lxml import etree

from engine.workflow.checking.words import WORDS

from .world import PROCESSES

OURS = "urn:motcua:bpmn:1"
DESCRIPTOR = json.loads((PROCESSES / "motcua.moddle.json").read_text(encoding="utf-8"))


def described() -> dict[str, set[str]]:
    """Word to its attributes."""
    return {
        kind["name"][0].lower() + kind["name"][1:]: {
            one["name"] for one in kind["properties"] if one.get("isAttr")
        }
        for kind in DESCRIPTOR["types"]
    }


def test_the_descriptor_is_of_our_namespace() -> None:
    assert (DESCRIPTOR["uri"], DESCRIPTOR["prefix"]) == (OURS, "motcua")
    assert DESCRIPTOR["xml"] == {"tagAlias": "lowerCase"}


def test_modeler_and_checker_know_the_same_words_and_attributes() -> None:
    known = described()
    assert set(known) == set(WORDS)
    for word, attributes in WORDS.items():
        assert attributes is None or set(attributes) == known[word], word


def test_every_word_of_our_own_diagrams_is_described() -> None:
    known, used = described(), defaultdict[str, set[str]](set)
    for path in PROCESSES.glob("*/*.bpmn"):
        for element in etree.fromstring(path.read_bytes()).iter(f"{{{OURS}}}*"):
            used[etree.QName(element).localname] |= {str(name) for name in element.attrib}
    assert {word: names - known[word] for word, names in used.items() if names - known[word]} == {}


def test_the_readme_explains_every_word() -> None:
    text = (PROCESSES / "README.md").read_text(encoding="utf-8")
    assert [word for word in WORDS if f"motcua:{word}" not in text] == []
