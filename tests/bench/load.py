"""Many patients at once: how long an answer takes until it is kept, what a session costs, and whether one is lost.

Simulated patients (tests.bench.load_patient) begin their runs over real WebSocket connections, which stay open, and
answer by the routes of a run. Half of them are in a practice, half in their first check. With two replicas every second
patient begins at the second one; in the last run that one is killed in the middle. The baseline is an empty Streamlit
app whose button as many people press as often.
"""

import asyncio
import os
import random
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from sqlalchemy import select

from core.domain.exercise.trials import Kind
from core.services.exercise import recognition
from core.services.faces import stimulus_sets
from core.storage.database import Store
from core.storage.tables import TrialRow
from core.vision.rater import load_default
from core.web.warmth import LATER_AFTER
from tests import postgres
from tests.bench.load_patient import LoadPatient
from tests.bench.load_wire import Tab
from tests.bench.starting import EmptyServer, memory
from tests.databases import KINDS, database
from tests.e2e.server import AppServer
from tests.support import BROWSER, PASSWORD, new_clinician, new_patient_before_blocks

SIZES = (50, 200, 500)
SECONDS = 30.0
Answers = set[tuple[str, int]]


@dataclass(frozen=True)
class LoadRun:
    """One line of the table. Times in seconds, memory in MiB."""

    patients: int
    database: str
    replicas: str
    times: list[float]
    empty: float
    memory: float | None
    errors: list[str]
    missing: int
    """Answers that were acknowledged and not stored."""
    surplus: int
    """Answers that were stored and not acknowledged."""
    load: float

    def cells(self) -> dict[str, str]:
        p50, p95, p99 = (f"{1000 * percentile(self.times, p):.0f} ms" for p in (50, 95, 99))
        ratio = percentile(self.times, 95) / self.empty
        held = "–" if self.memory is None else f"{self.memory:.1f} MiB"
        apart = f"{self.missing} − {self.surplus}" if self.missing or self.surplus else "0"
        return {
            "patients": str(self.patients),
            "database": self.database,
            "replicas": self.replicas,
            "answers": str(len(self.times)),
            "p50": p50,
            "p95": p95,
            "p99": p99,
            "p95 of an empty app": f"{1000 * self.empty:.0f} ms ({ratio:.1f}×)",
            "memory a session": held,
            "errors": str(len(self.errors)),
            "acknowledged − stored": apart,
            "machine's load": f"{self.load:.1f}",
        }


def percentile(times: Sequence[float], which: int) -> float:
    return quantiles(times, n=100, method="inclusive")[which - 1]


def load_runs(sizes: Sequence[int] = SIZES, seconds: float = SECONDS) -> Iterator[LoadRun]:
    """Every run of the table, one after the other: sizes, then with a replica killed, on each database."""
    postgres.SETTINGS.update(fsync="on", full_page_writes="on", autovacuum="on")  # as in a clinic, not as in tests
    with TemporaryDirectory(prefix="lexithymia-load-") as folder:
        local = Path(folder)
        empty = {size: _empty_p95(local, size, seconds) for size in sizes}
        for kind in KINDS:
            with database(kind, local) as store:
                _fill(store, max(sizes))
                for replicas in (1, 2):
                    yield from _runs(local, store, replicas, sizes, seconds, empty)


def _fill(store: Store, patients: int) -> None:
    stimulus_sets.update_faces(store, load_default())
    clinician = new_clinician(store)
    for number in range(patients):
        patient = new_patient_before_blocks(store, clinician, _code(number))
        if number % 2:
            recognition.begin(store, patient, BROWSER, Kind.PRACTICE)


def _runs(
    local: Path, store: Store, replicas: int, sizes: Sequence[int], seconds: float, empty: dict[int, float]
) -> Iterator[LoadRun]:
    with _servers(local, store, replicas) as servers:
        rested = sum(map(memory, servers))
        for size in sizes:
            yield _run(store, servers, str(replicas), size, seconds, empty[size], rested)
        if replicas > 1:
            yield _run(store, servers, "2, one killed", max(sizes), seconds, empty[max(sizes)], None)


