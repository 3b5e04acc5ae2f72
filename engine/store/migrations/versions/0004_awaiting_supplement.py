"""What waits for the citizen is found without looking at every dossier."""

from alembic import op

from engine.store.tables.dossiers import dossier

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A database born after this was thought of has it from 0001 on.
    index = next(one for one in dossier.indexes if one.name == "ix_dossier_awaiting_supplement")
    index.create(op.get_bind(), checkfirst=True)
