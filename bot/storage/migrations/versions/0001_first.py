"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("cause", "hour", name="pk_alerts"),
    )
    op.create_table(
        "announced",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_announced"),
    )
    op.create_table(
        "chats",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("thread", sa.BigInteger()),
        sa.Column("managed_by", sa.BigInteger()),
        sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("unreachable", sa.String()),
        sa.Column("silent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("frequency", sa.String(), server_default="instant", nullable=False),
        sa.Column("digest_weekday", sa.SmallInteger(), server_default="4", nullable=False),
        sa.Column("digest_hour", sa.SmallInteger(), server_default="18", nullable=False),
        sa.Column("quiet_from", sa.SmallInteger()),
        sa.Column("quiet_until", sa.SmallInteger()),
        sa.Column("zone", sa.String(), server_default="Europe/Paris", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
    )
    op.create_index("ix_chats_managed_by", "chats", ["managed_by"])
    op.create_table(
        "marks",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_marks"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("in_digest", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("reason", sa.String()),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("notice", "chat_id", name="uq_outbox_notice_chat_id"),
    )
    op.create_index("ix_outbox_chat_id", "outbox", ["chat_id"])
    for name, columns, rows in (
        (
            "ix_outbox_to_send",
            ["priority", "not_before", "id"],
            "state = 'ready' AND NOT in_digest",
        ),
        ("ix_outbox_gathered", ["chat_id"], "state = 'ready' AND in_digest"),
        ("ix_outbox_under_way", ["id"], "state IN ('claimed', 'inflight')"),
    ):
        condition = sa.text(rows)
        op.create_index(name, "outbox", columns, sqlite_where=condition, postgresql_where=condition)
    op.create_table(
        "updates",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_updates"),
    )
    op.create_index("ix_updates_received_at", "updates", ["received_at"])
    op.create_table(
        "exclusions",
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_exclusions_chat_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "words", name="pk_exclusions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "subscriptions",
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_subscriptions_chat_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "place", "theme", "topic", name="pk_subscriptions"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_subscriptions_place_theme_topic_chat_id",
        "subscriptions",
        ["place", "theme", "topic", "chat_id"],
    )
