"""The schema, for both engines. Changing it takes a migration; a test compares the two."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware `datetime`, stored as milliseconds since 1970 in UTC; read back in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 (SQLAlchemy's signature)
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        return None if value is None else _EPOCH + value * _MILLISECOND


class Words(TypeDecorator[tuple[str, ...]]):
    """Words without spaces, in one column; read back in the order in which they were written."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's signature)
        return None if value is None else " ".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ARG002 (SQLAlchemy's signature)
        return None if value is None else tuple(value.split())


_Id = BigInteger().with_variant(Integer, "sqlite")
"""64 bits on both: in SQLite only an INTEGER primary key is the row's own number."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

chats = Table(
    "chats",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("thread", BigInteger),
    Column("managed_by", BigInteger, index=True),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("unreachable", String),
    Column("silent", Boolean, nullable=False, server_default=false()),
    Column("frequency", String, nullable=False, server_default="instant"),
    Column("digest_weekday", SmallInteger, nullable=False, server_default="4"),
    Column("digest_hour", SmallInteger, nullable=False, server_default="18"),
    Column("quiet_from", SmallInteger),
    Column("quiet_until", SmallInteger),
    Column("zone", String, nullable=False, server_default="Europe/Paris"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("chat_id", _Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("place", String, primary_key=True),
    Column("theme", String, primary_key=True),
    Column("topic", String, primary_key=True),
    Index(None, "place", "theme", "topic", "chat_id"),
    sqlite_with_rowid=False,
)

exclusions = Table(
    "exclusions",
    metadata,
    Column("chat_id", _Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("words", String, primary_key=True),
    sqlite_with_rowid=False,
)

reminder_settings = Table(
    "reminder_settings",
    metadata,
    Column(
        "chat_id",
        _Id,
        ForeignKey("chats.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("is_on", Boolean, nullable=False),
    Column("moments", Words, nullable=False),
    Column("places", Words, nullable=False),
    Column("themes", Words, nullable=False),
    Column("digest_weekday", SmallInteger),
    Column("digest_hour", SmallInteger),
)

event_places = Table(
    "event_places",
    metadata,
    Column("event", String, primary_key=True),
    Column("version", String, nullable=False),
    Column("since", Moment),
)

updates = Table(
    "updates",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=False),
    Column("received_at", Moment, nullable=False, index=True),
)

announced = Table(
    "announced",
    metadata,
    Column("article", String, primary_key=True),
    Column("content", String, nullable=False),
    Column("version", Integer, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("notice", String, nullable=False),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("in_digest", Boolean, nullable=False, server_default=false()),
    Column("priority", SmallInteger, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("settled_at", Moment),
    Column("reason", String),
    UniqueConstraint("notice", "chat_id"),
)

# Written out, as an index over some rows serves only queries that state the same condition
# without parameters.
TO_SEND = text("state = 'ready' AND NOT in_digest")
GATHERED = text("state = 'ready' AND in_digest")
UNDER_WAY = text("state IN ('claimed', 'inflight')")

for _name, _columns, _rows in (
    ("ix_outbox_to_send", (outbox.c.priority, outbox.c.not_before, outbox.c.id), TO_SEND),
    ("ix_outbox_gathered", (outbox.c.chat_id,), GATHERED),
    ("ix_outbox_under_way", (outbox.c.id,), UNDER_WAY),
):
    Index(_name, *_columns, sqlite_where=_rows, postgresql_where=_rows)

alerts = Table(
    "alerts",
    metadata,
    Column("cause", String, primary_key=True),
    Column("hour", Moment, primary_key=True),
    Column("sentence", String, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String, primary_key=True),
    Column("at", Moment, nullable=False),
)
