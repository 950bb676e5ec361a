"""Light patients for the kills: the process that answers for them is the one that is killed.

What a patient was told is kept is a line on a pipe, which outlives the process.
"""

import os
from collections.abc import Sequence
from threading import Thread

from core.domain.exercise.trials import Response
from core.domain.people import NotSaved
from core.services.exercise import recognition
from core.storage.database import Store
from tests.history import tell
from tests.support import BROWSER, answered, says

Acknowledged = dict[tuple[str, int], str]
"""Responses by block and number."""
ALWAYS_OFFERED = (Response.NOT_SURE, Response.CANNOT_SEE)
"""Also where practice offers two emotions only."""


def answer(url: str, tokens: Sequence[str], pipe: int) -> None:
    """Answer face after face for each sign-in, without an end."""
    store = Store(url)
    threads = [Thread(target=_answer, args=(store, token, place, pipe)) for place, token in enumerate(tokens)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def acknowledged(pipe: int) -> Acknowledged:
    """What was told on the other end of a pipe until now."""
    told = bytearray()
    while True:
        try:
            chunk = os.read(pipe, 1 << 16)
        except BlockingIOError:
            break
        if not chunk:
            break
        told += chunk
    lines = [line.split() for line in told.decode().splitlines()]
    return {(block, int(number)): response for block, number, response in lines}


def _answer(store: Store, token: str, place: int, pipe: int) -> None:
    while True:
        try:
            block = recognition.begin(store, token, BROWSER)
            while (trial := block.current) is not None:
                said = says(ALWAYS_OFFERED[(trial.number + place) % 2])
                block = tell(store, token, block, answered(trial.number, said))
                given = block.trials[trial.number - 1].answer
                if given is not None:
                    os.write(pipe, f"{block.id} {trial.number} {given.response.value}\n".encode())
        except NotSaved:
            continue
