"""What the catalogue knows of a file: its processes with our words, or what a form cites. JSON-able."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from engine.domain.citation import citations_in
from engine.workflow.reading.guard import as_utf8, parse_xml
from engine.workflow.reading.names import bpmn, our_word
from engine.workflow.reading.normalise import normalise
from engine.workflow.reading.words import read_nodes, read_procedure

Record = dict[str, Any]
PROCESS, FORM = "process", "form"


def records_of(files: Mapping[str, bytes]) -> Iterator[Record]:
    """What is said in some files; tables and scenarios say nothing to a catalogue. Raises XmlRefused."""
    for name, content in files.items():
        if name.endswith(".bpmn"):
            yield from _processes(name, content)
        elif name.endswith(".json"):
            yield _form(name, content)


def digest(record: Record) -> str:
    """Equal records have equal digests."""
    return hashlib.sha256(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def _processes(name: str, content: bytes) -> Iterator[Record]:
    root = parse_xml(as_utf8(content), name)
    normalise(root)
    for process in root.iter(bpmn("process")):
        nodes = [one.to_json() for one in read_nodes(process).values()]
        own = our_word(process, "procedure") is not None
        if own or nodes:  # another pool is a partner's, and a drawing only
            yield {
                "record": PROCESS,
                "process": str(process.get("id", "")),
                "own": own,  # a procedure; else a process that procedures share
                "procedure": read_procedure(process).to_json(),
                "nodes": nodes,
            }


def _form(name: str, content: bytes) -> Record:
    """Which documents of law a form speaks of. Its JSON is not read here: the check of diagrams does that."""
    found = citations_in(content.decode("utf-8", "replace"))
    return {
        "record": FORM,
        "form": name.rpartition("/")[2].removesuffix(".json"),
        "cites": [[one.kind, one.number, one.issuer] for one in found],
    }
