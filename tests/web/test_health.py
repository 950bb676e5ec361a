"""Proxies learn whether to send people here."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from core.config import VERSION
from core.storage.migrate import newest
from core.web import health
from core.web.stopping import stopping
from tests.web.conftest import WebClient


def _health(site: WebClient) -> tuple[int, dict[str, object]]:
    answer = site.get("/healthz")
    return answer.status, json.loads(site.text)


def test_a_server_that_is_well_says_what_it_is(site: WebClient) -> None:
    assert _health(site) == (
        200,
        {
            "status": "ok",
            "version": VERSION,
            "database": "reachable",
            "migrations": {"at": newest(), "newest": newest()},
        },
    )


def test_without_its_database_it_lives_but_is_not_well(site: WebClient, tmp_path: Path) -> None:
    site.store.close()
    (tmp_path / "web.db").unlink()
    (tmp_path / "web.db").mkdir()
    status, body = _health(site)
    assert (status, body["status"], body["database"]) == (503, "no database", "unreachable")
    assert site.get("/livez").status == 200


def test_a_database_from_another_version_is_not_served(site: WebClient) -> None:
    with site.store.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    status, body = _health(site)
    assert (status, body["status"]) == (503, "migrations missing")
    assert body["migrations"] == {"at": "0001", "newest": newest()}


def test_a_server_that_stops_sends_people_elsewhere(site: WebClient) -> None:
    stopping.set()
    try:
        assert _health(site)[0] == 503
        assert json.loads(site.text)["status"] == "stopping"
    finally:
        stopping.clear()


def test_a_database_that_does_not_answer_is_not_waited_for(site: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    answered = threading.Event()
    monkeypatch.setattr(health, "version", lambda store: answered.wait(20))
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    assert _health(site)[0] == 503
    assert not answered.is_set()
    answered.set()
