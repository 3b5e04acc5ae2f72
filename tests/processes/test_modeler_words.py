"""One descriptor says what our words are: code, schema, pages, templates and library agree with it."""

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

import engine.workflow as workflow
from engine.domain.form import findings, model
from engine.domain.form.address import PLACES
from engine.domain.form.identity import KINDS
from engine.domain.milestone import MILESTONES
from engine.domain.papers.forms import FORMS
from engine.workflow.checking.people import ROLES
from engine.workflow.describing.products import PRODUCTS
from engine.workflow.describing.schema import FIELD, schema
from engine.workflow.describing.templates import templates
from engine.workflow.reading import words as reading
from engine.workflow.reading.descriptor import FIELD_PROPERTIES, FILE, WORDS, Property, Word
from engine.workflow.reading.fields import DURATION, path_of
from engine.workflow.reading.names import BPMN, bpmn
from engine.workflow.reading.spoken import listed, spoken, spoken_in, written

from .world import PROCESSES

ROOT = PROCESSES.parent
DESCRIPTOR = json.loads(FILE.read_bytes())
PROPERTIES = [(word, one) for word in WORDS.values() for one in word.properties.values()]
NAMES = [f"{word.name}.{one.name}" for word, one in PROPERTIES]
AROUND = {"Participant", "Collaboration"}  # what they say is about their process
BPMNS_OWN = {"id", "name", "calledElement"}  # attributes of BPMN that the reader of words reads too


@cache
def library() -> tuple[etree._Element, ...]:
    return tuple(etree.fromstring(path.read_bytes()) for path in sorted(PROCESSES.glob("*/*.bpmn")))


def sources() -> Iterator[ast.Module]:
    """Our code that reads diagrams."""
    for path in Path(workflow.__file__).parent.rglob("*.py"):
        yield ast.parse(path.read_text(encoding="utf-8"))


