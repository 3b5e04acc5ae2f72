"""Files made to do harm are refused at the gate; what is merely unusual is read as BPMN says."""

import re
from collections.abc import Callable

import pytest
from lxml import etree

from engine.errors import MotcuaError
from engine.workflow.bundle import BundleSource, check_bundle, compile_bundle, load_definition
from engine.workflow.errors import BundleRefused, XmlRefused
from engine.workflow.reading.guard import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, MAX_TEXT, parse_xml
from tests.unit.workflow.drawings import GOOD, drawn, findings, source

XML = '<?xml version="1.0"?>'
LAUGHS = XML + '<!DOCTYPE d [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'

HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "no XML": b"PK\x03\x04",
    "cut off": drawn(GOOD)[:700],
    "two roots": b"<a/><b/>",
    "external entity": (XML + '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>').encode(),
    "entity from the net": (
        XML + '<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><d>&x;</d>'
    ).encode(),
    "external DTD": (XML + '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd"><d/>').encode(),
    "parameter entity": (XML + '<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><d/>').encode(),
    "entities that multiply": LAUGHS.encode(),
    "doctype with a space": b"<! DOCTYPE d><d/>",
    "doctype in small letters": b"<!doctype d><d/>",
    "undeclared entity": b"<d>&nothing;</d>",
    "UTF-16": LAUGHS.encode("utf-16"),
    "UTF-16 without mark": LAUGHS.encode("utf-16-le"),
    "UTF-32": LAUGHS.encode("utf-32"),
    "UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-d/+AD4-',
    "UTF-7, spaced": b'<?xml version="1.0" encoding = "UTF-7"?>+ADw-d/+AD4-',
    "EBCDIC": "<d/>".encode("cp037"),
    "claims UTF-8": b"<?xml version='1.0' encoding='utf-8'?><d>\xe9</d>",
    "zero byte": b"<d>\x00</d>",
    "too large": b"<d>" + b" " * MAX_BYTES + b"</d>",
    "too many": b"<d>" + b"<e/>" * MAX_ELEMENTS + b"</d>",
    "too deep": b"<d>" * (MAX_DEPTH + 1) + b"</d>" * (MAX_DEPTH + 1),
    "ever so deep": b"<d>" * 100_000 + b"</d>" * 100_000,
    "long text": b"<d>" + b"x" * (MAX_TEXT + 1) + b"</d>",
    "long attribute": b'<d a="' + b"x" * (MAX_TEXT + 1) + b'"/>',
    "long tail": b"<d><e/>" + b"x" * (MAX_TEXT + 1) + b"</d>",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(what: str) -> None:
    with pytest.raises(XmlRefused) as refused:
        parse_xml(HOSTILE[what], "p.bpmn")
    assert "p.bpmn" in refused.value.message("vi")
    assert "root:" not in refused.value.message("vi")
    with pytest.raises(MotcuaError):
        check_bundle(BundleSource(main="p.bpmn", files={"p.bpmn": HOSTILE[what]}))


def test_a_hostile_file_beside_a_good_one_is_refused_too() -> None:
    called = GOOD.replace('<endEvent id="e"/>', '<endEvent id="e"/><callActivity id="k" calledElement="q"/>')
    with pytest.raises(XmlRefused):
        findings(called, **{"q.bpmn": LAUGHS.encode()})


def test_comments_and_instructions_are_no_part_of_what_is_read() -> None:
    root = parse_xml(b"<?x y?><d><!-- a -->b<?php z ?></d><!-- end -->", "p")
    assert etree.tostring(root) == b"<d>b</d>"


def test_a_comment_within_a_script_or_condition_changes_nothing() -> None:
    commented = GOOD.replace('a_decision = "yes"', 'a_decision <!-- nút bấm --> = "yes"')
    assert findings(commented) == []


