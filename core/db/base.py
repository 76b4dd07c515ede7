"""How do tables look? The declarative base, names of constraints, and the column types all models share."""

import uuid
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.ids import new_id

# PostgreSQL's own default names, so that the schema is the one the data model's plain SQL would make.
_NAMING = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "ix": "idx_%(table_name)s_%(column_0_N_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """`timestamptz` that refuses naive datetimes and always returns UTC.

    asyncpg accepts a naive value and takes it for the host's zone; that shifts posts by hours on another machine.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise TypeError("a naive datetime reached the database; use an aware one")
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


JsonDict = dict[str, Any]
JsonList = list[Any]

UuidPk = Annotated[
    uuid.UUID, mapped_column(Uuid, primary_key=True, default=new_id, server_default=text("gen_random_uuid()"))
]
Timestamp = Annotated[datetime, mapped_column(UtcDateTime, server_default=func.now())]


class Base(DeclarativeBase):
    """Base of every model. Relationships load only when asked for: a lazy load has no place in async code."""

    metadata = MetaData(naming_convention=_NAMING)
    type_annotation_map = {datetime: UtcDateTime, JsonDict: JSONB, JsonList: JSONB, uuid.UUID: Uuid}  # noqa: RUF012


class Timestamps:
    """`created_at` and `updated_at`, both set by the database."""

    created_at: Mapped[Timestamp] = mapped_column(UtcDateTime, server_default=func.now())
    updated_at: Mapped[Timestamp] = mapped_column(UtcDateTime, server_default=func.now(), onupdate=func.now())
