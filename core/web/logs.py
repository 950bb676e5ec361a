"""Logging: one JSON object a line, or lines for people when it writes to a terminal.

A stored log holds nothing of a person. Messages come from the code, routes are named by their templates, and of an
exception in a request only its kind and where it happened is kept: its message may hold a code, a name or a row of
the database.
Every line that belongs to a request carries its number, which the response (`X-Request-ID`) and the page that says
sorry show too.
"""

import json
import logging
import secrets
import sys
import threading
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from streamlit import logger as streamlit_logger

from core.config import ROOT
from core.web.stopping import SCRIPT_THREAD

_number: ContextVar[str] = ContextVar("request number", default="")
_FIELDS = "fields"
_TALKATIVE = ("uvicorn", "uvicorn.access", "uvicorn.asgi", "uvicorn.error", "websockets", "alembic")
"""Their news hold people's addresses, or nothing."""


def begin_request(number: str = "") -> str:
    """From here on, what this task or thread logs belongs to the request `number`, or to a new one."""
    number = number or secrets.token_hex(5)
    _number.set(number)
    return number


def request_number() -> str:
    """The number of the request that this task or thread answers. The run of a page's script counts as one."""
    return _number.get() or begin_request()


def set_up() -> None:
    """Let everything that logs, Streamlit and uvicorn included, write in one form to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(ForPeople() if sys.stderr.isatty() else ForMachines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in _TALKATIVE:
        logging.getLogger(name).handlers = []
        _hand_on(logging.getLogger(name))
    logging.captureWarnings(True)
    streamlit_logger.setup_formatter = _hand_on  # Streamlit gives each of its loggers a handler of its own
    streamlit_logger.update_formatter()


def note(log: logging.Logger, event: str, **fields: object) -> None:
    """Log `event` with `fields` beside it. Nothing of a person belongs into either."""
    log.info(event, extra={_FIELDS: fields})


def _hand_on(logger: logging.Logger) -> None:
    own = getattr(logger, "streamlit_console_handler", None)
    if own is not None:
        logger.removeHandler(own)
    logger.propagate = True
    if logger.name in _TALKATIVE:
        logger.setLevel(logging.WARNING)


class ForMachines(logging.Formatter):
    """A JSON object a line: at, level, logger, event, request if there is one, error and where, other fields."""

    def format(self, record: logging.LogRecord) -> str:
        number = _number.get() or (request_number() if threading.current_thread().name == SCRIPT_THREAD else "")
        private = bool(number) or not record.name.startswith(("core.", "uvicorn"))  # else a start or a job: nobody's
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _message(record) if private else record.getMessage(),
        }
        if number:
            line["request"] = number
        if record.exc_info and (error := record.exc_info[1]):
            line |= {"error": kind_of(error), "where": _frames_of(error)}
            if not private:
                line["message"] = str(error)
        return json.dumps(line | getattr(record, _FIELDS, {}), ensure_ascii=False, default=str)


class ForPeople(logging.Formatter):
    """A line a person reads, and the whole traceback of an error."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        fields = getattr(record, _FIELDS, {}) | ({"request": _number.get()} if _number.get() else {})
        return super().formatMessage(record) + "".join(f" {name}={value}" for name, value in fields.items())


def kind_of(error: BaseException) -> str:
    """The kind of `error` and of what caused it, with the database's code for it, and none of their messages."""
    origin = getattr(error, "orig", None) or error
    code = getattr(origin, "sqlstate", None) or getattr(origin, "sqlite_errorname", None)
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.") + (
        f" {code}" if code else ""
    )
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{kind} from {kind_of(cause)}" if cause is not None else kind


def _message(record: logging.LogRecord) -> str:
    """The message, in which exceptions stand by their kind."""
    if record.name == "asyncio":  # writes out what a task holds
        return str(record.msg).splitlines()[0]
    if isinstance(record.msg, BaseException):
        return kind_of(record.msg)
    if not isinstance(record.args, tuple):
        return record.getMessage()
    args = tuple(kind_of(value) if isinstance(value, BaseException) else value for value in record.args)
    return str(record.msg) % args if args else str(record.msg)


def _frames_of(error: BaseException) -> list[str]:
    """Where it happened, outermost first: file, line and function."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return str(path.relative_to(ROOT))
    return "/".join(path.parts[-2:])
