"""Steps of an outline: which kind they are, and what each kind may say."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

from engine.workflow.drafting.law import read_basis
from engine.workflow.drafting.outline import Branch, Decision, Edge, Kind, Repetition, Step, Trigger
from engine.workflow.drafting.presets import DECISIONS, PRESETS
from engine.workflow.drafting.said import Said

KINDS: tuple[str, ...] = (*get_args(Kind), *PRESETS)
_TRIGGERS = ("message", "signal", "error", "after", "at", "every")
_STYLES = ("primary", "secondary", "danger")


def read_steps(said: Said, name: str) -> tuple[Step, ...]:
    """The steps in a field."""
    found = []
    for one in said.list(name):
        if isinstance(one, Said):
            step = _step(one)
            found.extend([step] if step is not None else [])
        elif one in PRESETS:
            found.append(PRESETS[one].step())
        elif one == "fee":
            found.append(Step(kind="fee"))
        else:
            said.wrong(name, f"«{one}» không phải một bước", f"“{one}” is no step")
    return tuple(found)


def _step(said: Said) -> Step | None:
    """A step; some words are a kind and a field of another kind, so the first one written says the kind."""
    kind = next((one for one in said.names() if one in KINDS), None)
    if kind is None:
        said.wrong("", "không rõ là bước gì: cần một trong " + ", ".join(KINDS),
                   "it is not clear what this is: one of " + ", ".join(KINDS) + " is needed")  # fmt: skip
        return None
    if kind in PRESETS:
        step = _task(said, kind, PRESETS[kind].step())
    else:
        step = _READERS.get(kind, _plain)(said, kind, Step(kind=kind))  # type: ignore[arg-type]
    said.close()
    return replace(step, line=said.line)


def _plain(said: Said, kind: str, step: Step) -> Step:
    """What every kind of step may say; only what is said changes a preset."""
    changes: dict[str, Any] = {"name": said.text(kind) or step.name}
    for name in ("id", "lane", "milestone", "paper", "documentation"):
        value = said.text(name)
        if value is not None:
            changes[name] = None if value == "none" else value
    basis = read_basis(said)
    if basis or said.has("basis"):
        changes["basis"] = basis
    edges = tuple(_edge(one) for one in said.list("edges") if isinstance(one, Said))
    late = said.text("late")
    if late is not None:
        edges += (_late(late, said.text("late_says")),)
    return replace(step, edges=edges, repeat=_repeat(said.inner("repeat")), **changes)


def _task(said: Said, kind: str, step: Step) -> Step:
    step = _plain(said, kind, step)
    changes = {
        name: value
        for name in ("form", "limit", "hint", "role", "agency", "ask")
        if (value := said.text(name)) is not None
    }
    if changes.get("form") == "none":
        changes["form"] = None  # type: ignore[assignment]
    decisions = tuple(_decision(one, number) for number, one in enumerate(said.list("decisions")))
    return replace(step, decisions=decisions or step.decisions, **changes)  # type: ignore[arg-type]


def _service(said: Said, kind: str, step: Step) -> Step:
    outputs = {name: source or name for name, source in said.table("outputs").items()}
    return replace(
        _plain(said, kind, step), handler=said.need("handler"), inputs=said.table("inputs"), outputs=outputs
    )


def _script(said: Said, kind: str, step: Step) -> Step:
    return replace(_plain(said, kind, step), script=said.need("do"))


def _table(said: Said, kind: str, step: Step) -> Step:
    return replace(_plain(said, kind, step), table=said.need("decision"), result=said.need("result"))


def _call(said: Said, kind: str, step: Step) -> Step:
    return replace(_plain(said, kind, step), calls=said.need("process"))


def _choice(said: Said, kind: str, step: Step) -> Step:
    branches = tuple(_branch(one) for one in said.list("branches") if isinstance(one, Said))
    if len(branches) < 2:
        said.wrong("branches", "cần ít nhất hai nhánh", "at least two branches are needed")
    if kind == "choice" and sum(one.when is None for one in branches) != 1:
        said.wrong("branches", "đúng một nhánh không có when: nhánh mặc định",
                   "exactly one branch has no when: the default")  # fmt: skip
    return replace(_plain(said, kind, step), branches=branches, inclusive=said.flag("inclusive"))


def _wait(said: Said, kind: str, step: Step) -> Step:
    return replace(_plain(said, kind, step), trigger=_trigger(said))


def _mark(said: Said, kind: str, step: Step) -> Step:
    step = _plain(said, kind, step)
    sent = next((one for one in ("message", "signal") if said.has(one)), None)
    trigger = Trigger(kind=sent, value=said.need(sent)) if sent else None  # type: ignore[arg-type]
    return replace(step, trigger=trigger)


def _group(said: Said, kind: str, step: Step) -> Step:
    step = replace(_plain(said, kind, step), steps=read_steps(said, "steps"))
    if kind == "on":
        step = replace(step, trigger=_trigger(said), interrupting=said.flag("interrupting", True))
    return step


def _end(said: Said, kind: str, step: Step) -> Step:
    return replace(_plain(said, kind, step), terminate=said.flag("terminate"), error=said.text("error"))


def _go(said: Said, kind: str, step: Step) -> Step:
    return replace(step, target=said.need("go"))


def _supplement(said: Said, kind: str, step: Step) -> Step:
    return replace(_plain(said, kind, step), target=said.need("back"))


def _decline(said: Said, kind: str, step: Step) -> Step:
    return replace(_plain(said, kind, step), limit=said.text("limit"))


_READERS: dict[str, Callable[[Said, str, Step], Step]] = {
    "task": _task, "service": _service, "script": _script, "table": _table, "call": _call,
    "choice": _choice, "parallel": _choice, "race": _choice, "wait": _wait, "mark": _mark, "group": _group,
    "on": _group, "end": _end, "go": _go,
    "supplement": _supplement, "decline": _decline,
}  # fmt: skip


# ---- parts of steps


def _trigger(said: Said) -> Trigger:
    kinds = [one for one in _TRIGGERS if said.has(one)]
    if len(kinds) != 1:
        said.wrong(
            "",
            "cần đúng một trong " + ", ".join(_TRIGGERS),
            "exactly one is needed of " + ", ".join(_TRIGGERS),
        )
        return Trigger(kind="message", value="")
    clock = said.choice("clock", ("legal", "elapsed"), "legal")
    return Trigger(kind=kinds[0], value=said.need(kinds[0]), clock=clock)  # type: ignore[arg-type]


def _edge(said: Said) -> Edge:
    edge = Edge(
        name=said.need("name"), id=said.text("id"), trigger=_trigger(said),
        interrupting=said.flag("interrupting", True), milestone=said.text("milestone"),
        basis=read_basis(said), way=_way(said),
    )  # fmt: skip
    said.close()
    return edge


def _late(span: str, text: str | None) -> Edge:
    """A reminder to the officers when an answer is late; the step goes on."""
    said = text or "Chậm trả lời theo thời hạn đã nêu."
    tell = Step(
        kind="service", name="Báo chậm trả lời", handler="notify_officers", inputs={"text": f'"{said}"'}
    )
    end = Step(kind="end", name="Đã báo")
    return Edge(
        name="Quá hạn trả lời", trigger=Trigger(kind="after", value=span), interrupting=False,
        way=Branch(steps=(tell, end)),
    )  # fmt: skip


def _repeat(said: Said | None) -> Repetition | None:
    if said is None:
        return None
    repeat = Repetition(
        each=said.text("each"), item=said.text("item"), into=said.text("into"), gives=said.text("gives"),
        times=said.text("times"), again=said.text("again"), most=said.number("most"),
        until=said.text("until"), sequential=said.flag("sequential"),
    )  # fmt: skip
    said.close()
    return repeat


def _way(said: Said) -> Branch:
    return Branch(
        flow=said.text("flow") or "",
        when=said.text("when"),
        steps=read_steps(said, "steps"),
        then=said.text("then"),
    )


def _branch(said: Said) -> Branch:
    """A branch; one that is a single step needs no «steps»."""
    if not said.has("steps") and any(one in KINDS for one in said.names()):
        step = _step(said)
        return Branch(steps=(step,) if step is not None else ())
    branch = _way(said)
    said.close()
    return branch


def _decision(said: Said | str, number: int) -> Decision:
    """A decision by its name alone, or with what differs from the usual one of that name."""
    if isinstance(said, str):
        return DECISIONS.get(said) or Decision(value=said, label=said)
    short = next((one for one in said.names() if one in DECISIONS), None)
    value = short or said.need("value")
    usual = DECISIONS.get(value) or Decision(
        value=value, label="", style="secondary" if number else "primary"
    )
    label = (said.text(short) if short else None) or said.text("label") or usual.label
    if not label:
        said.wrong("label", "còn thiếu", "is missing")
    way = _way(said)
    steps_said = bool(way.steps) or way.then is not None
    way = Branch(
        flow=way.flow or usual.way.flow or label, when=way.when, steps=way.steps,
        then=way.then if steps_said else usual.way.then,
    )  # fmt: skip
    decision = Decision(
        value=value, label=label, style=said.choice("style", _STYLES, usual.style), way=way,
        reason_required=said.flag("reason_required", usual.reason_required),
    )  # fmt: skip
    said.close()
    return decision
