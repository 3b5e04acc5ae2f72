"""``motcua test``: scenarios beside the model are played, and what differs is told."""

import os
import sys
from pathlib import Path

import click
import orjson

from api.bootstrap import PROCESSES
from api.cli.counting import stepping
from api.cli.given_file import GivenFile
from api.cli.junit import junit
from api.cli.scenario_report import Covered, covered, lacking, told
from api.scenarios import play_all, scenario_files
from api.whole import write_whole
from engine.scenario import FileResult


@click.command(
    name="test",
    help="Chạy kịch bản kiểm thử cạnh sơ đồ / play the scenarios beside diagrams (docs/how-to/scenarios.md).",
)
@click.argument("paths", nargs=-1, type=GivenFile(folders=True))
@click.option("--junit", "junit_file", type=click.Path(dir_okay=False, path_type=Path),
              help="Ghi báo cáo JUnit XML / write a JUnit report.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Một đối tượng JSON / one JSON object.")
@click.option("--coverage", is_flag=True, help="In phần tử, dòng chưa đi qua / tell what was not reached.")
@click.option("--least", type=click.IntRange(0, 100), help="Mức phủ tối thiểu, % / least coverage.")
@click.option("--workers", type=click.IntRange(1), default=lambda: os.cpu_count() or 1,
              help="Số tiến trình / processes (mặc định: số lõi / the cores).")  # fmt: skip
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def testing(
    paths: tuple[Path, ...],
    junit_file: Path | None,
    as_json: bool,
    coverage: bool,
    least: int | None,
    workers: int,
    lang: str,
) -> None:
    files = scenario_files(paths or (_default(),))
    if not files:
        click.echo("Không có tệp kịch bản (*.test.yaml) nào / there is no file of scenarios.", err=True)
        sys.exit(1)
    with stepping("Kịch bản", len(files), hidden=as_json) as advance:
        results = list(play_all(files, workers, lambda _: advance()))
    parts = covered(results)
    if junit_file is not None:
        write_whole(junit_file, junit(results))
    if as_json:
        click.echo(orjson.dumps(_json(results, parts)).decode())
    else:
        for line in told(results, parts, everything=coverage, least=least, lang=lang):
            click.echo(line)
    sys.exit(0 if all(one.passed for one in results) and not lacking(parts, least) else 1)


def _default() -> Path:
    """The procedures of this installation, by the shortest name."""
    here = Path("processes")
    return here if here.is_dir() and here.resolve() == PROCESSES else PROCESSES


def _json(results: list[FileResult], parts: list[Covered]) -> dict[str, object]:
    return {
        "passed": all(one.passed for one in results),
        "files": [
            {
                "file": one.file, "procedure": one.procedure, "passed": one.passed,
                "fault": one.fault or None,
                "scenarios": [
                    {
                        "name": each.name, "line": each.line, "passed": each.passed,
                        "seconds": round(each.seconds, 3),
                        "differences": [it.to_json() for it in each.differences],
                    }
                    for each in one.results
                ],
            }
            for one in results
        ],
        "coverage": [
            {"procedure": one.procedure, "least": one.least, **one.part.to_json()} for one in parts
        ],
    }  # fmt: skip
