"""python -m core export: a folder or a zip, what is chosen by name, and un-blinding with a reason."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.config import ROOT
from core.services.research import studies
from tests.databases import database
from tests.services.research.conftest import ResearchClinic, clinic_in
from tests.services.research.later import move_back


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[ResearchClinic]:
    with database("sqlite", tmp_path, stocked=True) as store:
        yield clinic_in(store)


def command(clinic: ResearchClinic, *words: str) -> tuple[int, str]:
    """The exit status, and all that was said."""
    environment = {**os.environ, "DATABASE_URL": str(clinic.store.url)}
    done = subprocess.run(
        [sys.executable, "-m", "core", "export", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_study_is_exported_by_its_name_and_unblinded_for_a_reason(clinic: ResearchClinic, tmp_path: Path) -> None:
    patient, token = clinic.patient("P-1")
    studies.enrol(clinic.store, clinic.clinician, patient, clinic.study("Brief or clear"))
    clinic.check(token)
    move_back(clinic.store, patient, timedelta(days=40))
    status, said = command(
        clinic, "--out", str(tmp_path / "x.zip"), "--study", "Brief or clear", "--task", "recognition"
    )
    assert (status, "42 trials of 1 people" in said) == (0, True), said
    with zipfile.ZipFile(tmp_path / "x.zip") as file:
        [person] = file.read("participants.tsv").decode().splitlines()[1:]
    status, said = command(clinic, "--key", str(tmp_path / "key.csv"))
    assert (status, "why this is needed" in said) == (1, True), said
    status, said = command(
        clinic, "--key", str(tmp_path / "key.csv"), "--study", "Brief or clear", "--reason", "an adverse event"
    )
    assert status == 0, said
    name = person.split("\t")[0]
    status, said = command(
        clinic, "--key", str(tmp_path / "one.csv"), "--participant", name, "--reason", "somebody is not well"
    )
    assert (tmp_path / "one.csv").read_text() == (tmp_path / "key.csv").read_text(), said
    [line] = (tmp_path / "key.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert line.split(",")[:2] == [person.split("\t")[0], "P-1"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--out", "{out}"), "Nobody who agreed"),
        (("--out", "{out}", "--study", "None such"), "no study called 'None such'"),
        ((), "Expected --out"),
    ],
)
def test_what_cannot_be_is_said(clinic: ResearchClinic, tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    status, said = command(clinic, *(word.format(out=tmp_path / "x") for word in words))
    assert (status, why in said) == (1, True), said
    assert not (tmp_path / "x").exists()
