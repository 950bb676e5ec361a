"""A server that is told to stop while people answer: what it acknowledged is stored, and it ends by itself."""

import asyncio
import random
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.web.stopping import STOP_WITHIN
from tests.bench.load import stored
from tests.bench.load_patient import LoadPatient
from tests.databases import database
from tests.e2e.server import AppServer
from tests.support import PASSWORD, new_clinician, new_patient_before_blocks

PATIENTS = 4


async def _answer_until_it_is_gone(patients: list[LoadPatient], server: AppServer) -> None:
    """Everybody answers as fast as faces come; after a few answers the server is told to stop."""
    assert server.process is not None
    process = server.process
    tabs = await asyncio.gather(*(patient.arrive() for patient in patients))

    async def answer(patient: LoadPatient) -> None:
        while not patient.moves:
            await patient.answer()

    answering = [asyncio.create_task(answer(patient)) for patient in patients]
    while sum(len(patient.acknowledged) for patient in patients) < 5 * PATIENTS:
        await asyncio.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    while not all(patient.moves for patient in patients):
        await asyncio.sleep(0.05)
    for task in answering:
        task.cancel()
    for tab in tabs:
        await tab.close()


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_by_sigterm(tmp_path: Path) -> None:
    with database("sqlite", tmp_path, stocked=True) as store:
        doctor = new_clinician(store)
        for number in range(PATIENTS):
            new_patient_before_blocks(store, doctor, f"P-{number}")
        url = store.url.render_as_string(hide_password=False)
        with AppServer(tmp_path, environment={"DATABASE_URL": url}) as server:
            patients = [
                LoadPatient(f"P-{n}", PASSWORD, [server.url], random.Random(n), (0.0, 0.1)) for n in range(PATIENTS)
            ]
            with ThreadPoolExecutor(1) as apart:  # Playwright may still occupy this thread's event loop
                apart.submit(asyncio.run, _answer_until_it_is_gone(patients, server)).result()
            assert server.process is not None
            assert server.process.wait(3 * STOP_WITHIN) == -signal.SIGTERM, "it ended by itself, after all was done"
        kept = stored(store)
        acknowledged = set().union(*(patient.acknowledged for patient in patients))
        assert len(acknowledged) >= 5 * PATIENTS
        assert acknowledged - kept == set()
        assert '"level": "error"' not in server.log
