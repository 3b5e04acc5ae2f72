"""Putting a finding together, with the element's name and line."""

from lxml import etree

from engine.domain.finding import Finding, Severity


def finding(
    rule: str,
    severity: Severity,
    file: str,
    element: etree._Element,
    *,
    vi: str,
    en: str,
    remedy_vi: str,
    remedy_en: str,
) -> Finding:
    """A finding about one element of a diagram."""
    line = element.sourceline
    return Finding(
        rule=rule,
        severity=severity,
        element_id=element.get("id"),
        element_name=" ".join((element.get("name") or "").split()) or None,
        file=file,
        line=line if isinstance(line, int) else None,
        message_vi=vi,
        message_en=en,
        remedy_vi=remedy_vi,
        remedy_en=remedy_en,
    )
