"""The server judges a filled form as form-js does, which is what analysts see in the form designer."""

import json
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from engine.domain.form import check, read_form
from tests.unit.forms.formjs import said_by_formjs
from tests.unit.forms.submissions import filled, made_up

LIBRARY = Path(__file__).resolve().parents[3] / "processes"
MADE_UP, OF_THE_LIBRARY = 300, 100


def answered(value: Any) -> Any:
    """What was said, in one notation: what was not is "" or null in form-js and null here, a list without
    rows is nothing in form-js and [] here."""
    if isinstance(value, dict):
        return {key: answered(one) for key, one in value.items() if one != []}
    if isinstance(value, list):
        return [row for one in value if (row := answered(one)) != {}]
    return None if value == "" else value


def judged(form: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    """What the server says: the fields that fail, the answers that it keeps."""
    result = check(read_form(form), raw, {})
    return {"errors": set(result.errors), "data": answered(result.values)}


def test_400_random_submissions_are_judged_as_form_js_does() -> None:
    random = Random(2026)
    library = [json.loads(path.read_text("utf-8")) for path in sorted(LIBRARY.glob("*/forms/*.json"))]
    submissions = [made_up(random) for _ in range(MADE_UP)]
    submissions += [filled(form, random) for form in random.sample(library, OF_THE_LIBRARY)]
    answers = said_by_formjs((one.form, one.data) for one in submissions)
    accepted = 0
    for one, said in zip(submissions, answers, strict=True):
        theirs = {"errors": set(said["errors"]), "data": answered(said["data"])}
        told = json.dumps({"form": one.form, "data": one.data, "raw": one.raw}, ensure_ascii=False)
        assert judged(one.form, one.raw) == theirs, told
        accepted += not theirs["errors"]
    assert MADE_UP // 10 < accepted < MADE_UP, "most submissions are of one sort: nothing was tried"


class Meant(NamedTuple):
    """A difference that is meant: one filled form, what form-js says of it and what we say."""

    why: str
    components: list[dict[str, Any]]
    data: dict[str, Any]
    theirs: tuple[set[str], dict[str, Any]]  # failing fields, answers kept
    ours: tuple[set[str], dict[str, Any]]


def _field(kind: str = "textfield", key: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": kind, "key": key, "label": "Mục", **more}


_REQUIRED = {"validate": {"required": True}}
_NAMES = {"type": "dynamiclist", "path": "people", "label": "Người", "components": [_field(**_REQUIRED)]}
MEANT = (
    Meant(
        "numbers and names of Viet Nam are ours: form-js knows no kinds",
        [_field(properties={"kind": "citizen_id"})],
        {"a": "012"},
        (set(), {"a": "012"}),
        ({"a"}, {"a": None}),
    ),
    Meant(
        "spaces alone are no answer",
        [_field(**_REQUIRED)],
        {"a": "   "},
        (set(), {"a": "   "}),
        ({"a"}, {"a": None}),
    ),
    Meant(
        "names are kept composed and with single spaces, so that they can be found again",
        [_field()],
        {"a": " Vinh  Hoa\u0300 "},
        (set(), {"a": " Vinh  Hoa\u0300 "}),
        (set(), {"a": "Vinh Hoà"}),
    ),
    Meant(
        "no answer is longer than a column takes, also where the form sets no cap",
        [_field()],
        {"a": "x" * 1001},
        (set(), {"a": "x" * 1001}),
        ({"a"}, {"a": "x" * 1001}),
    ),
    Meant(
        "numbers fit into 64 bits",
        [_field("number")],
        {"a": 1e30},
        (set(), {"a": 1e30}),
        ({"a"}, {"a": None}),
    ),
    Meant(
        "days that the calendar has not are refused; JavaScript takes 31 February for 3 March",
        [_field("datetime", subtype="date")],
        {"a": "2026-02-31"},
        (set(), {"a": "2026-02-31"}),
        ({"a"}, {"a": None}),
    ),
    Meant(
        "years lie between 1800 and 2199: others are slips of the hand",
        [_field("datetime", subtype="date")],
        {"a": "0206-09-05"},
        (set(), {"a": "0206-09-05"}),
        ({"a"}, {"a": None}),
    ),
    Meant(
        "moments are kept in the time of Viet Nam, whatever the form says of their zone",
        [_field("datetime", subtype="datetime", timeSerializingFormat="no_timezone")],
        {"a": "2026-09-05T08:30"},
        (set(), {"a": "2026-09-05T08:30"}),
        (set(), {"a": "2026-09-05T08:30+07:00"}),
    ),
    Meant(
        "a forged choice is told, where form-js forgets it",
        [_field("select", values=[{"value": "moi", "label": "Mới"}])],
        {"a": "cu"},
        (set(), {"a": None}),
        ({"a"}, {"a": "cu"}),
    ),
    Meant(
        "what is only read comes from the document, not from the browser",
        [_field(readonly=True)],
        {"a": "x"},
        (set(), {"a": "x"}),
        ({"a"}, {}),
    ),
    Meant(
        "a list may be required; form-js has no word for it",
        [_NAMES | _REQUIRED],
        {"people": []},
        (set(), {}),
        ({"people"}, {}),
    ),
    Meant(
        "rows left empty are dropped: without JavaScript a row cannot be taken away",
        [_NAMES],
        {"people": [{"a": "Lan"}, {"a": ""}]},
        ({"people.1.a"}, {"people": [{"a": "Lan"}, {"a": None}]}),
        (set(), {"people": [{"a": "Lan"}]}),
    ),
    Meant(
        "a hidden answer does not count for others: what is kept is judged the same when read again",
        [
            _field("checkbox", "own"),
            _field(key="owner", conditional={"hide": "=own"}),
            _field(key="proof", conditional={"hide": '=owner = "" or owner = null'}),
        ],
        {"own": True, "owner": "Lan", "proof": "x"},
        (set(), {"own": True, "proof": "x"}),
        (set(), {"own": True}),
    ),
    Meant(
        "null in a range is null by the standard and hides; form-js' FEEL says false",
        [_field("number", "n"), _field(conditional={"hide": "=n in [0..4]"})],
        {"n": None, "a": "x"},
        (set(), {"n": None, "a": "x"}),
        (set(), {"n": None}),
    ),
    Meant(
        "«in» binds before «and» by the standard; form-js' FEEL takes «[0..4] and …» together",
        [_field("number", "n"), _field(conditional={"hide": "=n in [0..4] and n > 8"})],
        {"n": 9, "a": "x"},
        (set(), {"n": 9}),
        (set(), {"n": 9, "a": "x"}),
    ),
)


def test_where_the_server_differs_from_form_js_it_is_meant() -> None:
    forms = [{"id": "thu", "type": "default", "components": one.components} for one in MEANT]
    answers = said_by_formjs((form, one.data) for form, one in zip(forms, MEANT, strict=True))
    for form, one, said in zip(forms, MEANT, answers, strict=True):
        theirs = (set(said["errors"]), answered(said["data"]))
        ours = judged(form, one.data)
        assert theirs == one.theirs, one.why
        assert (ours["errors"], ours["data"]) == one.ours, one.why
