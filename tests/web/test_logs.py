"""The log helps to find an error and tells nothing of a person."""

import json
import logging
import sys

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from core.storage.database import Store
from core.web import logs
from tests.web.conftest import WebClient


def _line(record: logging.LogRecord) -> dict[str, object]:
    found: dict[str, object] = json.loads(logs.ForMachines().format(record))
    return found


def _record(error: BaseException, name: str = "core.web.accounts") -> logging.LogRecord:
    try:
        raise error
    except type(error):
        return logging.LogRecord(name, logging.ERROR, __file__, 1, "it failed: %s", (error,), sys.exc_info())


def test_an_error_in_a_request_keeps_its_kind_and_place_and_not_its_words() -> None:
    number = logs.begin_request()
    line = _line(_record(ValueError("P-01 lives in Calle Mayor")))
    assert line["request"] == number
    assert line["event"] == "it failed: ValueError"
    assert line["error"] == "ValueError"
    assert "tests/web/test_logs.py" in str(line["where"])
    assert "Mayor" not in json.dumps(line)


def test_an_error_of_the_database_keeps_its_code_and_what_caused_it() -> None:
    logs.begin_request()
    with create_engine("sqlite://").connect() as db:
        db.execute(text("CREATE TABLE people (code TEXT UNIQUE)"))
        db.execute(text("INSERT INTO people VALUES ('P-01')"))
        with pytest.raises(IntegrityError) as caught:
            db.execute(text("INSERT INTO people VALUES (:code)"), {"code": "P-01"})
    line = _line(_record(caught.value))
    assert "SQLITE_CONSTRAINT_UNIQUE" in str(line["error"])
    assert "P-01" not in json.dumps(line)


def test_what_a_statement_was_given_is_in_no_error_at_a_start_either(store: Store) -> None:
    with pytest.raises(IntegrityError) as caught, store.begin() as db:
        db.execute(text("INSERT INTO care VALUES (:clinician, :patient)"), {"clinician": "Dr Vega", "patient": "P-01"})
    assert "P-01" not in str(caught.value)


def test_an_error_of_nobody_s_request_is_told_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    logs._number.set("")
    line = _line(_record(ValueError("the card lacks a version")))
    assert line["message"] == "the card lacks a version"
    assert "request" not in line


def test_an_error_that_nobody_handled_becomes_a_page_with_its_number(
    site: WebClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = site.get("/broken/a-secret")
    number = answer.headers["X-Request-ID"]
    assert answer.status == 500
    assert f"Number of this problem / Número de este problema: {number}" in site.text
    assert "Mayor" not in site.text
    lines = [json.loads(logs.ForMachines().format(record)) for record in caplog.records if record.exc_info]
    assert [line["error"] for line in lines] == ["ValueError"]
    assert "a-secret" not in json.dumps(lines)


def test_streamlit_and_uvicorn_write_in_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    from streamlit.logger import get_logger

    before = logging.getLogger().handlers
    try:
        logs.set_up()
        get_logger("streamlit.a_new_one").warning("from Streamlit")
        logging.getLogger("uvicorn.error").info('203.0.113.7:1234 - "WebSocket /" [accepted]')
        logging.getLogger("uvicorn.error").warning("from uvicorn")
    finally:
        logging.getLogger().handlers = before
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["from Streamlit", "from uvicorn"]
