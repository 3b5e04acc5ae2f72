"""The database's schema."""

import click

from api.bootstrap import open_engine
from api.furnishing import furnish
from api.settings import Settings


@click.group(help="Cơ sở dữ liệu / database.")
def db() -> None:
    pass


@db.command(help="Nâng cấp lược đồ, đưa vào lịch và thủ tục còn thiếu / newest schema, and what is missing.")
def upgrade() -> None:
    engine = open_engine(Settings.from_environment())
    deployed = furnish(engine)
    engine.database.dispose()
    click.echo(f"Cơ sở dữ liệu đã ở lược đồ mới nhất; triển khai thêm {len(deployed)} thủ tục.")
