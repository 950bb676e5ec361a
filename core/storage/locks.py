"""Advisory locks: one transaction at a time for a named thing."""

import sqlite3

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def advisory_lock(db: Session, *about: str) -> None:
    """Wait until no other transaction holds any of `about`, and hold them until this one ends.

    What is read and written from here on is not changed by another in between. SQLite lets one write at a time, so
    that a transaction which has written before it reads is alone there anyway.
    """
    if db.get_bind().dialect.name == "postgresql":
        for name in sorted(about):  # all in one order, or two would wait for each other
            db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def write_lock(db: Session, about: str) -> None:
    """The same for a transaction that reads before it writes: on SQLite it becomes the one that writes."""
    advisory_lock(db, about)
    connection = db.connection()
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection) and not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
