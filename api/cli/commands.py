"""All commands by name."""

import click

from api.cli.calendar import calendar
from api.cli.cataloguing import export_catalogue, import_catalogue
from api.cli.db import db
from api.cli.heartbeat import heartbeat
from api.cli.importing import importing
from api.cli.incidents import incidents
from api.cli.interventions import interventions
from api.cli.migrations import migrations
from api.cli.officers import officers
from api.cli.play import play
from api.cli.procedures import procedures
from api.cli.run import run
from api.cli.sealing import seal
from api.cli.seed import seed
from api.cli.simulate import simulate
from api.cli.testing import testing
from api.cli.verify import verify
from api.cli.versions import versions

COMMANDS: dict[str, click.Command] = {
    "calendar": calendar, "db": db, "heartbeat": heartbeat, "import": importing, "incidents": incidents,
    "interventions": interventions, "migrations": migrations, "officers": officers, "play": play,
    "procedures": procedures, "run": run, "seed": seed, "simulate": simulate,
    "test": testing, "verify": verify, "versions": versions,
}  # fmt: skip

for command in (import_catalogue, export_catalogue, seal):
    procedures.add_command(command)
