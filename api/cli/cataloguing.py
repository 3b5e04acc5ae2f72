"""Catalogues from the command line: a lint-clean draft for each row, told row by row; and out again."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from api.bootstrap import PROCESSES, open_engine
from api.cli.catalogue_folder import CatalogueFolder, Staging, drawn_codes
from api.cli.catalogue_report import Outcome, Report
from api.cli.given_file import GivenFile
from api.settings import Settings
from api.sources import files_in
from api.whole import write_whole
from engine.catalogue import MOST_BYTES, PATTERNS, BadCatalogue, Catalogue, Made, Plan
from engine.domain.written import NotText, written
from engine.errors import Invalid, MotcuaError
from engine.given import FileTooLarge, given

_RULES = PROCESSES / "catalogue.toml"
_FILE = GivenFile()
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(name="import")
@click.argument("file", type=_FILE)
@click.option("--to", "target", default=Path("var/catalogue"),
              type=_FOLDER, help="Thư mục ghi / folder to write into.")  # fmt: skip
@click.option("--pattern", "patterns", multiple=True, metavar="MÃ=MẪU",
              help="Mẫu cho một thủ tục / pattern of a procedure: " + ", ".join(PATTERNS))  # fmt: skip
@click.option("--rules", default=_RULES, type=_FILE,
              help="Quy tắc đọc danh mục / rules for reading.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Chỉ báo cáo, không ghi / report only.")
@click.option("--json", "as_json", is_flag=True, help="Một dòng JSON mỗi thủ tục / a line of JSON each.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def import_catalogue(
    file: Path, target: Path, patterns: tuple[str, ...], rules: Path, dry_run: bool, as_json: bool, lang: str
) -> None:
    """Nhập danh mục CSV, Excel thành bản thảo quy trình / draft a diagram for each row of a catalogue.

    Quy trình làm tay cùng mã luôn được giữ; tệp đã sửa tay được giữ và nêu chỗ khác. Chạy lại được nhiều lần.
    """
    engine = open_engine(Settings.from_environment(), migrate=False)
    try:
        plans = _plans(engine.catalogue, file, rules, patterns)
    except BadCatalogue as error:
        for problem in error.problems:
            click.echo(f"{file}: {problem.sentence(lang)}", err=True)
        _stop(lang)
    except (FileTooLarge, NotText) as error:
        click.echo(f"{file}: {error.message(lang)}", err=True)
        _stop(lang)
    report = Report(as_json, lang)
    folder = CatalogueFolder.opened(target)
    import_rows = _Import(engine.catalogue, folder, report, dry_run)
    import_rows.run(plans)
    report.close(plans)
    sys.exit(1 if report.counts[Outcome.UNSOUND] else 0)


def _stop(lang: str) -> NoReturn:
    click.echo("Không ghi gì." if lang == "vi" else "Nothing was written.", err=True)
    sys.exit(1)


def _plans(catalogue: Catalogue, file: Path, rules: Path, patterns: tuple[str, ...]) -> list[Plan]:
    rows = catalogue.read(given(file, MOST_BYTES), file.name)
    chosen = dict(_choice(one) for one in patterns)
    unknown = sorted(set(chosen) - {row.code for row in rows})
    if unknown:
        raise Invalid(
            {"pattern": (f"danh mục không có mã {unknown[0]}", f"no row has the code {unknown[0]}")}
        )
    return list(catalogue.plans(rows, catalogue.rules(written(given(rules))), chosen))


def _choice(said: str) -> tuple[str, str]:
    code, _, name = said.partition("=")
    if name not in PATTERNS:
        known = ", ".join(PATTERNS)
        raise Invalid({"pattern": (f"«{said}» phải là MÃ=MẪU, mẫu là một trong: {known}",
                                   f"“{said}” must be CODE=PATTERN, one of: {known}")})  # fmt: skip
    return code, name


class _Import:
    """One run over all rows."""

    def __init__(self, catalogue: Catalogue, folder: CatalogueFolder, report: Report, dry_run: bool) -> None:
        self._catalogue, self._folder, self._report, self._dry = catalogue, folder, report, dry_run
        self._workshop = catalogue.workshop(files_in(PROCESSES / "shared"))
        self._by_hand = folder.by_hand() | (drawn_codes(PROCESSES) - set(folder.made))

    def run(self, plans: Sequence[Plan]) -> None:
        """Draw what is new or has changed; written is all of it together, at the end."""
        if self._dry:
            self._all(plans, None)
            return
        with Staging(self._folder) as staging:
            self._all(plans, staging)
            staging.move_in()

    def _all(self, plans: Sequence[Plan], staging: Staging | None) -> None:
        label = "Đang vẽ" if self._report.lang == "vi" else "Drawing"
        hidden = not sys.stderr.isatty()
        with click.progressbar(plans, label=label, file=sys.stderr, hidden=hidden) as bar:
            for plan in bar:
                self._one(plan, staging)

    def _one(self, plan: Plan, staging: Staging | None) -> None:
        if plan.code in self._by_hand:
            self._report.add(plan, Outcome.BY_HAND)
            return
        place, entry = self._folder.place(plan.code), self._folder.made.get(plan.code, {})
        same = place is not None and entry.get("digest") == plan.digest
        if same and place is not None and not self._touched(plan.code, place):
            self._report.add(plan, Outcome.UNCHANGED)
            return
        made = self._workshop.make(plan)
        if not made.sound:
            self._report.add(
                plan, Outcome.UNSOUND, [one.sentence(self._report.lang) for one in made.findings]
            )
            return
        self._decide(plan, made, place, staging)

    def _touched(self, code: str, place: Path) -> bool:
        own = (f"forms/nop-{code.lower()}.json", self._catalogue.scenario(code))
        return bool(self._catalogue.edited(place.name, self._folder.present(code, own)))

    def _decide(self, plan: Plan, made: Made, place: Path | None, staging: Staging | None) -> None:
        if place is None:
            outcome, changes = Outcome.NEW, []
        else:
            present = self._folder.present(plan.code, made.files)
            changes = self._differences(place, made)
            outcome = Outcome.EDITED if self._catalogue.edited(place.name, present) else Outcome.CHANGED
        if outcome is not Outcome.EDITED and staging is not None:
            entry = {"digest": plan.digest, "folder": plan.folder, "main": made.main, "pattern": plan.pattern}
            staging.add(plan.code, entry, made.files)
        self._report.add(plan, outcome, changes)

    def _differences(self, place: Path, made: Made) -> list[str]:
        try:
            return list(self._catalogue.differences(place.name, place.read_bytes(), made.files[made.main]))
        except MotcuaError as error:
            return [error.message(self._report.lang)]


@click.command(name="export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "source", default=PROCESSES, type=_FOLDER,
              help="Thư mục các quy trình / folder of the processes.")  # fmt: skip
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def export_catalogue(file: Path, source: Path, lang: str) -> None:
    """Xuất các quy trình thành danh mục CSV, Excel / write a catalogue of the procedures in a folder."""
    engine = open_engine(Settings.from_environment(), migrate=False)
    diagrams = sorted(one for one in source.glob("*/*.bpmn") if one.parent.name != "shared")
    content, count = engine.catalogue.written(
        ((one.name, one.read_bytes()) for one in diagrams), file.suffix.lower() == ".xlsx"
    )
    write_whole(file, content)
    click.echo(f"{file}: {count} thủ tục" if lang == "vi" else f"{file}: {count} procedures")
