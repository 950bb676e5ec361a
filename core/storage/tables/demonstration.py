"""What makes a database a demonstration: that it names invented accounts which anybody may enter."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base


class DemoAccountRow(Base):
    """An invented account that is offered at the sign-in, in the order of `place`; `story` says whose it is.

    Only `python -m core demo` adds rows, and only to a database that it made itself.
    """

    __tablename__ = "invented"
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), unique=True)
    story: Mapped[str] = mapped_column(String(32))
