"""Made-up forms, and made-up answers to any form: as form-js holds them, and as they reach the server."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from engine.domain.form.notation import written_number

Component = dict[str, Any]

WORDS = ("Nguyễn", "Thị", "Hồng", "đường", "Lê Lợi", "12A", "khối 3", "Vinh", "a", "ổ khóa", "3,5", "GP/2026")
OPTIONS = ("moi", "sua", "doi", "cap_lai")
PATTERNS = (r"^\d{2}/GPXD$", r"[A-Z]{2}\d", r"^(moi|cu)", r"\w+ \w+$", r"[^a-z]")
FIT = {"12/GPXD", "34/GPXD", "AB1", "moi day", "cu", "12A 3"}  # texts some of the patterns take

OF_KIND = {  # form-js knows no kinds: where they do not fit it cannot agree
    "citizen_id": "040226000123", "tax_code": "2900325526", "phone": "0912345678", "province": "Nghệ An",
    "commune": "Phường Thành Vinh", "address": "12 Quang Trung, phường Thành Vinh, tỉnh Nghệ An",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One form filled in once."""

    form: dict[str, Any]
    data: dict[str, Any]  # what stands in form-js: JSON, dates as ISO
    raw: dict[str, Any]  # what the server gets: typed by a person or sent by a program


def made_up(random: Random) -> Submission:
    """A form nobody has drawn, filled in."""
    return filled({"id": "thu", "type": "default", "components": _components(random)}, random)


def filled(form: dict[str, Any], random: Random) -> Submission:
    """The form with answers, some of which do not fit. Conditions are left to chance."""
    typed = random.random() < 0.5
    data: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    for component in each(form["components"]):
        key = component.get("path" if component["type"] == "dynamiclist" else "key")
        if component["type"] == "dynamiclist":
            rows = [row for _ in range(random.randint(0, 3)) if (row := _row(component, random, typed))]
            data[key] = [one for one, _ in rows]
            raw |= {
                f"{key}.{n}.{inner}": text for n, (_, row) in enumerate(rows) for inner, text in row.items()
            }
        elif key:
            data[key], raw[key] = answer(component, random, typed)
    return Submission(form=form, data=data, raw=raw)


def each(components: Iterable[Component]) -> Iterable[Component]:
    """All components, those of groups too, those of lists not."""
    for component in components:
        yield component
        if component["type"] == "group":
            yield from each(component["components"])


def answer(component: Component, random: Random, typed: bool) -> tuple[Any, Any]:
    """An answer as form-js holds it, and as it comes to the server when a person typed it."""
    value = _ANSWERS[component["type"]](component, random)
    return value, (_as_typed(component, value) if typed else value)


def _row(component: Component, random: Random, typed: bool) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """One row; None when nothing stands in it: such rows are dropped here."""
    cells = {one["key"]: answer(one, random, typed) for one in component["components"] if "key" in one}
    if all(value in (None, "", False, []) for value, _ in cells.values()):
        return None
    return {key: one for key, (one, _) in cells.items()}, {key: two for key, (_, two) in cells.items()}


def _text(component: Component, random: Random) -> str:
    said = component.get("validate", {})
    pick = random.random()
    if pick < 0.2:
        return ""
    if kind := component.get("properties", {}).get("kind"):
        return OF_KIND[kind]
    if "pattern" in said and pick < 0.7:
        return random.choice(sorted(FIT))
    text = " ".join(random.choices(WORDS, k=random.randint(1, 4)))
    edges = [edge for name in ("minLength", "maxLength") if (edge := said.get(name))]
    if edges and pick < 0.7:
        return ("x" * max(1, random.choice(edges) + random.randint(-1, 1)))[:2000]
    return text


def _number(component: Component, random: Random) -> float | None:
    said = component.get("validate", {})
    pick = random.random()
    if pick < 0.2:
        return None
    if pick < 0.6 and (edges := [edge for name in ("min", "max") if (edge := said.get(name)) is not None]):
        return random.choice(edges) + random.choice((-1, 0, 1))
    return random.choice((0, random.randint(-20, 200), round(random.uniform(0, 50), random.randint(1, 3))))


def _moment(component: Component, random: Random) -> str | None:
    if random.random() < 0.25:
        return None
    day = (date(1990, 1, 1) + timedelta(days=random.randint(0, 20_000))).isoformat()
    hour = f"{random.randint(0, 23):02}:{random.randint(0, 59):02}"
    subtype = component.get("subtype", "date")
    return {"date": day, "time": hour, "datetime": f"{day}T{hour}+07:00"}[subtype]


def _choice(component: Component, random: Random) -> str | None:
    return random.choice([None, *(one["value"] for one in component["values"])])


