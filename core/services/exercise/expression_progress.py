"""Results of the expression exercise: a run that is over, the line of a person, the matrix of each network.

The matrix stands beside recognition's on the same axes and is never added to it; there is no verdict of change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.camera.expression import (
    Agreement,
    ExpressionKind,
    ExpressionRun,
    agreements,
    expression_matrix,
    networks_of,
)
from core.domain.network.rating import NetworkId
from core.domain.people import NotAllowed, Role
from core.domain.statistics.metrics import Counts
from core.services.exercise.expression import run
from core.services.gate.access import require, require_patient_of
from core.storage.database import Store
from core.storage.queries import expression_queries


@dataclass(frozen=True)
class NetworkMatrix:
    """What one network saw of all that a person showed."""

    network: NetworkId
    counts: Counts
    """7 × 7, rows meant, columns seen."""
    agreements: tuple[Agreement, ...]
    """Emotion by emotion."""
    not_sure: int
    """Tries that the person had no word for, which are in no cell."""


@dataclass(frozen=True)
class RunPoint:
    """One run on a person's line: `same` of `tries` were seen as meant by `network`."""

    run_id: str
    when: datetime
    task: ExpressionKind
    network: NetworkId
    same: int
    tries: int


def result(store: Store, token: str, run_id: str) -> ExpressionRun:
    """One of the patient's own runs that is over; raises NotAllowed for any other."""
    ended = run(store, token, run_id)
    if not ended.ended:
        raise NotAllowed("There is no result here yet.")
    return ended


def last(store: Store, token: str) -> ExpressionRun | None:
    """The patient's newest run that is over and in which something was shown."""
    with store.begin() as db:
        return expression_queries.newest_shown(db, require(db, token, Role.PATIENT).id)


def progress(store: Store, token: str, patient_id: str | None = None) -> tuple[RunPoint, ...]:
    """The line of the signed-in patient, or of a patient in the signed-in clinician's care: a point for each run and
    network in which something was shown and named, oldest first."""
    points = []
    for ended in _ended(store, token, patient_id):
        for network in networks_of([ended]):
            agreed = agreements([ended], network)
            same, tries = sum(a.same for a in agreed), sum(a.tries for a in agreed)
            if tries:
                points.append(RunPoint(ended.id, ended.started_at, ended.task, network, same, tries))
    return tuple(points)


def matrix(store: Store, token: str, patient_id: str | None = None) -> tuple[NetworkMatrix, ...]:
    """What each network saw of all that the person showed, the newest use first. For the signed-in patient, or for a
    clinician who cares for `patient_id`."""
    runs = _ended(store, token, patient_id)
    return tuple(_of_network(runs, network) for network in networks_of(runs))


def _of_network(runs: Sequence[ExpressionRun], network: NetworkId) -> NetworkMatrix:
    tries = [one for found in runs for one in found.made if one.network == network]
    unsure = sum(one.meant is None for one in tries)
    return NetworkMatrix(network, expression_matrix(tries), agreements(runs, network), unsure)


def _ended(store: Store, token: str, patient_id: str | None) -> list[ExpressionRun]:
    with store.begin() as db:
        if patient_id is None:
            patient_id = require(db, token, Role.PATIENT).id
        else:
            require_patient_of(db, token, patient_id)
        return expression_queries.ended_runs(db, patient_id)
