"""Checking that dossiers are whole: their history, and all that must follow from it."""

from collections.abc import Iterator

import click

from api.bootstrap import open_engine
from api.settings import Settings
from engine.engine import Engine
from engine.history import Fault


@click.command(help="Kiểm tra hồ sơ NUMBER, hoặc tất cả với --all / check dossiers: chain and invariants.")
@click.argument("numbers", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Tất cả hồ sơ; chỉ in hồ sơ có lỗi / all dossiers.")
@click.option("--rerun", is_flag=True, help="Chạy lại mọi lệnh từ nhật ký / run all commands again.")
def verify(numbers: tuple[str, ...], everything: bool, rerun: bool) -> None:
    if bool(numbers) == everything:
        raise click.UsageError("Nêu mã hồ sơ, hoặc dùng --all.")
    engine = open_engine(Settings.from_environment(), migrate=False)
    checked = broken = 0
    for number, faults in _checked(engine, numbers):
        told = [fault.vi for fault in faults] + (_run_again(engine, number) if rerun else [])
        checked, broken = checked + 1, broken + bool(told)
        if told or not everything:
            click.echo(f"{number}: {'; '.join(told) or 'toàn vẹn'}")
    if everything:
        click.echo(f"Đã kiểm tra {checked} hồ sơ, {broken} hồ sơ có lỗi.")
    if broken:
        raise SystemExit(1)


def _run_again(engine: Engine, number: str) -> list[str]:
    """What differs when all commands of a dossier are run once more."""
    again = engine.replays.run_again(number)
    return [again.deviation.vi] if again.deviation else []


def _checked(engine: Engine, numbers: tuple[str, ...]) -> Iterator[tuple[str, list[Fault]]]:
    if not numbers:
        yield from engine.verification.all()
    for number in numbers:
        yield number, engine.verification.of(number)