def _several(component: Component, random: Random) -> list[str]:
    return [one["value"] for one in component["values"] if random.random() < 0.4]


_ANSWERS: dict[str, Any] = {
    "textfield": _text, "textarea": _text, "number": _number, "datetime": _moment,
    "checkbox": lambda _component, random: random.random() < 0.5,
    "radio": _choice, "select": _choice, "checklist": _several,
}  # fmt: skip


def _as_typed(component: Component, value: Any) -> Any:
    if value is None:
        return ""
    if component["type"] == "checkbox":
        return "true" if value else ""
    if component["type"] == "number":
        return written_number(value)
    if component["type"] == "datetime":
        day, _, hour = value.partition("T")
        written = "/".join(reversed(day.split("-")))
        return f"{written} {hour[:5]}" if hour else written
    return value


def _components(random: Random) -> list[Component]:
    """Three to seven fields, some in a group, some in a list. Conditions look at those always asked."""
    fields = [_field(f"f{number}", random) for number in range(random.randint(3, 7))]
    free = fields[: len(fields) // 2]
    for one in fields[len(free) :]:
        if random.random() < 0.6:
            one["conditional"] = {"hide": _condition(free, random)}
    if random.random() < 0.4:
        fields[-2:] = [_inside("group", fields[-2:], free, random)]
    if random.random() < 0.4:
        fields.append(_list(free, random))
    fields.insert(0, {"type": "text", "text": "Điền các mục sau"})
    return fields


def _list(free: list[Component], random: Random) -> Component:
    cells = [_field(f"c{number}", random) for number in range(random.randint(1, 3))]
    if random.random() < 0.5:
        here = [one | {"key": f"this.{one['key']}"} for one in cells[:-1]]
        cells[-1]["conditional"] = {"hide": _condition([*free, *here], random)}
    return _inside("dynamiclist", cells, free, random) | {"path": "rows"}


def _inside(kind: str, components: list[Component], free: list[Component], random: Random) -> Component:
    made: Component = {"type": kind, "label": "Các mục", "components": components}
    if random.random() < 0.4:
        made["conditional"] = {"hide": _condition(free, random)}
    return made


def _field(key: str, random: Random) -> Component:
    kind = random.choice(sorted(_ANSWERS))
    made: Component = {"type": kind, "key": key, "label": f"Mục {key}", "validate": _rules(kind, random)}
    if kind in ("radio", "select", "checklist"):
        values = random.sample(OPTIONS, random.randint(1, len(OPTIONS)))
        made["values"] = [{"value": one, "label": one} for one in values]
    if kind == "datetime":
        made |= {
            "subtype": random.choice(("date", "time", "datetime")),
            "timeSerializingFormat": "utc_offset",
        }
    if kind == "number":
        made |= random.choice(({}, {"decimalDigits": random.randint(0, 2)}, {"increment": "0.5"}))
    return made


def _rules(kind: str, random: Random) -> dict[str, Any]:
    rules: dict[str, Any] = {"required": True} if random.random() < 0.5 else {}
    if kind in ("textfield", "textarea"):
        rules |= random.choice(({}, {"minLength": 3}, {"maxLength": 12}, {"minLength": 2, "maxLength": 30}))
        if kind == "textfield" and random.random() < 0.3:
            rules["pattern"] = random.choice(PATTERNS)
    if kind == "number":
        rules |= random.choice(({}, {"min": 0}, {"max": 100}, {"min": -5, "max": 40.5}))
    return rules


def _condition(fields: list[Component], random: Random) -> str:
    first, second = random.choice(fields), random.choice(fields)
    joined = f"{_test(first, random)} {random.choice(('and', 'or'))} {_test(second, random)}"
    return "=" + random.choice((_test(first, random), joined))


def _test(component: Component, random: Random) -> str:
    key, kind = component["key"], component["type"]
    if kind == "checkbox":
        return random.choice((f"{key} = true", f"{key} != true", f"{key} = false", f"not({key})", key))
    if kind == "number":
        edge = random.randint(-5, 40)
        return random.choice(
            (f"{key} > {edge}", f"{key} <= {edge}", f"{key} = null", f"{key} between 0 and {edge + 6}")
        )
    if kind == "checklist":
        return random.choice((f'list contains({key}, "moi")', f"count({key}) > 1", f"count({key}) = 0"))
    if kind == "datetime":
        return f"{key} = null"
    if kind in ("radio", "select"):
        return random.choice(
            (f'{key} = "moi"', f'{key} != "sua"', f"{key} = null", f'{key} in ("moi", "doi")')
        )
    return random.choice(
        (f'{key} = ""', f"{key} = null", f"string length({key}) > 5", f'contains({key}, "a")')
    )
