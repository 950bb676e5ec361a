"""Kills: of the process that answers patients, over both databases, and of what an operator does; and full disks.

    python -m tests.bench --only kills [--kills 1000]

A tenth of that number goes to each of backup, restore, import, export, migration and erasure. Every kill is SIGKILL at
a random moment. The processes are forked, so that none has to import the product again.
"""

import os
import random
import select
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import text

from core.storage.database import Store
from tests.bench.kill_acts import ACTS, KilledAct, copied
from tests.bench.kill_clients import Acknowledged, acknowledged, answer
from tests.bench.kill_disks import disks
from tests.databases import KINDS, database
from tests.support import new_clinician, new_patient_before_blocks

KILLS = 1000
PATIENTS = 4
LONGEST = 0.5
"""Seconds for which patients are answered before the kill, from the first answer on; of every tenth kill from the
beginning on."""
PATIENCE = 30.0


@dataclass(frozen=True)
class KillFigure:
    """What came of one kind of kill."""

    what: str
    kills: int
    found: str
    seconds: float

    def cells(self) -> dict[str, str]:
        return {
            "what is killed": self.what,
            "kills": f"{self.kills:,}",
            "found": self.found,
            "took": f"{self.seconds:.0f} s",
        }


def kill_figures(kills: int = KILLS) -> Iterator[KillFigure]:
    """Raises AssertionError where something was lost, doubled, half done or left behind."""
    chance = random.Random(kills)
    for kind in KINDS:
        with tempfile.TemporaryDirectory(prefix="lexithymia-kills-") as folder:
            yield _answers(kind, Path(folder), kills // len(KINDS), chance)
    for act in ACTS:
        with tempfile.TemporaryDirectory(prefix="lexithymia-kills-") as folder:
            yield _acts(act, Path(folder), max(1, kills // 10), chance)
    yield from (KillFigure(what, 0, said, seconds) for what, said, seconds in disks())


def killed(work: Callable[[], object], after: float, sign: int | None = None) -> bool:
    """Do `work` in a process of its own and kill it then, unless it is done before; returns whether it was killed. With
    a `sign` the time begins when there is something to read from this descriptor."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if sign is not None:
        select.select([sign], [], [], PATIENCE)
    ends = time.monotonic() + after
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert status == 0, "it failed before it was killed"
            return False
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _answers(kind: str, folder: Path, kills: int, chance: random.Random) -> KillFigure:
    began, told = time.monotonic(), Acknowledged()
    read, write = os.pipe()
    os.set_blocking(read, False)
    with database(kind, folder, stocked=True) as store:
        clinician = new_clinician(store)
        tokens = [new_patient_before_blocks(store, clinician, f"P-{number}") for number in range(PATIENTS)]
        url = store.url.render_as_string(hide_password=False)
        for number in range(kills):
            store.close()
            sign = None if number % 10 == 9 else read
            killed(partial(answer, url, tokens, write), chance.uniform(0, LONGEST), sign)
            told |= acknowledged(read)
        stored, meetings = _stored(store)
    os.close(read)
    os.close(write)
    assert told
    assert {key: stored.get(key) for key in told} == told, "an acknowledged answer is lost"
    silent = len(stored.keys() - told.keys())
    assert silent <= kills * PATIENTS, "more was stored than was on its way"
    assert meetings == len(stored), "an answer was counted twice"
    found = f"{len(told):,} answers acknowledged, all stored once; {silent:,} stored that were on their way"
    return KillFigure(f"the process that answers {PATIENTS} patients, {kind}", kills, found, time.monotonic() - began)


def _stored(store: Store) -> tuple[Acknowledged, int]:
    """The answers, and how many meetings with an identity were counted."""
    with store.begin() as db:
        rows = db.execute(text("SELECT block_id, number, response FROM trials WHERE response IS NOT NULL"))
        answers = {(block, number): said for block, number, said in rows}
        meetings = db.execute(text("SELECT sum(times) FROM exposures WHERE what LIKE '%:%'")).scalar_one()
    return answers, int(meetings or 0)


def _acts(act: KilledAct, folder: Path, kills: int, chance: random.Random) -> KillFigure:
    began = time.monotonic()
    original = folder / "original"
    original.mkdir()
    act.prepare(original)
    took = min(_undisturbed(act, original, folder / "undisturbed") for _ in range(2))
    ends = wholes = 0
    for _ in range(kills):
        copy = copied(original, folder / "copy")
        ends += not killed(partial(act.act, copy), chance.uniform(0, 1.3 * took))
        wholes += act.check(copy)
    found = f"{wholes} whole ({ends} had ended before), {kills - wholes} as if nothing had been done; nothing left"
    return KillFigure(act.name, kills, found, time.monotonic() - began)


def _undisturbed(act: KilledAct, original: Path, folder: Path) -> float:
    """Seconds that it takes."""
    copy, began = copied(original, folder), time.monotonic()
    assert not killed(partial(act.act, copy), 300), act.name
    took = time.monotonic() - began
    assert act.check(copy), f"{act.name} does not come to its end"
    return took
