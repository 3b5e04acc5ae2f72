"""Citizens at home: applications not yet handed in, and the count of codes that nobody has."""

from alembic import op

from engine.store.tables import metadata, online

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A database born after this table was thought of has it from 0001 on: what exists is left alone.
    metadata.create_all(op.get_bind(), tables=[online.draft, online.tracking_miss])
