"""What a simulation came to, as tables for people and as JSON for machines."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from engine.domain.dossier import HANDLING_NAMES
from engine.simulation.intervals import Interval, differences, intervals
from engine.simulation.tally import Name, Run

Figures = Mapping[Name, Interval]
Posts = Collection[tuple[str, ...]]  # role and agency, as the profile names them
_BUSIEST = 12  # rows of a table that people look at
_WORDS: Mapping[str, tuple[str, str]] = {
    "begun": ("Hồ sơ nộp", "Dossiers begun"), "finished": ("Hồ sơ kết thúc", "Finished"),
    "open": ("Còn đang giải quyết", "Still open"), "late": ("Tỷ lệ trễ hẹn", "Share late"),
    "decided": ("Giờ làm việc đến khi có kết quả", "Working hours to the result"),
    "hours": ("Giờ làm việc đến khi kết thúc", "Working hours to the end"),
    "steps": ("Bước (phút làm việc)", "Step (working minutes)"), "count": ("số lượt", "times"),
    "wait": ("chờ", "wait"), "wait90": ("chờ 90%", "wait 90%"), "work": ("làm", "work"),
    "desks": ("Cán bộ", "Officers"), "officers": ("số người", "officers"), "load": ("tải", "load"),
    "queue": ("hàng chờ TB", "mean queue"), "longest": ("dài nhất", "longest"),
    "faults": ("Bộ máy không cho làm", "Refused by the engine"),
    "change": ("Nếu {what}: thay đổi so với gốc (khoảng tin cậy 95%, cùng dãy số ngẫu nhiên)",
               "If {what}: change from the base (95% intervals, common random numbers)"),
    "one": ("Một lượt chạy không cho khoảng tin cậy: dùng --runs 10.",
            "One run gives no confidence interval: use --runs 10."),
    "runs": ("{runs} lượt chạy × {days} ngày làm việc: {dossiers} hồ sơ, {commands} lệnh, {seconds:.0f} giây",
             "{runs} runs × {days} working days: {dossiers} dossiers, {commands} commands, {seconds:.0f} s"),
    "idle": ("Không có việc nào đến", "No step came to"),
    "unnamed": ("Tệp không nêu số người ở đây nên tính một người",
                "The profile names nobody here, so one officer is reckoned with"),
}  # fmt: skip
_SHARES = frozenset({"late", "load"})


def word(name: str, lang: str) -> str:
    """How a figure is called."""
    return _WORDS[name][lang == "en"]


def told(base: Sequence[Run], changed: Mapping[str, Sequence[Run]], named: Posts, lang: str) -> Iterator[str]:
    """The tables of the base, then what each change does."""
    figures = intervals(base)
    yield from _whole(figures, lang)
    yield ""
    yield from _table(figures, "step", "steps", ("count", "wait", "wait90", "work"), "wait", lang)
    yield ""
    yield from _table(figures, "desk", "desks", ("officers", "load", "queue", "longest"), "load", lang)
    yield from _posts(figures, named, lang)
    faults = faults_of(base)
    if faults:
        yield ""
        yield f"{word('faults', lang)}:"
        yield from (f"  {count} × {why}" for why, count in sorted(faults.items(), key=lambda one: -one[1]))
    for what, runs in changed.items():
        yield ""
        yield word("change", lang).format(what=what)
        yield from _changes(differences(base, runs), lang)
    if len(base) < 2:
        yield ""
        yield word("one", lang)


def _posts(figures: Figures, named: Posts, lang: str) -> Iterator[str]:
    """Posts that work without being named, and those that are named and get no work: often misspelt."""
    working = {name[1:3] for name in figures if name[0] == "desk"}
    for kind, posts in (("unnamed", working - set(named)), ("idle", set(named) - working)):
        if posts:
            yield f"{word(kind, lang)}: {', '.join(sorted('.'.join(post) for post in posts))}"


def faults_of(runs: Sequence[Run]) -> dict[str, int]:
    """What the engine refused in all runs together."""
    found: dict[str, int] = {}
    for run in runs:
        for why, count in run.faults.items():
            found[why] = found.get(why, 0) + count
    return found


def as_json(base: Sequence[Run], changed: Mapping[str, Sequence[Run]]) -> dict[str, Any]:
    """Everything, nothing left off."""
    return {
        "runs": len(base),
        "dossiers": sum(one.dossiers for one in base),
        "commands": sum(one.commands for one in base),
        "faults": faults_of(base),
        "figures": _plain(intervals(base)),
        "what_if": [
            {
                "change": what,
                "faults": faults_of(runs),
                "figures": _plain(intervals(runs)),
                "difference": _plain(differences(base, runs)),
            }
            for what, runs in changed.items()
        ],
    }


def _plain(figures: Figures) -> list[dict[str, Any]]:
    """Rounded where nobody looks further, so that equal runs print equal texts."""
    return [
        {
            "figure": list(name),
            "mean": round(one.mean, 6),
            "half": round(one.half, 6) if one.half is not None else None,
        }
        for name, one in figures.items()
    ]


def _whole(figures: Figures, lang: str) -> Iterator[str]:
    rows = [
        (word(name, lang), _said(figures[(name,)], name))
        for name in ("begun", "finished", "open", "late", "decided", "hours")
        if (name,) in figures
    ]
    rows += [
        (f"  {HANDLING_NAMES.get(name[1], name[1]) if lang == 'vi' else name[1]}", _said(one, "handling"))
        for name, one in figures.items()
        if name[0] == "handling"
    ]
    yield from _aligned(rows)


def _table(
    figures: Figures, kind: str, title: str, columns: Sequence[str], by: str, lang: str
) -> Iterator[str]:
    """One line a step or desk, the worst first."""
    keys = sorted(
        {name[1:-1] for name in figures if name[0] == kind},
        key=lambda key: (-_mean(figures, (kind, *key, by)), key),
    )
    head = (word(title, lang), *(word(one, lang) for one in columns))
    rows = [
        (" · ".join(key), *(_cell(figures, (kind, *key, one), one) for one in columns))
        for key in keys[:_BUSIEST]
    ]
    yield from _aligned([head, *rows])
    if len(keys) > _BUSIEST:
        yield f"… +{len(keys) - _BUSIEST} (--json)"


def _changes(figures: Figures, lang: str) -> Iterator[str]:
    """The whole, and what is told apart from nothing by its interval."""
    rows = [
        (word(name, lang), _said(figures[(name,)], name, signed=True), _mark(figures[(name,)]))
        for name in ("finished", "late", "decided", "hours")
        if (name,) in figures
    ]
    moved = [(name, one) for name, one in figures.items() if name[-1] in ("wait", "load") and one.sure]
    moved.sort(key=lambda pair: -abs(pair[1].mean))
    rows += [
        (f"{' · '.join(name[1:-1])}: {word(name[-1], lang)}", _said(one, name[-1], signed=True), "*")
        for name, one in moved[:_BUSIEST]
    ]
    yield from _aligned(rows)


def _mark(one: Interval) -> str:
    return "*" if one.sure else ""


def _mean(figures: Figures, name: Name) -> float:
    return figures[name].mean if name in figures else 0.0


def _cell(figures: Figures, name: Name, kind: str) -> str:
    return _said(figures[name], kind) if name in figures else "–"


def _said(one: Interval, kind: str, *, signed: bool = False) -> str:
    """A mean with its half width: 12.3 ± 0.4."""
    factor, unit = (100, "%") if kind in _SHARES else (1, "")
    sign = "+" if signed else ""
    mean = f"{one.mean * factor:{sign}.1f}{unit}"
    return mean if not one.half else f"{mean} ± {one.half * factor:.1f}"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns of even width, the first one to the left, numbers to the right."""
    if not rows:
        return
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
