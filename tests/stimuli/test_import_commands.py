"""The two import commands, run as a person runs them: a set is stored whole, once, or not at all."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select

from core.config import ROOT
from core.services.faces.stimulus_sets import bring_in
from core.stimuli.fer2013.curate import read_fer2013
from core.stimuli.pictures import grey_png
from core.stimuli.records import Face
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.storage.tables import NetworkAnswerRow, PictureRow, StimulusRow, StimulusSetRow
from core.vision.rater import load_default
from tests.stimuli.generated import little_fer, table_text, unanimous, votes_text


def command(local: Path, *words: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"LEXITHYMIA_LOCAL": str(local)}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "core", *map(str, words)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def count(store: Store, table: type) -> int:
    with store.begin() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def stored(local: Path) -> dict[str, int]:
    store = Store(f"sqlite:///{local / 'lexithymia.db'}")
    try:
        tables = (StimulusSetRow, StimulusRow, PictureRow, NetworkAnswerRow)
        return {table.__tablename__: count(store, table) for table in tables}
    finally:
        store.close()


def test_fer2013_is_brought_in_once_and_a_broken_file_leaves_nothing(tmp_path: Path) -> None:
    fer = little_fer()
    whole, broken, votes = tmp_path / "fer2013.csv", tmp_path / "broken.csv", tmp_path / "votes.csv"
    whole.write_text(table_text(fer))
    broken.write_text(table_text(fer).replace("\n6,", "\n9,"))
    votes.write_text(votes_text(fer, unanimous(fer)))

    refused = command(tmp_path, "import-fer2013", broken)
    assert refused.returncode == 1
    assert "broken.csv, row 7 (line 8): emotion '9'" in refused.stderr
    assert set(stored(tmp_path).values()) == {0}

    for _ in range(2):
        done = command(tmp_path, "import-fer2013", whole, "--votes", votes)
        assert done.returncode == 0, done.stderr
        assert "70 faces" in done.stdout
        assert "It serves practice and checks." in done.stdout
        assert stored(tmp_path) == {"stimulus_sets": 1, "stimuli": 70, "pictures": 70, "network_answers": 70}


def test_a_folder_is_brought_in_and_what_its_manifest_lacks_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "faces"
    folder.mkdir()
    (folder / "one.png").write_bytes(grey_png(np.full((60, 60), 90, np.uint8)))
    (folder / "manifest.csv").write_text("file,emotion\none.png,happy\n")
    done = command(tmp_path, "import-faces", folder, "--title", "Our faces")
    assert done.returncode == 0, done.stderr
    assert "Our faces, version" in done.stdout
    assert "1 of 1 faces have no identity: the set serves practice but no check." in done.stdout
    assert stored(tmp_path)["stimuli"] == 1


class Interrupted(list[Face]):
    """Faces whose reader is stopped by Ctrl+C after 600 of them, when the first batches are written."""

    def __iter__(self) -> Iterator[Face]:
        for number, face in enumerate(super().__iter__()):
            if number == 600:
                raise KeyboardInterrupt
            yield face


@pytest.mark.slow
def test_an_interrupted_import_leaves_nothing_and_can_be_run_again(tmp_path: Path) -> None:
    (tmp_path / "fer2013.csv").write_text(table_text(little_fer(700)))
    info, faces = read_fer2013(tmp_path / "fer2013.csv")
    store = Store(f"sqlite:///{tmp_path / 'lexithymia.db'}")
    upgrade(store)
    with pytest.raises(KeyboardInterrupt):
        bring_in(store, (info, Interrupted(faces)), load_default())
    assert set(stored(tmp_path).values()) == {0}
    bring_in(store, (info, faces), load_default())
    assert stored(tmp_path)["stimuli"] == 700
    store.close()
