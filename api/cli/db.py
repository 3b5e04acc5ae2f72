"""The database's schema."""

import click

from api.bootstrap import open_database
from api.settings import Settings


@click.group(help="Cơ sở dữ liệu / database.")
def db() -> None:
    pass


@db.command(help="Nâng cấp lên lược đồ mới nhất / bring to the newest schema.")
def upgrade() -> None:
    settings = Settings.from_environment()
    database = open_database(settings)
    database.dispose()
    click.echo("Cơ sở dữ liệu đã ở lược đồ mới nhất.")
