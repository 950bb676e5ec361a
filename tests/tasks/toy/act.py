"""Run in a copy of the product that has the toy task: a measured run through the services, and an export of all.

python act.py DATABASE TOKEN OTHER_TOKEN OUT
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from core.domain.devices import Browser
from core.domain.exercise.events import Answered, Batch, Given, NotUnderstood, OutOfOrder
from core.domain.exercise.selection import Selection
from core.domain.people import NotAllowed
from core.services.exercise import runs
from core.services.research import export
from core.storage.database import Store
from core.tasks import tasks

BROWSER = Browser("en", "Europe/Madrid", "computer", "a test")
AT = datetime.now(UTC)
LEFT = Given("left", 900.0, AT, AT + timedelta(seconds=0.9))


def refused(store: Store, token: str, run: str, *events: Answered) -> type[Exception] | None:
    try:
        runs.take(store, token, run, Batch(events, len(events), 0), BROWSER)
    except (NotAllowed, NotUnderstood, OutOfOrder) as refusal:
        return type(refusal)
    return None


def main(database: str, token: str, other: str, out: str) -> None:
    store = Store(database)
    run = runs.begin(store, token, BROWSER, tasks()["twofaces"], "pair_check")
    state = runs.state(store, token, run)
    assert [(item.feedback, dict(item.told)) for item in state.items] == [(None, {})] * 4
    assert refused(store, other, run, Answered(1, LEFT)) is NotAllowed
    assert refused(store, token, run, Answered(1, replace(LEFT, response="fear"))) is NotUnderstood
    assert refused(store, token, run, Answered(2, LEFT)) is OutOfOrder
    assert refused(store, token, run, *(Answered(number, LEFT) for number in range(1, 5))) is None
    assert runs.state(store, token, run).over
    later = datetime.now(UTC) + timedelta(days=60)
    with patch.object(export, "now", lambda: later):
        export.export_by_command(store, Selection(tasks=("twofaces",)), Path(out), lambda rows: True)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
