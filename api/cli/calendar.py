"""The working calendar: put in force by decision, open dossiers re-planned."""

from pathlib import Path

import click

from api.bootstrap import open_engine
from api.cli.given_file import GivenFile
from api.settings import Settings
from engine.domain.command import By
from engine.domain.written import written
from engine.given import given

OPERATOR = By(key="system:command-line")


@click.group(help="Lịch làm việc / working calendar.")
def calendar() -> None:
    pass


@calendar.command(help="Ban hành lịch từ FILE và tính lại hạn các hồ sơ đang mở / put FILE in force.")
@click.argument("file", type=GivenFile())
@click.option("--reason", required=True, help="Số và ngày của quyết định / number and date of the decision.")
def deploy(file: Path, reason: str) -> None:
    engine = open_engine(Settings.from_environment())
    version = engine.calendars.decide(written(given(file)), by=OPERATOR, reason=reason)
    result = engine.calendars.replan(by=OPERATOR)
    click.echo(
        f"Lịch phiên bản {version}: xem lại {result.looked_at} hồ sơ, "
        f"đổi hạn {result.moved}, lỗi {result.failed}."
    )
    if result.failed:
        raise SystemExit(1)