@contextmanager
def _servers(local: Path, store: Store, replicas: int) -> Iterator[list[AppServer]]:
    """Replicas on one database, which have done all that a server does after its start."""
    url = store.url.render_as_string(hide_password=False)
    with ExitStack() as stack:
        servers = []
        for number in range(replicas):
            place = local / f"{store.engine.dialect.name}-{replicas}-{number}"
            place.mkdir()
            servers.append(stack.enter_context(AppServer(place, environment={"DATABASE_URL": url})))
        time.sleep(LATER_AFTER + 2)
        while not all("lexithymia_jobs_total" in _figures(server) for server in servers):
            time.sleep(1)
        yield servers


def _figures(server: AppServer) -> str:
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=20) as answer:
        return str(answer.read().decode())


def _run(
    store: Store, servers: list[AppServer], replicas: str, size: int, seconds: float, empty: float, rested: float | None
) -> LoadRun:
    urls = [server.url for server in servers]
    patients = [
        LoadPatient(_code(n), PASSWORD, urls[n % len(urls) :] + urls[: n % len(urls)], random.Random(n))
        for n in range(size)
    ]
    before = stored(store)
    victim = servers[-1] if rested is None else None
    held = asyncio.run(_drive(patients, servers, seconds, victim))
    new = stored(store) - before
    acknowledged: Answers = set().union(*(patient.acknowledged for patient in patients))
    errors = [error for patient in patients for error in patient.errors]
    errors += [f"{patient.code} did not get to the end" for patient in patients if not patient.finished]
    return LoadRun(
        patients=size,
        database=store.engine.dialect.name,
        replicas=replicas,
        times=[took for patient in patients for took in patient.times],
        empty=empty,
        memory=None if rested is None else (held - rested) / size,
        errors=errors,
        missing=len(acknowledged - new),
        surplus=len(new - acknowledged),
        load=os.getloadavg()[0],
    )


async def _drive(
    patients: list[LoadPatient], servers: list[AppServer], seconds: float, victim: AppServer | None
) -> float:
    """Let all patients in, then answer; returns the memory of the servers at the end in MiB."""
    tabs = [await patient.arrive() for patient in patients]
    end = time.monotonic() + seconds
    answering = [
        asyncio.create_task(patient.answer_until(end, tab)) for patient, tab in zip(patients, tabs, strict=True)
    ]
    await asyncio.sleep(seconds / 2)
    if victim is not None:
        victim.kill()
    await asyncio.sleep(seconds / 2)
    held = sum(memory(server) for server in servers if server is not victim)
    await asyncio.gather(*answering)
    return held


def stored(store: Store) -> Answers:
    """Block and number of every answer in the database."""
    with store.begin() as db:
        rows = db.execute(select(TrialRow.block_id, TrialRow.number).where(TrialRow.response.is_not(None)))
        return {(block, number) for block, number in rows}


def _empty_p95(local: Path, size: int, seconds: float) -> float:
    place = local / f"empty-{size}"
    place.mkdir()
    with EmptyServer(place) as server:
        return asyncio.run(_press(server.url, size, seconds))


async def _press(url: str, size: int, seconds: float) -> float:
    end, times = time.monotonic() + seconds, list[float]()

    async def person(number: int) -> None:
        chance, tab = random.Random(number), await Tab.open(url)
        while time.monotonic() < end:
            await asyncio.sleep(chance.uniform(2, 4))
            began = time.perf_counter()
            await tab.press("Go")
            times.append(time.perf_counter() - began)
        await tab.close()

    await asyncio.gather(*(person(number) for number in range(size)))
    return percentile(times, 95)


def _code(number: int) -> str:
    return f"P-{number:03}"
