"""What chats want to be reminded of, and since when events take place where they do."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reminder_settings",
        sa.Column("chat_id", ID, autoincrement=False, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("moments", sa.String(), nullable=False),
        sa.Column("places", sa.String(), nullable=False),
        sa.Column("themes", sa.String(), nullable=False),
        sa.Column("digest_weekday", sa.SmallInteger()),
        sa.Column("digest_hour", sa.SmallInteger()),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_reminder_settings_chat_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", name="pk_reminder_settings"),
    )
    op.create_table(
        "event_places",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("since", sa.BigInteger()),
        sa.PrimaryKeyConstraint("event", name="pk_event_places"),
    )
