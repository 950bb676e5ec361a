"""Damage: what a database or a file that cannot be read is said to be, what of it is whole, and what to do."""

import sqlite3
import traceback
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

_ADVICE = (
    "Keep the file as it is, as a copy, and put the newest backup in its place: python -m core restore FILE. What was "
    "written since that backup is in the damaged file only."
)


def explain(error: BaseException, url: URL) -> str | None:
    """What to tell whoever ran a command on the database at `url`; None where neither it nor a value in it is at
    fault."""
    if isinstance(error, DBAPIError):
        said = str(error.orig)
    elif isinstance(error, sqlite3.Error):
        said = str(error)
    elif isinstance(error, ValueError | TypeError | KeyError) and _while_reading(error):
        said = f"a value in it cannot be read ({error})"
    else:
        return None
    if url.get_backend_name() != "sqlite" or not _is_damage(error):
        return f"The database said: {said}"
    return f"The database is damaged: {said}. {of_file(Path(url.database or ''))}{_ADVICE}"


def of_file(path: Path) -> str:
    """What of a SQLite file can be read: a sentence and a space, empty where that cannot be said."""
    whole, broken = 0, []
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                try:
                    for _ in connection.execute(f'SELECT * FROM "{name}" NOT INDEXED'):
                        pass
                    whole += 1
                except (sqlite3.Error, UnicodeError):
                    broken.append(name)
    except sqlite3.Error:
        return "None of its tables can be read. "
    if not broken:
        return f"Every row of its {whole} tables can still be read. "
    return f"Of its {whole + len(broken)} tables {whole} can still be read whole, not: {', '.join(broken)}. "


def _is_damage(error: BaseException) -> bool:
    """Whether it is not merely locked, full or out of reach, or of something that is not there."""
    found = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(error, DBAPIError) and not isinstance(found, sqlite3.Error):
        return False  # of another database than `url`, to which this one is copied
    return not isinstance(found, sqlite3.OperationalError | sqlite3.IntegrityError | sqlite3.ProgrammingError)


def _while_reading(error: BaseException) -> bool:
    """Whether SQLAlchemy was making a value of what is stored."""
    frames = traceback.extract_tb(error.__traceback__)
    return any("/sqlalchemy/engine/" in Path(frame.filename).as_posix() for frame in frames)
