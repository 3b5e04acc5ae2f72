"""``motcua simulate``: a month of the centre on the real engine, and what would be if."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import click
import orjson
from rich.progress import TimeRemainingColumn

from api.bootstrap import PROCESSES, open_engine
from api.cli.counting import stepping
from api.cli.given_file import GivenFile
from api.cli.simulation_report import as_json, faults_of, told, word
from api.scenarios import scenario_text
from api.settings import Settings
from api.simulations import Ground, learnt, run_all, sources_of
from api.whole import write_whole
from engine.errors import MotcuaError
from engine.simulation.changes import changed
from engine.simulation.profile import Profile
from engine.simulation.reading import read_profile
from engine.simulation.writing import profile_text


@click.command(help="Mô phỏng một tháng của Trung tâm / simulate a month (docs/how-to/simulate.md).")
@click.argument("profile", required=False, type=GivenFile())
@click.option(
    "--from-history",
    is_flag=True,
    help="Học từ lịch sử của Trung tâm, chỉ đọc / learn from the centre's own history, read only.",
)
@click.option(
    "--history-days",
    type=click.IntRange(1, 3660),
    default=90,
    show_default=True,
    help="Học từ bao nhiêu ngày gần đây / how many last days are learnt from.",
)
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path),
              help="Ghi hồ sơ mô phỏng ra tệp rồi dừng / write the profile to a file and stop.")  # fmt: skip
@click.option("--runs", type=click.IntRange(1, 1000), default=10, show_default=True,
              help="Số lượt chạy độc lập / replications.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), help="Hạt giống, thay cho trong tệp / instead of the file's.")
@click.option("--days", type=click.IntRange(1, 366), help="Số ngày làm việc / working days.")
@click.option("--what-if", "what_ifs", multiple=True, metavar="THAY ĐỔI",
              help="Ví dụ officers.processing.SXD=+2; so với gốc / compared with the base.")  # fmt: skip
@click.option("--processes", type=click.Path(exists=True, file_okay=False, path_type=Path), default=PROCESSES,
              help="Thư mục sơ đồ / folder of diagrams.", show_default="processes/")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=lambda: os.cpu_count() or 1,
              help="Số tiến trình / processes (mặc định: số lõi / the cores).")  # fmt: skip
@click.option("--json", "machine", is_flag=True, help="Một đối tượng JSON / one JSON object.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def simulate(
    profile: Path | None,
    from_history: bool,
    history_days: int,
    save: Path | None,
    runs: int,
    seed: int | None,
    days: int | None,
    what_ifs: tuple[str, ...],
    processes: Path,
    workers: int,
    machine: bool,
    lang: str,
) -> None:
    if (profile is None) != from_history:
        raise click.UsageError("Cần một tệp PROFILE hoặc --from-history / name a PROFILE or --from-history.")
    try:
        found, ground = _history(history_days) if profile is None else _file(profile, processes)
        read = _limited(found, seed, days)
        if save is not None:
            write_whole(save, profile_text(read).encode())
            return
        profiles = {"": read, **{what: changed(read, what) for what in what_ifs}}
        _run(profiles, ground, runs, workers, machine=machine, lang=lang)
    except MotcuaError as error:
        click.echo(f"Lỗi / error: {error.message(lang)}", err=True)
        sys.exit(1)


def _file(path: Path, processes: Path) -> tuple[Profile, Ground]:
    profile = _read(path)
    return profile, Ground(sources=sources_of(profile.codes, processes))


def _history(days: int) -> tuple[Profile, Ground]:
    engine = open_engine(Settings.from_environment(), migrate=False)
    try:
        return learnt(engine, days)
    finally:
        engine.database.dispose()


def _run(
    profiles: Mapping[str, Profile], ground: Ground, runs: int, workers: int, *, machine: bool, lang: str
) -> None:
    """Run all, print, and end with 2 when the engine had to refuse something."""
    base = profiles[""]
    begun = perf_counter()
    days = (base.days + base.run_on) * runs * len(profiles)
    with stepping("Ngày làm việc", days, hidden=machine, clock=TimeRemainingColumn) as advance:
        found = run_all(profiles, ground, runs, workers, advance)
    seconds, own = perf_counter() - begun, found.pop("")
    if machine:
        click.echo(orjson.dumps(as_json(own, found)).decode())
    else:
        together = [one for some in (own, *found.values()) for one in some]
        click.echo(
            word("runs", lang).format(
                runs=len(together), days=base.days, dossiers=sum(one.dossiers for one in together),
                commands=sum(one.commands for one in together), seconds=seconds,
            )
        )  # fmt: skip
        for line in told(own, found, frozenset(base.officers), lang):
            click.echo(line)
    sys.exit(2 if faults_of(own) else 0)


def _read(path: Path) -> Profile:
    return read_profile(scenario_text(path), str(path))


def _limited(profile: Profile, seed: int | None, days: int | None) -> Profile:
    """What the command line says comes before what the file says."""
    days = days or profile.days
    seed = seed if seed is not None else profile.seed
    return replace(profile, seed=seed, days=days, warm_up=min(profile.warm_up, days - 1))
