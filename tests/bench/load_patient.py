"""A simulated patient: signs in, answers a face every two to four seconds, and remembers what was acknowledged.

An answer is acknowledged when the page shows another face or the feedback. A patient whose server is gone goes on at
the next one, as a browser does behind a proxy.
"""

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import WebSocketException

from core.domain.emotions import Emotion
from tests.bench.load_wire import Tab, sign_in

REPEAT = 3.0  # seconds, as in trial_outbox.js
LEAVES = (WebSocketException, OSError, TimeoutError)


@dataclass
class LoadPatient:
    """A patient at a browser. Times are in seconds."""

    code: str
    password: str
    servers: list[str]
    """Addresses of the replicas, that of this patient first."""
    chance: random.Random
    times: list[float] = field(default_factory=list)
    acknowledged: set[tuple[str, int]] = field(default_factory=set)
    """Block and number of each answer."""
    asked_again: list[tuple[str, int]] = field(default_factory=list)
    """Acknowledged answers that a page asked for again; must stay empty."""
    errors: list[str] = field(default_factory=list)
    moves: int = 0
    """How often the server was gone."""
    finished: bool = False
    _cookie: str = ""
    _sent: tuple[str, int] | None = None

    async def arrive(self) -> Tab:
        """Sign in by the form, and open the exercise."""
        self._cookie = await sign_in(self.servers[0], self.code, self.password)
        return await self._come_back()

    async def answer_until(self, end: float, tab: Tab) -> None:
        """Answer faces until `end` by time.monotonic(). What keeps the patient from it is among the errors."""
        try:
            while time.monotonic() < end:
                await asyncio.sleep(self.chance.uniform(2, 4))
                try:
                    tab = await self.answer(tab)
                except LEAVES:
                    self.moves += 1
                    tab = await self._elsewhere(end)
            await tab.close()
            self.finished = True
        except Exception as error:
            self.errors.append(f"{self.code}: {type(error).__name__} {error}")

    async def _elsewhere(self, end: float) -> Tab:
        while True:
            self.servers.append(self.servers.pop(0))
            try:
                return await self._come_back()
            except LEAVES as error:
                if time.monotonic() > end + 30:
                    raise ConnectionError(f"{self.code} found no server to go on at") from error
                await asyncio.sleep(0.5)

    async def _come_back(self) -> Tab:
        """The page with a face: the open run where it was left, or a new one."""
        tab = await Tab.open(self.servers[0], self._cookie, "faces")
        for label in ("Go on", "Begin"):
            if tab.trial is None and label in tab.buttons:
                await tab.press(label)
        if tab.trial is None:
            raise LookupError(f"{self.code} sees no face but: {tab.texts[:3]} {sorted(tab.buttons)}")
        here = _key(tab.trial)
        if here[:2] in self.acknowledged and here[2] == "ask":
            self.asked_again.append(here[:2])
        if self._sent is not None and self._sent != here[:2]:
            self.acknowledged.add(self._sent)  # it had arrived
        self._sent = None
        return tab

    async def answer(self, tab: Tab) -> Tab:
        """Do what comes next: answer the face, leave its feedback, or come back for another run."""
        if tab.trial is None:
            await tab.close()
            return await self._come_back()
        if tab.trial["stage"] == "feedback":
            await self._tell(tab, {"type": "next", "number": tab.trial["number"]})
            return tab
        block, number, _ = _key(tab.trial)
        self._sent = (block, number)
        began = time.perf_counter()
        await self._tell(tab, _says(number, self.chance))
        self.times.append(time.perf_counter() - began)
        self.acknowledged.add((block, number))
        self._sent = None
        return tab

    async def _tell(self, tab: Tab, event: dict[str, Any]) -> None:
        """Report `event`, again and again if need be, until the page shows something else."""
        assert tab.trial is not None
        before, wait = _key(tab.trial), REPEAT
        while True:
            await tab.tell(event)
            try:
                await tab.until(lambda: tab.trial is None or _key(tab.trial) != before, wait)
            except TimeoutError:
                self.errors.append(f"{self.code}: no answer from the server within {wait:.0f} s")
                wait *= 2
                if wait > 30:
                    raise
                continue
            return


def _key(trial: dict[str, Any]) -> tuple[str, int, str]:
    return trial["block"], trial["number"], trial["stage"]


def _says(number: int, chance: random.Random) -> dict[str, Any]:
    """What trial.js sends for an answer."""
    now = 1000 * time.time()
    return {
        "type": "answer",
        "number": number,
        "response": chance.choice([emotion.word for emotion in Emotion]),
        "best_guess": None,
        "response_time_ms": 1500.0,
        "painted_at": now - 1500,
        "answered_at": now,
        "focus_lost": False,
        "window": "390x844@3",
    }
