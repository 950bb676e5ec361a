"""What the server wrote down during a whole visit holds nothing of the people who visited."""

import json

from playwright.sync_api import expect
from sqlalchemy import text

from core.services.accounts import accounts
from core.web.cookies import COOKIE
from tests.e2e.acting import SOON, answer_by_key, begin_run, join, sign_in
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.support import PASSWORD

PATIENT, NOBODY = "P-QUIETLY-7", "somebody.else@example.org"


def test_a_visit_with_errors_leaves_no_trace_of_a_person(
    server: AppServer, clinician: str, open_page: OpenPage
) -> None:
    invitation = accounts.invite_patient(server.store, clinician, PATIENT)
    page = open_page()
    before = len(server.log)
    sign_in(page, server.url, NOBODY, "not the right one")
    expect(page.locator("form.door [role=alert]")).to_be_visible(timeout=SOON)
    join(page, f"{server.url}/join?invitation={invitation}")
    begin_run(page, 14)
    answer_by_key(page, "1")
    cookie = next(c["value"] for c in page.context.cookies() if c["name"] == COOKIE)

    with server.store.begin() as db:  # their page fails, with an error that names them
        whose = {"code": PATIENT, "id": id_of(server.store, PATIENT)}
        db.execute(text("UPDATE blocks SET kind = :code WHERE person_id = :id"), whose)
    page.goto(server.url)
    sorry = page.get_by_text("Something went wrong on our side")
    expect(sorry).to_be_visible(timeout=SOON)
    number = sorry.inner_text().split()[-1]
    for _ in range(50):  # the page is told first, the log after it
        if number in server.log[before:]:
            break
        page.wait_for_timeout(100)

    log = server.log[before:]
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    failed = [line for line in lines if line["level"] == "error"]
    assert number in [line["request"] for line in failed], "the page names the line that tells what happened"
    assert {line["error"] for line in failed} == {"ValueError"}
    traces = (PATIENT, NOBODY, "Dr Vega", PASSWORD, invitation, cookie, clinician, "127.0.0.1", "::1", "Mozilla")
    assert [trace for trace in traces if trace.lower() in log.lower()] == []
