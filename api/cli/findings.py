"""Findings of a check, as the terminal tells them."""

from collections.abc import Sequence
from pathlib import Path

import click

from engine.domain.finding import Finding, Severity

_SIGNS = {"vi": ("LỖI", "LƯU Ý"), "en": ("ERROR", "NOTE")}


def print_findings(file: Path, findings: Sequence[Finding], lang: str) -> int:
    """Print one line a finding; returns how many of them are errors."""
    errors = 0
    for finding in findings:
        error = finding.severity == Severity.ERROR
        errors += error
        sign = _SIGNS[lang][0 if error else 1]
        line = f":{finding.line}" if finding.line else ""
        click.echo(f"  {sign} {file.name}{line} [{finding.rule}] {finding.sentence(lang)}")
    return errors
