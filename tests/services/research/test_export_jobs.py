"""Exports in the background: one at a time for each, can be stopped, wait for their owner for a day, and go then."""

import io
import json
import logging
import os
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.applications import Starlette

from core.config import settings
from core.domain.exercise.selection import Selection
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, NotSignedIn, Refusal
from core.services.accounts import accounts
from core.services.gate.access import signed_in
from core.services.privacy import consents, erasure
from core.services.privacy.consent_texts import newest
from core.services.research import export_files
from core.services.research.unblinding import unblind
from core.storage import waiting_exports
from core.storage.database import Store
from core.storage.queries.erasure_queries import erase
from core.storage.tables import ConsentRow, PersonRow
from core.web import logs
from core.web.cookies import COOKIE
from core.web.files import exports
from core.web.files.exports import ExportJob, ExportRoutes, job_of, start
from tests.services.research.conftest import ResearchClinic
from tests.support import PASSWORD

ALL = Selection()


@pytest.fixture(autouse=True)
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for what is written."""
    monkeypatch.setenv("LEXITHYMIA_LOCAL", str(tmp_path / "local"))
    settings.cache_clear()
    yield tmp_path / "local"
    settings.cache_clear()


def ended(job: ExportJob) -> ExportJob:
    for _ in range(600):
        if not job.running:
            return job
        time.sleep(0.05)
    raise AssertionError("the export went on for half a minute")


def fetched(clinic: ResearchClinic, token: str, path: str) -> httpx.Response:
    """What a browser with this sign-in gets."""
    app = Starlette(routes=ExportRoutes(clinic.store).routes())

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://site", cookies={COOKIE: token}) as client:
            return await client.get(path)

    return anyio.run(asked)


@pytest.mark.both_databases
def test_an_export_is_written_in_the_background_and_fetched_by_its_owner_only(
    clinic: ResearchClinic, local: Path
) -> None:
    _, patient = clinic.patient("P-1")
    clinic.check(patient)
    job = ended(start(clinic.store, clinic.researcher, ALL, 42))
    assert (job.rows, job.share, job.refusal) == (42, 1.0, None)
    assert job.done is not None
    assert [job.done] == export_files.finished(clinic.store, clinic.researcher)
    path = f"/exports/{job.done.name}"
    got = fetched(clinic, clinic.researcher, path)
    assert (got.status_code, got.headers["cache-control"], len(got.content)) == (200, "no-store", job.done.bytes)
    with zipfile.ZipFile(io.BytesIO(got.content)) as file:
        assert "manifest.json" in file.namelist()
    for token, status in ((clinic.clinician, 404), (patient, 404), ("", 401), ("made up", 401)):
        refused = fetched(clinic, token, path)
        assert refused.status_code == status
        assert len(refused.text.splitlines()) == 2, "in both languages"
    [kept] = local.glob("exports/*/*.zip")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_name_leads_to_no_other_file(clinic: ResearchClinic, local: Path) -> None:
    (local / "secret.zip").parent.mkdir(parents=True, exist_ok=True)
    (local / "secret.zip").write_text("not yours", encoding="utf-8")
    for name in ("../../secret.zip", "secret.zip", "", "..", "lexithymia-20260101T000000Z-00000000.zip"):
        with pytest.raises(NotAllowed):
            export_files.file_of(clinic.store, clinic.researcher, name)


def test_a_stopped_export_leaves_nothing(clinic: ResearchClinic, local: Path) -> None:
    _, patient = clinic.patient("P-1")
    clinic.check(patient)
    job = ExportJob(42)
    job.cancel()
    assert not job.goes_on(1)
    exports._work(job, clinic.store, clinic.researcher, ALL, "a number")
    assert (job.running, job.done, job.refusal) == (False, None, None)
    assert list(local.glob("exports/*/*")) == []


def test_what_stands_in_the_way_is_said(clinic: ResearchClinic) -> None:
    job = ended(start(clinic.store, clinic.researcher, ALL, 0))
    assert job.refusal is not None
    assert "Nobody who agreed" in job.refusal.sentence


def test_an_error_of_the_database_tells_the_log_nothing_of_a_person(
    clinic: ResearchClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The statement's values would, and PostgreSQL's own message does."""

    def twice(store: Store, *_: object) -> None:
        with store.begin() as db:
            db.add(PersonRow(code="P-017", role="patient"))

    clinic.patient("P-017")
    monkeypatch.setattr(export_files, "make", twice)
    number = logs.begin_request()
    handler = logging.StreamHandler(written := io.StringIO())
    handler.setFormatter(logs.ForMachines())
    monkeypatch.setattr(exports._log, "handlers", [handler])
    assert ended(start(clinic.store, clinic.researcher, ALL, 1)).refusal is not None
    line = json.loads(written.getvalue())
    assert line["request"] == number
    assert line["error"].startswith("sqlalchemy.exc.IntegrityError")
    assert "P-017" not in written.getvalue()


