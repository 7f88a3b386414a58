"""Column kinds of our own: moments kept in UTC, and money kept as whole pence."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcMoment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; PostgreSQL keeps the zone, SQLite is given and read back as UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Pick `timestamptz` where the database has it."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments, because guessing a zone is how an hour gets lost."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("only timezone-aware moments are stored")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every moment back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Pounds(TypeDecorator[Decimal]):
    """An amount in pounds as an exact Decimal, stored as whole pence so that no database makes a float of it."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Turn pounds into pence; raises ValueError for a fraction of a penny."""
        if value is None:
            return None
        pence = value * 100
        if pence != pence.to_integral_value():
            raise ValueError("an amount has at most two decimal places")
        return int(pence)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Turn pence back into pounds with two decimal places."""
        return None if value is None else Decimal(value) / 100
