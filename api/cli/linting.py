"""All diagrams checked at once, on all cores, with progress and a summary by rule."""

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

import click

from api.bootstrap import PROCESSES, build_services
from api.cli.findings import print_findings
from api.cli.shelves import print_json
from api.settings import Settings
from api.sources import read_source
from engine.portfolio.lint import Checked, RuleCount, by_rule, check, with_codes_twice

_AT_ONCE = 4  # diagrams that a worker takes at a time


@click.command(help="Kiểm tra mọi quy trình, tổng hợp theo quy tắc / check all diagrams, summed up by rule.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--all", "in_full", is_flag=True, help="In cả từng lưu ý / print every note too.")
@click.option("--workers", type=click.IntRange(1, 64), help="Số tiến trình / processes at work.")
@click.option("--json", "as_json", is_flag=True, help="In JSON / print JSON.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def lint(paths: tuple[Path, ...], in_full: bool, workers: int | None, as_json: bool, lang: str) -> None:
    files = list(_diagrams(paths or (PROCESSES,), lang))
    if not files:
        click.echo("Không có sơ đồ .bpmn nào ở đây / there is no .bpmn diagram here.", err=True)
        sys.exit(2)
    names = build_services(Settings.from_environment()).handlers.names()
    checked: list[Checked] = []
    hidden = as_json or not sys.stderr.isatty()
    label = "Checking" if lang == "en" else "Kiểm tra"
    with click.progressbar(length=len(files), label=label, file=sys.stderr, hidden=hidden) as bar:
        for one in _checked(files, frozenset(names), workers or cpu_count() or 1):
            checked.append(one)
            bar.update(1)
    checked = with_codes_twice(checked)
    rules = by_rule(checked)
    if as_json:
        print_json({"files": [one.to_json() for one in checked], "rules": [one.to_json() for one in rules]})
    else:
        _tell(checked, rules, in_full, lang)
    sys.exit(0 if all(one.passed for one in checked) else 1)


def _diagrams(paths: Iterable[Path], lang: str) -> Iterator[Path]:
    """The diagrams in folders and named one by one; what is not there ends the command."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.bpmn"))
        elif path.is_file():
            yield path
        else:
            none = "there is no such file or folder. Check the path." if lang == "en" else (
                "không có tệp hay thư mục này. Kiểm tra lại đường dẫn.")  # fmt: skip
            click.echo(f"{path}: {none}", err=True)
            sys.exit(2)


def _checked(files: list[Path], handlers: frozenset[str], workers: int) -> Iterator[Checked]:
    one = partial(check_file, handlers=handlers)
    if workers == 1 or len(files) < 2 * _AT_ONCE:
        yield from map(one, files)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        yield from pool.map(one, files, chunksize=_AT_ONCE)


def check_file(file: Path, *, handlers: frozenset[str]) -> Checked:
    """One diagram, in whatever process."""
    return check(str(file), partial(read_source, file), handlers)


def _tell(checked: list[Checked], rules: Iterable[RuleCount], in_full: bool, lang: str) -> None:
    for one in checked:
        if one.refused:
            click.echo(f"{one.file}: {one.refused[lang == 'en']}")
        elif in_full or not one.passed:
            click.echo(f"{one.file}:")
            shown = [two for two in one.findings if in_full or two.severity == "error"]
            print_findings(Path(one.file), shown, lang)
    for rule in rules:
        example = rule.example["en" if lang == "en" else "vi"]
        sign = {"vi": ("LỖI", "LƯU Ý"), "en": ("ERROR", "NOTE")}[lang][rule.severity != "error"]
        click.echo(f"{sign:<6} {rule.rule:<24} {rule.findings:>5} ({rule.files}): {example}")
    failed = sum(not one.passed for one in checked)
    if lang == "en":
        click.echo(f"{len(checked)} diagrams, {failed} with errors")
    else:
        click.echo(f"{len(checked)} sơ đồ, {failed} còn lỗi")
