"""Results of scenarios as JUnit XML: one suite a file, one case a scenario."""

from collections.abc import Sequence
from xml.etree import ElementTree

from engine.scenario import Difference, FileResult, Result


def junit(results: Sequence[FileResult]) -> bytes:
    """The report, UTF-8."""
    root = ElementTree.Element("testsuites", name="motcua")
    for one in results:
        failed = sum(not each.passed for each in one.results)
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=one.file,
            tests=str(max(1, len(one.results))),
            failures=str(failed),
            errors=str(int(bool(one.fault))),
            time=f"{sum(each.seconds for each in one.results):.3f}",
        )
        if one.fault:
            case = ElementTree.SubElement(suite, "testcase", classname=one.file, name=one.file)
            ElementTree.SubElement(case, "error", message=one.fault)
        for each in one.results:
            _case(suite, one.file, each)
    ElementTree.indent(root)
    found: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _case(suite: ElementTree.Element, file: str, result: Result) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=file,
        name=result.name,
        file=file,
        line=str(result.line),
        time=f"{result.seconds:.3f}",
    )
    for one in result.differences[:1]:
        message = f"{one.file}:{one.line}: {one.step}: {one.title}"
        failure = ElementTree.SubElement(case, "failure", message=message)
        failure.text = "\n".join(map(_sentence, result.differences))


def _sentence(one: Difference) -> str:
    expected, found = "; ".join(one.expected) or "—", "; ".join(one.found) or "—"
    return f"{one.file}:{one.line}: {one.step}: {one.title}: mong đợi {expected}, thực tế {found}" + (
        f" ({one.hint})" if one.hint else ""
    )