@pytest.mark.parametrize(
    "data",
    ["<?xml version='1.0' encoding='ISO-8859-1'?><d>é</d>".encode("latin-1"),
     "<?xml version='1.0' encoding='UTF-16'?><d>é</d>".encode("utf-16"),
     "<?xml version='1.0' encoding='windows-1252'?><d>é</d>".encode("cp1252")],
)  # fmt: skip
def test_what_older_tools_write_in_their_encodings_is_read(data: bytes) -> None:
    assert parse_xml(data, "cũ.bpmn").text == "é"


def test_a_bundle_of_another_encoding_keeps_its_words() -> None:
    latin = drawn(GOOD.replace("Xem xét", "Évaluer").replace("Ý kiến", "E").replace("Khảo sát", "F"))
    text = latin.decode().replace("Đồng ý", "A").replace("Không", "B").replace("Hỏi", "C")
    head = "<?xml version='1.0' encoding='ISO-8859-1'?>"
    data = f"{head}{text}".encode("latin-1", "xmlcharrefreplace")
    bundle = compile_bundle(BundleSource(main="p.bpmn", files={"p.bpmn": data}), handlers=["ask"])
    assert load_definition(bundle.sha256, bundle.content).nodes["a"].name == "Évaluer"


def _condition(text: str) -> str:
    return GOOD.replace('a_decision = "yes"', text)


@pytest.mark.parametrize(
    "text",
    ["__import__('os').system('id')", "open('/etc/passwd')", "a.__class__.__mro__", "lambda: 1",
     "[x for x in 1]", "exec('1')", "${jakarta}", "#{el}", "eval('1')", "a; b"],
)  # fmt: skip
def test_no_language_but_feel_is_deployed(text: str) -> None:
    with pytest.raises(BundleRefused):
        compile_bundle(source(_condition(text)), handlers=["ask"])


def test_flows_without_id_are_named_and_none_is_lost() -> None:
    nameless = GOOD.replace('<sequenceFlow id="t_b" ', "<sequenceFlow ").replace(
        '<sequenceFlow id="t_c" ', "<sequenceFlow "
    )
    assert findings(nameless) == []
    bundle = compile_bundle(source(nameless), handlers=["ask"])
    spec = load_definition(bundle.sha256, bundle.content).spec
    assert sorted(flow["to"] for flow in spec.task_specs["t"].flows) == ["b", "c"]


def _renamed(old: str, new: str) -> str:
    text = GOOD
    for sign in ('id="{}"', 'sourceRef="{}"', 'targetRef="{}"', 'attachedToRef="{}"'):
        text = text.replace(sign.format(old), sign.format(new))
    return text


@pytest.mark.parametrize("name", ["Start", "End", "Root"])
@pytest.mark.parametrize("element", ["a", "j", "e", "s"])
def test_names_that_the_library_keeps_for_itself_may_be_used_in_a_drawing(element: str, name: str) -> None:
    drawing = _renamed(element, name).replace("a_decision", "true or a_decision")
    bundle = compile_bundle(source(drawing), handlers=["ask"])
    definition = load_definition(bundle.sha256, bundle.content)
    assert name in definition.nodes
    assert name in definition.spec.task_specs


BITS: dict[str, Callable[[bytes], bytes]] = {
    "halved": lambda data: data[: len(data) // 2],
    "doubled": lambda data: data + data,
    "reversed": lambda data: data[::-1],
    "every quote gone": lambda data: data.replace(b'"', b""),
    "every id the same": lambda data: re.sub(rb' id="[^"]*"', b' id="x"', data),
    "every reference gone": lambda data: data.replace(b"Ref=", b"Raf="),
    "everything a task": lambda data: data.replace(b"Gateway", b"Task").replace(b"Event", b"Task"),
}


@pytest.mark.parametrize("how", BITS)
def test_a_damaged_file_is_refused_and_never_stumbled_over(how: str) -> None:
    damaged = BITS[how](drawn(GOOD))
    with pytest.raises((XmlRefused, BundleRefused)):
        compile_bundle(BundleSource(main="p.bpmn", files={"p.bpmn": damaged}), handlers=["ask"])
