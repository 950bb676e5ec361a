"""Prometheus metrics at GET /metrics. They count; no code, name, token or address is in them.

Each replica counts for itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hmac import compare_digest

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector
from sqlalchemy import event
from sqlalchemy.engine import Engine, ExceptionContext
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.web.middleware.proxy import from_here

registry = CollectorRegistry()
ProcessCollector(registry=registry)

REQUESTS = Counter(
    "lexithymia_requests",
    "Requests answered. A WebSocket counts when it opens; files are Streamlit's own.",
    ["method", "route", "status"],
    registry=registry,
)
ENTRIES = Counter(
    "lexithymia_entries",
    'Account forms that were answered, by outcome: "done", or the name of the problem.',
    ["form", "outcome"],
    registry=registry,
)
SESSIONS = Gauge("lexithymia_sessions", "Browser tabs that are connected now.", registry=registry)
ANSWERS = Histogram(
    "lexithymia_answer_seconds",
    "From the arrival of answers, through their commit, until their browser is told that they are kept.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5),
    registry=registry,
)
DATABASE_ERRORS = Counter(
    "lexithymia_database_errors", "Errors that the database reported, by kind.", ["kind"], registry=registry
)
VIOLATIONS = Counter(
    "lexithymia_policy_violations",
    "Reports of browsers that the content security policy kept something away.",
    registry=registry,
)
JOBS_RUNNING = Gauge("lexithymia_jobs_running", "Background jobs that run now.", ["job"], registry=registry)
JOBS = Counter("lexithymia_jobs", "Background jobs that ended, by outcome.", ["job", "outcome"], registry=registry)


@contextmanager
def job(name: str) -> Iterator[None]:
    """Count a background job while it runs, and how it ended."""
    outcome = "failed"
    JOBS_RUNNING.labels(name).inc()
    try:
        yield
        outcome = "done"
    finally:
        JOBS_RUNNING.labels(name).dec()
        JOBS.labels(name, outcome).inc()


def count_errors(engine: Engine) -> None:
    """Count what the database of `engine` reports from now on."""

    def count(context: ExceptionContext) -> None:
        DATABASE_ERRORS.labels(type(context.original_exception).__name__).inc()

    event.listen(engine, "handle_error", count)


def metrics_route(token: str) -> Route:
    """GET /metrics: for programs on this machine, and for who presents `token` as a bearer if there is one."""

    async def metrics(request: Request) -> Response:
        if not (from_here(request.scope) or _presents(request, token)):
            raise HTTPException(404)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return Route("/metrics", metrics, methods=["GET"])


def _presents(request: Request, token: str) -> bool:
    said = request.headers.get("authorization", "")
    return bool(token) and compare_digest(said.encode(), f"Bearer {token}".encode())