def components(form: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every field of a form, those in groups and lists included."""
    for one in form.get("components", ()):
        yield one
        yield from components(one)


def said(word: Word, one: Property | None, value: str = "") -> object:
    """What the engine reads of a process with such a word on it, or on its node."""
    known = {name: "x" for name in word.required}
    body = known.pop("body", None)
    if one is not None and one.name == "body":
        body = value
    elif one is not None:
        known[one.name] = value
    element = etree.Element(f"{{urn:motcua:bpmn:1}}{word.name}", attrib=known)
    element.text = body
    if not word.allowed_in:
        holder = etree.Element("{urn:motcua:bpmn:1}handler")
        holder.append(element)
        element = holder
    process = etree.fromstring(
        f'<process xmlns="{BPMN}" id="p"><extensionElements/><laneSet><lane id="l"><extensionElements/>'
        '<flowNodeRef>a</flowNodeRef></lane></laneSet><userTask id="a"><extensionElements/></userTask>'
        "</process>"
    )
    place = {"Process": "p", "Lane": "l"}.get(word.allowed_in[-1] if word.allowed_in else "", "a")
    holder = process if place == "p" else process.find(f".//*[@id='{place}']")
    assert holder is not None
    extensions = holder.find(bpmn("extensionElements"))
    assert extensions is not None
    extensions.append(element)
    return reading.read_procedure(process), reading.read_nodes(process)


def another(one: Property) -> str:
    """A value that is allowed and is not the default."""
    if one.choices:
        return next(value for value in one.choices if value != (one.default or ""))
    return "7" if one.kind == "Integer" else "RESUME" if one.name == "resume" else "y"


def test_the_descriptor_is_of_our_namespace() -> None:
    assert (DESCRIPTOR["uri"], DESCRIPTOR["prefix"]) == ("urn:motcua:bpmn:1", "motcua")
    assert DESCRIPTOR["xml"] == {"tagAlias": "lowerCase"}


def test_a_modeler_leaves_no_word_out_because_it_says_the_default() -> None:
    assert [one for kind in DESCRIPTOR["types"] for one in kind["properties"] if "default" in one] == []


def test_every_word_and_attribute_is_described_in_both_languages() -> None:
    meanings = [word.meaning for word in WORDS.values()]
    meanings += [text for _, one in PROPERTIES for text in (one.label, one.meaning, *one.values.values())]
    assert [text for text in meanings if not text.vi or not text.en or text.vi == text.en] == []
    assert all(word.allowed_in or word.name in ("input", "output") for word in WORDS.values())


@pytest.mark.parametrize(("word", "one"), PROPERTIES, ids=NAMES)
def test_whatever_is_described_is_read_by_the_engine(word: Word, one: Property) -> None:
    assert said(word, one, another(one)) != said(word, one if one.required else None, "x")
    if one.default is not None:
        assert said(word, one, one.default) == said(word, None)


def test_whatever_the_engine_reads_is_described() -> None:
    calls = [node for tree in sources() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    asked = [
        str(one.args[1].value)
        for one in calls
        if isinstance(one.func, ast.Name)
        and one.func.id in ("our_word", "our_words", "find_all")
        and len(one.args) > 1
        and isinstance(one.args[1], ast.Constant)
    ]
    names = {name.removeprefix("./motcua:") for name in asked if "bpmn:" not in name}
    assert names == set(WORDS)
    own = ast.parse(Path(reading.__file__).read_text(encoding="utf-8"))
    attributes = {
        str(one.args[0].value)
        for one in ast.walk(own)
        if isinstance(one, ast.Call)
        and isinstance(one.func, ast.Attribute)
        and one.func.attr in ("get", "pop")
        and one.args
        and isinstance(one.args[0], ast.Constant)
    }
    described = {one.name for _, one in PROPERTIES}
    assert attributes - BPMNS_OWN - described == set()
    assert described - attributes - {"body", "ground"} == set()  # a milestone keeps what is not its name


def test_whatever_a_form_says_of_its_fields_is_described_and_nothing_else() -> None:
    read = set()
    for module in (model, findings):
        for one in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(one, ast.Call) and ast.unparse(one.func) == "own.get":
                read.add(ast.literal_eval(one.args[0]))
    assert read == set(FIELD_PROPERTIES)
    assert set(FIELD_PROPERTIES["kind"].values) == {*KINDS, *PLACES}


def test_every_form_of_the_library_says_only_what_is_described() -> None:
    validator = Draft202012Validator({"$ref": f"#/$defs/{FIELD}", "$defs": schema()["$defs"]})
    wrong = [
        (path.name, component["id"], error.message)
        for path in PROCESSES.glob("*/forms/*.json")
        for component in components(json.loads(path.read_bytes()))
        for error in validator.iter_errors(component.get("properties", {}))
    ]
    assert wrong == []


def test_milestones_papers_and_roles_are_those_of_the_domain() -> None:
    milestones = WORDS["milestone"].properties["name"].values
    assert {name: (one.vi, one.en, one.law) for name, one in milestones.items()} == {
        one.name: (one.vi, one.en, one.basis) for one in MILESTONES.values()
    }
    assert set(WORDS["paper"].properties["name"].values) == {form.name for form in FORMS}
    assert set(WORDS["role"].properties["name"].values) == ROLES


def test_the_schema_is_a_schema_and_every_word_of_the_library_follows_it() -> None:
    Draft202012Validator.check_schema(schema())
    validator = Draft202012Validator(schema())
    elements = [one for root in library() for one in spoken_in(root)]
    assert len(elements) > 1_000
    assert [(one, error.message) for one in elements for error in validator.iter_errors(one)] == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("userTask", {"task": {"from": "x"}}),
        ("userTask", {"procedure": {"code": "1", "agency": "SXD"}}),
        ("userTask", {"decision": {"value": "a", "label": "A"}}),
        ("process", {"procedure": {"code": "1"}}),
        ("process", {"procedure": {"code": "1", "agency": "SXD", "level": "half"}}),
        ("process", {"document": [{"id": "a", "name": "A", "copy": "hai"}]}),
        ("serviceTask", {"handler": {"name": "x", "inputs": [{"name": "a"}]}}),
    ],
)
def test_the_schema_refuses_what_no_diagram_may_say(kind: str, words: dict[str, object]) -> None:
    assert not Draft202012Validator(schema()).is_valid({"id": "a", "kind": kind, "words": words})


def test_words_are_the_same_after_they_were_json() -> None:
    bearing = [element for root in library() for element in root.iter(f"{{{BPMN}}}*") if spoken(element)]
    assert [one.get("id") for one in bearing if listed(written(spoken(one))) != spoken(one)] == []


@pytest.mark.parametrize("product", PRODUCTS)
def test_what_is_made_from_the_descriptor_is_up_to_date(product: str) -> None:
    file, make = PRODUCTS[product]
    assert (ROOT / file).read_text(encoding="utf-8") == make()


def test_every_field_of_a_template_is_a_word_that_may_stand_there() -> None:
    for template in templates():
        names = [one["binding"]["name"] for one in template["properties"]]
        assert len(names) == len(set(names))
        kinds = {one.removeprefix("bpmn:") for one in template["appliesTo"]} - AROUND
        for one in template["properties"]:
            name, path = one["binding"]["name"], path_of(one["binding"]["name"])
            if one["binding"]["type"] == "property":
                assert (name, one["type"]) == ("calledElement", "Hidden")
            elif name != DURATION:
                assert path is not None, name
                assert {kind[0].lower() + kind[1:] for kind in kinds} <= WORDS[path[0]].places, name


def test_templates_write_only_what_camunda_modeler_can() -> None:
    made = templates()
    assert len({one["id"] for one in made}) == len(made)
    for field in [field for one in made for field in one["properties"]]:
        assert field["binding"]["type"] in ("camunda:property", "property")
        assert field["type"] in ("String", "Dropdown", "Hidden")
        assert ("choices" in field) == (field["type"] == "Dropdown")


def test_each_shared_process_has_a_template_that_calls_it() -> None:
    called = [
        field["value"] for one in templates() for field in one["properties"] if field["type"] == "Hidden"
    ]
    assert sorted(called) == sorted(f"shared_{path.stem}" for path in (PROCESSES / "shared").glob("*.bpmn"))


def test_the_readme_leads_to_the_reference() -> None:
    text = (PROCESSES / "README.md").read_text(encoding="utf-8")
    assert "docs/reference/words.vi.md" in text
    assert "docs/reference/words.en.md" in text