def test_who_is_at_it_already_gets_the_same_and_a_third_person_waits(
    clinic: ResearchClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = signed_in(clinic.store, clinic.researcher).id
    running = {"one": ExportJob(1), me: ExportJob(1)}
    monkeypatch.setattr(exports, "_jobs", running)
    assert start(clinic.store, clinic.researcher, ALL, 1) is running[me]
    assert start(clinic.store, accounts.sign_in(clinic.store, "R. Lind", PASSWORD), ALL, 1) is running[me], (
        "another browser of the same person"
    )
    with pytest.raises(Refusal, match="Others are exporting"):
        start(clinic.store, clinic.clinician, ALL, 1)
    assert job_of(clinic.store, clinic.clinician) is None
    with pytest.raises(NotSignedIn):
        start(clinic.store, "another", ALL, 1)


@pytest.mark.both_databases
def test_who_was_erased_or_took_a_consent_back_at_another_server_is_in_no_file_that_waits(
    clinic: ResearchClinic,
) -> None:
    id_, first = clinic.patient("P-1")
    _, second = clinic.patient("P-2")
    clinic.check(first)
    clinic.check(second)
    waits = ended(start(clinic.store, clinic.researcher, ALL, 84)).done
    assert waits is not None
    with clinic.store.begin() as db:
        erase(db, id_)
    assert fetched(clinic, clinic.researcher, f"/exports/{waits.name}").status_code == 404
    waits = ended(start(clinic.store, clinic.researcher, ALL, 42)).done
    assert [waits] == export_files.finished(clinic.store, clinic.researcher)
    with clinic.store.begin() as db:
        db.query(ConsentRow).filter_by(purpose=Purpose.RESEARCH).update({"decision": "no"})
    assert export_files.finished(clinic.store, clinic.researcher) == []


def test_the_export_after_an_erasure_has_nothing_of_the_person(clinic: ResearchClinic) -> None:
    id_, token = clinic.patient("P-1")
    clinic.check(token)
    [gone] = unblind(clinic.store, clinic.clinician, ALL, "so that the test knows the name")
    clinic.check(clinic.patient("P-2")[1])
    erasure.erase(clinic.store, clinic.clinician, id_, "P-1")
    done = ended(start(clinic.store, clinic.researcher, ALL, 42)).done
    assert done is not None
    assert (done.counts.people, done.counts.trials) == (1, 42)
    with zipfile.ZipFile(export_files.file_of(clinic.store, clinic.researcher, done.name)) as file:
        assert [name for name in file.namelist() if gone.participant in name] == []
        assert gone.participant not in file.read("data/study-lexithymia_data.csv").decode()


@pytest.mark.parametrize("last", [False, True])
def test_an_erasure_while_an_export_is_written_is_said(clinic: ResearchClinic, local: Path, last: bool) -> None:
    """What lies there is deleted at the first or at the last row: all that is written then, by whatever library."""
    for code in ("P-1", "P-2"):
        clinic.check(clinic.patient(code)[1])
    seen: list[int] = []

    def erasing(rows: int) -> bool:
        seen.append(rows)
        if len(seen) == (2 if last else 1):
            waiting_exports.delete_all()
        return True

    with pytest.raises(Refusal, match="was deleted or took back a consent while"):
        export_files.make(clinic.store, clinic.researcher, Selection(), erasing)
    assert [path for folder in waiting_exports.folders() for path in folder.iterdir()] == []


def test_after_a_day_or_an_erasure_nothing_waits(clinic: ResearchClinic, local: Path) -> None:
    _, patient = clinic.patient("P-1")
    clinic.check(patient)
    for _ in range(2):
        ended(start(clinic.store, clinic.researcher, ALL, 42))
    first, second = sorted(local.glob("exports/*/*.zip"))
    old = time.time() - waiting_exports.KEPT.total_seconds() - 60
    os.utime(first, (old, old))
    assert [one.name for one in export_files.finished(clinic.store, clinic.researcher)] == [second.name]
    assert not first.exists()
    waiting_exports.delete_all()
    assert export_files.finished(clinic.store, clinic.researcher) == []
    assert list(local.glob("exports/*/*.zip")) == []


def test_a_yes_to_research_taken_back_deletes_what_waits_and_a_first_no_does_not(
    clinic: ResearchClinic, local: Path
) -> None:
    _, patient = clinic.patient("P-1")
    clinic.check(patient)
    ended(start(clinic.store, clinic.researcher, ALL, 42))
    clinic.patient("P-2", agrees=False)
    assert len(list(local.glob("exports/*/*.zip"))) == 1
    consents.decide(clinic.store, patient, Purpose.RESEARCH, newest(Purpose.RESEARCH), False)
    assert list(local.glob("exports/*/*.zip")) == []
