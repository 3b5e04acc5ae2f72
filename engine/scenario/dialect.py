"""Making a diagram of SpiffArena playable: what its unit tests answer becomes work, its scripts become FEEL.

Elements that a case gives data for are not executed there but answered, so they are played as people's steps.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from engine.clock import VIETNAM
from engine.errors import MotcuaError
from engine.procedures import BundleSource
from engine.sandbox import Sandbox
from engine.workflow.importing.assistant import import_drawing

Open = Callable[[datetime], Sandbox]
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)

_NAME = rb"(?:[A-Za-z][\w.-]*:)?"
_SERVICE = re.compile(rb"(</?" + _NAME + rb")serviceTask(?=[\s/>])")
_AUGMENTED = re.compile(rb"(?m)(^|>)([ \t]*)([A-Za-z_]\w*)[ \t]*([-+*/])=[ \t]*([^\n<=][^\n<]*)")
_AUTOMATIC = re.compile(
    rb"<("
    + _NAME
    + rb")(scriptTask|businessRuleTask|sendTask|task)(?=[\s/>])([^>]*?)(?:/>|>(.*?)</\1\2\s*>)",
    re.DOTALL,
)
_ID = re.compile(rb"\bid\s*=\s*[\"']([^\"']+)[\"']")
_INSIDE = re.compile(rb"<(" + _NAME + rb")script\b.*?</\1script\s*>", re.DOTALL)
_SCRIPT = re.compile(rb"<" + _NAME + rb"scriptTask\s[^>]*\bid=[\"']([^\"']+)")


def scripts(source: BundleSource) -> set[str]:
    """Ids of what is a script in some diagram of the source."""
    drawings = [content for name, content in source.files.items() if name.endswith(".bpmn")]
    return {found.decode() for content in drawings for found in _SCRIPT.findall(content)}


def playable(source: BundleSource, answered: frozenset[str], opened: Open) -> BundleSource:
    """The diagrams as they can be played when these elements are answered. Raises what the check refuses."""
    files = {
        name: _plain(content, answered) if name.endswith(".bpmn") else content
        for name, content in source.files.items()
    }
    plain = replace(source, files=files)
    sandbox = opened(MORNING)
    try:
        sandbox.load(plain)
    except MotcuaError:
        return _imported(plain)
    finally:
        sandbox.close()
    return plain


def _plain(content: bytes, answered: frozenset[str]) -> bytes:
    """Services and answered elements as steps of people, and ``x += 1`` as FEEL says it."""

    def step(found: re.Match[bytes]) -> bytes:
        named = _ID.search(found[3])
        if named is None or named[1].decode() not in answered:
            return found[0]
        prefix, body = found[1], _INSIDE.sub(b"", found[4] or b"")
        return b"<%suserTask%s>%s</%suserTask>" % (prefix, found[3], body, prefix)

    content = _AUTOMATIC.sub(step, _SERVICE.sub(rb"\1userTask", content))
    return _AUGMENTED.sub(rb"\1\2\3 = \3 \4 (\5)", content)


def _imported(source: BundleSource) -> BundleSource:
    """Each diagram as the import makes it; one that the import refuses stays as it is."""
    files = dict(source.files)
    for name in [one for one in files if one.endswith(".bpmn")]:
        beside = {other: content for other, content in files.items() if other != name}
        files[name] = import_drawing(name, files[name], beside=beside).content or files[name]
    return replace(source, files=files)
