"""Findings of a check, as the terminal tells them."""

from collections.abc import Sequence
from pathlib import Path

import click

from engine.domain.finding import Finding, Severity

_SIGNS = {"vi": ("LỖI", "LƯU Ý"), "en": ("ERROR", "NOTE")}


def print_findings(file: Path, findings: Sequence[Finding], lang: str) -> int:
    """Print one line a finding, with the file it is in; returns how many of them are errors."""
    errors = 0
    for finding in findings:
        error = finding.severity == Severity.ERROR
        errors += error
        sign = _SIGNS[lang][0 if error else 1]
        line = f":{finding.line}" if finding.line else ""
        element = f" #{finding.element_id}" if finding.element_name else ""  # else it stands in the sentence
        name = finding.file or file.name
        click.echo(f"  {sign} {name}{line} [{finding.rule}]{element} {finding.sentence(lang)}")
    return errors
