"""The heartbeat as a process of its own: timers, jobs and outbox, beside web processes that only serve."""

import os
import signal
import socket
import threading
from types import FrameType

import click

from api import logs
from api.bootstrap import open_engine
from api.cli.seed import spool_letters
from api.scheduler import Heartbeat
from api.settings import Settings
from engine.errors import MotcuaError

_LOOK = 5.0  # seconds


class NotReady(MotcuaError):
    """The installation cannot work yet."""

    code = "not-ready"
    vi = "Chưa chạy được: {problems}"
    en = "Not ready: {problems}"


@click.command(help="Đồng hồ hệ thống, tiến trình riêng; chạy nhiều tiến trình được / heartbeat process.")
def heartbeat() -> None:
    settings = Settings.from_environment()
    logs.configure()
    spool_letters(settings)
    engine = open_engine(settings, migrate=False)
    if problems := engine.health.problems():
        raise NotReady(problems=" ".join(problems))
    stop = stop_signal()
    beating = Heartbeat(engine)
    beating.start()
    click.echo("Đồng hồ hệ thống đang chạy. Dừng bằng Ctrl+C.")
    while not stop.wait(_LOOK):
        if beating.alive:
            _tell_systemd("WATCHDOG=1")
    beating.stop()
    engine.database.dispose()
    click.echo("Đã dừng.")


def stop_signal() -> threading.Event:
    """An event that is set by SIGTERM and Ctrl+C."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop


def _tell_systemd(state: str) -> None:
    """Feed the watchdog of the service manager (WatchdogSec), when there is one."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    path = f"\0{address[1:]}" if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
        link.sendto(state.encode(), path)
