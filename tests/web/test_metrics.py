"""Prometheus reads what the server did, and learns nothing of anybody."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from core.web import metrics
from tests.web.conftest import PASSWORD, WebClient


def _figure(name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


def test_requests_are_counted_by_the_template_of_their_route(site: WebClient) -> None:
    labels = {"method": "GET", "route": "/broken/{secret}", "status": "500"}
    before = _figure("lexithymia_requests_total", **labels)
    site.get("/broken/a-secret")
    assert _figure("lexithymia_requests_total", **labels) == before + 1
    site.get("/metrics")
    assert "a-secret" not in site.text


def test_a_made_up_method_or_address_makes_no_new_line(site: WebClient) -> None:
    site._send("BREW", "/coffee/for/P-01", "", {"Host": site.host, "Origin": f"http://{site.host}"})
    site.get("/metrics")
    assert 'lexithymia_requests_total{method="other",route="none",status="404"}' in site.text
    assert "P-01" not in site.text


def test_figures_are_for_this_machine_unless_there_is_a_token(site: WebClient, proxied_site: WebClient) -> None:
    elsewhere = {"X_Forwarded_For": "203.0.113.7"}
    assert site.get("/metrics").status == 200
    assert site.get("/metrics", Host="clinic.example").status == 404
    assert proxied_site.get("/metrics", **elsewhere).status == 404
    assert proxied_site.get("/metrics", Authorization="Bearer wrong", **elsewhere).status == 404
    assert proxied_site.get("/metrics", Authorization="Bearer a token", **elsewhere).status == 200


def test_errors_of_the_database_are_counted_by_kind(site: WebClient) -> None:
    metrics.count_errors(site.store.engine)
    before = _figure("lexithymia_database_errors_total", kind="OperationalError")
    with pytest.raises(OperationalError), site.store.engine.connect() as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))
    assert _figure("lexithymia_database_errors_total", kind="OperationalError") == before + 1


def test_a_job_is_counted_while_it_runs_and_by_how_it_ended() -> None:
    with metrics.job("test"):
        assert _figure("lexithymia_jobs_running", job="test") == 1
    with pytest.raises(ZeroDivisionError), metrics.job("test"):
        raise ZeroDivisionError
    assert _figure("lexithymia_jobs_running", job="test") == 0
    assert _figure("lexithymia_jobs_total", job="test", outcome="done") == 1
    assert _figure("lexithymia_jobs_total", job="test", outcome="failed") == 1


def test_no_code_or_token_is_among_the_figures(site: WebClient, clinician: str) -> None:
    site.post("/auth/sign-in", {"code": "Dr. Ruiz", "password": PASSWORD})
    site.get("/metrics")
    secrets = ("Ruiz", clinician, site.cookies.get("lexithymia", "?"), "127.0.0.1")
    assert [secret for secret in secrets if secret in site.text] == []
