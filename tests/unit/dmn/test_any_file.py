"""Whatever a DMN file holds, it is read or refused with findings; what was read survives storage."""

import copy
import random
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.domain.dmn import table_from_json, table_to_json
from engine.domain.feel import FeelEvaluationError, to_json
from engine.workflow.reading.tables import read_tables
from tests.unit.dmn.models import BANDS, decision, head, knowledge, text

KIT = Path(__file__).parents[2] / "conformance" / "dmn-tck" / "level-2"
BOXES = head(
    knowledge("k", "tra", "diện tích", BANDS)
    + decision("b", "số", f"<list>{text('1')}{text('tra(2)')}</list>", knows="k")
    + decision(
        "a",
        "cả",
        f"<context><contextEntry><variable name='x'/>{text('số[1]')}</contextEntry><contextEntry>"
        f"<for iteratorVariable='i'><in>{text('số')}</in><return>{text('i + x')}</return></for>"
        "</contextEntry></context>",
        needs="!b",
    )
)
FILES = [etree.parse(path).getroot() for path in sorted(KIT.glob("*/*.dmn"))] + [etree.fromstring(BOXES)] * 10
TEXTS = ("1 +", "x", "", "null", "-", "[1..", "foo(1)", "for x in 1..9000 return x", '"a"', "? > 1", "số")
WORDS = ("", "x", "#a", "#b", "#k", "number", "tLoan", "a-b", "COLLECT", "SUM", "true", "Java")


def spoilt(root: etree._Element, chance: random.Random) -> None:
    """One change that no modeler would make."""
    elements = [one for one in root.iter() if isinstance(one.tag, str) and one is not root]
    if not elements:
        return
    one = chance.choice(elements)
    parent = one.getparent()
    what = chance.randrange(6)
    if what == 0 and parent is not None:
        parent.remove(one)
    elif what == 1 and one.attrib:
        one.set(chance.choice(list(one.attrib)), chance.choice(WORDS))
    elif what == 2:
        one.text = chance.choice(TEXTS)
    elif what == 3 and parent is not None:
        parent.append(copy.deepcopy(one))
    elif what == 4 and len(elements) < 500:
        chance.choice(elements).append(copy.deepcopy(one))
    else:
        one.tag = chance.choice(elements).tag


@settings(max_examples=300)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_a_spoilt_file_is_read_or_refused(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    root = copy.deepcopy(chance.choice(FILES))
    for _ in range(changes):
        spoilt(root, chance)
    found = read_tables(root, "hong.dmn")
    for finding in found.findings:
        assert finding.message_vi != finding.message_en
    assert set(found.tables) <= found.ids
    for one in found.tables.values():
        stored = table_from_json(table_to_json(one))
        assert stored.names == one.names
        with suppress(FeelEvaluationError):
            to_json(stored.evaluate({"Age": 20, "x": 1, "diện tích": 700}))
