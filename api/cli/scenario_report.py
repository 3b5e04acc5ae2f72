"""What scenarios came to, as the terminal tells it: expected and found side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap

from engine.scenario import Difference, FileResult, Part, without

_WIDTH = 52  # of one column
_WORDS = {
    "vi": {"expected": "mong đợi", "found": "thực tế", "line": "dòng", "passed": "đạt", "failed": "không đạt",
           "shared": "dùng chung", "covered": "Đã đi qua", "elements": "phần tử", "flows": "dòng nối",
           "missing": "chưa đi qua", "least": "thấp hơn mức", "seconds": "giây"},
    "en": {"expected": "expected", "found": "found", "line": "line", "passed": "passed", "failed": "failed",
           "shared": "shared", "covered": "Reached", "elements": "elements", "flows": "flows",
           "missing": "not reached", "least": "below", "seconds": "seconds"},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What all scenarios together have reached of a process."""

    procedure: str  # code; of a shared process, empty
    least: int | None  # percent that its files ask for
    part: Part


def covered(results: Sequence[FileResult]) -> list[Covered]:
    """Each procedure's own diagram by all its scenarios, then each shared process by those of all."""
    own: dict[str, list[FileResult]] = {}
    shared: dict[str, Part] = {}
    for one in results:
        if one.drawn:
            own.setdefault(one.procedure, []).append(one)
            shared |= {part.process: part for part in one.drawn[1:]}
    found = []
    for procedure, files in own.items():
        reached = [each.reached for one in files for each in one.results]
        least = max((one.coverage for one in files if one.coverage is not None), default=None)
        part = without(files[0].drawn[:1], reached)[0]
        found.append(Covered(procedure=procedure, least=least, part=part))
    everything = [each.reached for one in results for each in one.results]
    ours = {one.part.process for one in found}
    calls = without([part for name, part in shared.items() if name not in ours], everything)
    return found + [Covered(procedure="", least=None, part=part) for part in calls]


def lacking(parts: Sequence[Covered], least: int | None) -> list[Covered]:
    """Procedures of which too little was reached."""
    return [one for one in parts if one.procedure and one.part.percent < _wanted(one, least)]


def _wanted(one: Covered, least: int | None) -> int:
    return least if least is not None else one.least or 0


def told(
    results: Sequence[FileResult], parts: Sequence[Covered], *, everything: bool, least: int | None, lang: str
) -> Iterator[str]:
    """All lines of the report."""
    words = _WORDS[lang]
    for one in results:
        yield from _file(one, lang)
    yield f"{words['covered']}:"
    for each in parts:
        yield from _part(each, everything, least, lang)
    scenarios = [each for one in results for each in one.results]
    passed = sum(each.passed for each in scenarios)
    failed = len(scenarios) - passed + sum(bool(one.fault) for one in results)
    yield f"{passed} {words['passed']}, {failed} {words['failed']}"


def _file(one: FileResult, lang: str) -> Iterator[str]:
    yield one.file
    if one.fault:
        yield f"  ✗ {one.fault if lang == 'vi' else one.fault_en}"
    for each in one.results:
        seconds = f"{each.seconds:.2f}".replace(".", "," if lang == "vi" else ".")
        yield f"  {'✓' if each.passed else '✗'} {each.name} ({seconds} {_WORDS[lang]['seconds']})"
        for difference in each.differences:
            yield from _difference(difference, lang)


def _difference(one: Difference, lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    title = one.title if lang == "vi" else one.what
    yield f"      {one.file}:{one.line}: {one.step}: {title}" + (f"; {one.hint}" if one.hint else "")
    yield f"        {words['expected']:<{_WIDTH}} | {words['found']}"
    for left, right in zip_longest(one.expected, one.found, fillvalue="—"):
        sign = " " if left == right else "≠"
        for expected, found in zip_longest(_wrapped(left), _wrapped(right), fillvalue=""):
            yield f"      {sign} {expected:<{_WIDTH}} | {found}"
            sign = " "


def _wrapped(text: str) -> list[str]:
    return wrap(text, _WIDTH) or [""]


def _part(one: Covered, everything: bool, least: int | None, lang: str) -> Iterator[str]:
    words, part = _WORDS[lang], one.part
    name = one.procedure or f"{part.process} ({words['shared']})"
    wanted = _wanted(one, least)
    low = one.procedure and part.percent < wanted
    yield (
        f"  {'✗' if low else ' '} {name:<34} {part.percent:5.1f} % {words['elements']} "
        f"{part.flow_percent:6.1f} % {words['flows']}" + (f"  ({words['least']} {wanted} %)" if low else "")
    )
    if everything or low:
        for title, missing in ((words["elements"], part.missing_nodes), (words["flows"], part.missing_flows)):
            if missing:
                yield f"      {title} {words['missing']}: {', '.join(map(part.label, missing))}"
