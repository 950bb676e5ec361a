"""One clinic with all that an export can meet, and the folder of its export."""

import csv
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from core.domain.emotions import Emotion
from core.domain.exercise.events import Left, Painted
from core.domain.exercise.plan import Plan
from core.domain.exercise.selection import Selection
from core.domain.exercise.trials import Response
from core.domain.patient.consent import Purpose
from core.export.columns import MISSING
from core.services.clinic import questionnaires
from core.services.exercise import expression, plans, recognition, runs
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.services.research import studies
from core.services.research.export import export
from core.storage.database import Store
from tests.databases import database
from tests.history import answer, run_through, tell
from tests.services.exercise.expression.acting import agree, begin, show_all
from tests.services.research.conftest import ResearchClinic, clinic_in
from tests.services.research.later import weeks_later
from tests.support import BROWSER, says

STUDY = '=Brief, or "clear"'
"""A name that a spreadsheet would take for a formula, with what CSV has to quote."""


@dataclass
class UnpackedExport:
    """The clinic, ids by code, and the export of everybody, unpacked."""

    clinic: ResearchClinic
    ids: dict[str, str]
    folder: Path

    @property
    def ada(self) -> str:
        """The pseudonym of P-ada, who alone is in a study."""
        return next(row["participant_id"] for row in self.rows() if row["study"] != MISSING)

    def rows(self) -> list[dict[str, str]]:
        with (self.folder / "data/study-lexithymia_data.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def texts(self) -> Iterator[tuple[str, str]]:
        for path in self.folder.rglob("*"):
            if path.is_file() and path.suffix not in {".webp", ".parquet"}:
                yield str(path.relative_to(self.folder)), path.read_text(encoding="utf-8")


@contextmanager
def exported(folder: Path) -> Iterator[UnpackedExport]:
    with database("sqlite", folder, stocked=True) as store:
        clinic = clinic_in(store)
        ids = {}
        for code, agrees in (("P-ada", True), ("P-bea", True), ("P-cai", False), ("P-dov", True), ("P-eli", True)):
            ids[code], token = clinic.patient(code, agrees)
            live(clinic, code, ids[code], token)
        with weeks_later():
            export(store, clinic.researcher, Selection(), folder / "export.zip", lambda rows: True)
        with zipfile.ZipFile(folder / "export.zip") as file:
            file.extractall(folder / "export")
        yield UnpackedExport(clinic, ids, folder / "export")


def live(clinic: ResearchClinic, code: str, id_: str, token: str) -> None:
    store = clinic.store
    if code == "P-ada":
        studies.enrol(store, clinic.clinician, id_, clinic.study(STUDY))
        clinic.check(token, right=35)
        clinic.check(token, right=30)
        agree(store, token)
        show_all(store, token, mistaken=Emotion.FEAR)
        skipped_try(store, token)
        questionnaires.enter(store, clinic.clinician, id_, "tas20", date(2026, 3, 1), 66)
        questionnaires.enter(store, clinic.clinician, id_, "tas20", date(2026, 9, 1), 58)
    elif code == "P-bea":
        odd_check(store, token)
        plans.set_plan(store, clinic.clinician, id_, Plan(exposure_ms=500))
        stopped_check(store, token)
    elif code != "P-eli":  # who agreed and never began
        clinic.check(token)
    if code == "P-dov":
        consents.decide(store, token, Purpose.RESEARCH, newest(Purpose.RESEARCH), False)


def odd_check(store: Store, token: str) -> None:
    """A finished check of which the first face could not be seen, and two were not sure: one with a best guess."""
    odd = {
        1: says(Response.CANNOT_SEE),
        2: says(Response.NOT_SURE, best_guess=Emotion.SAD),
        3: says(Response.NOT_SURE),
    }
    run_through(store, token, lambda trial: odd.get(trial.number) or says(trial.stimulus.target, seconds=1.25))


def skipped_try(store: Store, token: str) -> None:
    """A run of expressions that is stopped after its first one was skipped."""
    run = begin(store, token)
    expression.skip(store, token, run.id, 1)
    expression.stop(store, token, run.id)


def stopped_check(store: Store, token: str) -> None:
    """The page goes away while the first face is shown, which becomes void; ten faces answered, then stopped."""
    block = tell(store, token, recognition.begin(store, token, BROWSER), Painted(1), Left(1))
    while (trial := block.current) is not None and trial.number <= 11:
        block = answer(store, token, block, trial.number, says(trial.stimulus.target), BROWSER)
    runs.stop(store, token, block.id)
