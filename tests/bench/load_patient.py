"""A simulated patient: signs in, answers a face every two to four seconds, and remembers what was acknowledged.

An answer is acknowledged when the server says that it is kept. A patient whose server is gone tells the next one, as a
browser does behind a proxy; until then the answer is kept here, as it is there.
"""

import asyncio
import random
import ssl
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.exceptions import WebSocketException

from core.domain.emotions import Emotion
from core.web.runs import HEADER
from tests.bench.load_wire import Tab, sign_in
from tests.e2e.answers import sent_answer

PHONE = "Mozilla/5.0 (Linux; Android 15) Mobile"
EVERY = " ".join(emotion.word for emotion in Emotion)
AGAIN_AFTER = 1.0
"""Seconds, as in outbox.js."""
LEAVES = (WebSocketException, OSError, TimeoutError, httpx.TransportError)
_PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing is encrypted here; without it each client reads every authority's certificate, 0.1 s of processor."""


@dataclass
class LoadPatient:
    """A patient at a browser. Times are in seconds."""

    code: str
    password: str
    servers: list[str]
    """Addresses of the replicas, that of this patient first."""
    chance: random.Random
    pause: tuple[float, float] = (2.0, 4.0)
    """Between two answers."""
    times: list[float] = field(default_factory=list)
    acknowledged: set[tuple[str, int]] = field(default_factory=set)
    """Block and number of each answer."""
    errors: list[str] = field(default_factory=list)
    moves: int = 0
    """How often the server was gone."""
    finished: bool = False
    _cookie: str = ""
    _run: str = ""
    _ahead: list[tuple[int, list[str]]] = field(default_factory=list)
    _told: int = 0
    _stand_ins: set[int] = field(default_factory=set)

    async def arrive(self) -> Tab:
        """Sign in by the form, and begin, or go on with, a run from home."""
        self._cookie = await sign_in(self.servers[0], self.code, self.password)
        return await self._begin()

    async def _begin(self) -> Tab:
        tab = await Tab.open(self.servers[0], self._cookie)
        for label in ("Go on", "Begin"):
            if not tab.run and label in tab.buttons:
                await tab.press(label)
        try:
            await tab.until(lambda: bool(tab.run))
        except TimeoutError:
            raise LookupError(f"{self.code} sees no face but: {tab.texts[:3]} {sorted(tab.buttons)}") from None
        self._run, self._stand_ins = tab.run, set()
        async with self._client() as client:
            answer = await client.get(f"/runs/{self._run}")
            answer.raise_for_status()
            self._ahead = [(item["number"], item.get("two", EVERY).split()) for item in answer.json()["items"]]
        return tab

    def _client(self) -> httpx.AsyncClient:
        headers = {"Cookie": self._cookie, "Origin": self.servers[0], HEADER: "1", "User-Agent": PHONE}
        return httpx.AsyncClient(base_url=self.servers[0], headers=headers, timeout=15, verify=_PLAIN)

    async def answer_until(self, end: float, tab: Tab) -> None:
        """Answer faces until `end` by time.monotonic(). What keeps the patient from it is among the errors."""
        try:
            while time.monotonic() < end:
                await self.answer()
            await tab.close()
            self.finished = True
        except Exception as error:
            self.errors.append(f"{self.code}: {type(error).__name__} {error}")

    async def answer(self) -> None:
        """Look at a face, answer it, and tell so until the server has it; after the last one come back for another
        run."""
        if not self._ahead:
            await (await self._somewhere(self._begin)).close()
        await asyncio.sleep(self.chance.uniform(*self.pause))
        number, offered = self._ahead.pop(0)
        self._told += 1
        event = {"seq": self._told, "type": "answer", "number": number, **sent_answer(self.chance.choice(offered))}
        began = time.perf_counter()
        await self._somewhere(
            lambda: self._tell({"known": 1000, "stand_ins": sorted(self._stand_ins), "events": [event]})
        )
        self.times.append(time.perf_counter() - began)
        self.acknowledged.add((self._run, number))

    async def _tell(self, batch: dict[str, Any]) -> None:
        async with self._client() as client:
            answer = await client.post(f"/runs/{self._run}", params={"language": "en"}, json=batch)
            answer.raise_for_status()
            told = answer.json()
            self._stand_ins |= {item["number"] for item in told.get("stand_ins", ())}
            if told["kept"] != self._told:
                raise ValueError(f"{self.code} told {self._told}, and {told['kept']} is kept")

    async def _somewhere(self, done: Any) -> Any:
        """Do it, at the next server where one is gone or cannot save just now."""
        while True:
            try:
                return await done()
            except httpx.HTTPStatusError as error:
                if error.response.status_code != 503:
                    raise
            except LEAVES:
                self.servers.append(self.servers.pop(0))
                self.moves += 1
            await asyncio.sleep(AGAIN_AFTER)
