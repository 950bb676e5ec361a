"""What browsers report of the content security policy is counted, and logged without an address of anybody."""

import json
import logging

import httpx
import pytest
from anyio import run
from starlette.applications import Starlette

from core.web.metrics import VIOLATIONS
from core.web.violations import LONGEST, REPORTS, ViolationRoutes

REPORT = {"csp-report": {"violated-directive": "script-src", "blocked-uri": "https://evil.example/a?code=P-01"}}


def told(*bodies: bytes) -> list[int]:
    """The statuses that these reports get, one after the other."""
    app = Starlette(routes=ViolationRoutes().routes())

    async def asked() -> list[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://here") as client:
            return [(await client.post(REPORTS, content=body)).status_code for body in bodies]

    return run(asked)


def counted() -> float:
    return float(next(iter(VIOLATIONS.collect())).samples[0].value)


def test_a_report_is_logged_by_directive_and_host_and_a_flood_is_only_counted(caplog: pytest.LogCaptureFixture) -> None:
    before = counted()
    with caplog.at_level(logging.INFO):
        assert told(*[json.dumps(REPORT).encode()] * 20) == [204] * 20
    assert counted() - before == 20
    (record,) = (one for one in caplog.records if one.name == "core.web.violations")
    assert record.__dict__["fields"] == {"directive": "script-src", "what": "https://evil.example"}


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b"{}", b'{"csp-report": 1}'])
def test_what_is_no_report_is_refused(body: bytes) -> None:
    before = counted()
    assert told(body, b"x" * (LONGEST + 1)) == [400, 413]
    assert counted() == before
