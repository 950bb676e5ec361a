"""The demonstration of one seed and one day is exported as it was when every file's digest was written down.

`demonstration.sha256` is of the release before `scored` and `correct` were stored. Where a release changes the export
on purpose, `python -m tests.services.research.test_same_export` writes it anew, and the difference is to be read.
"""

import hashlib
import tempfile
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import select, update

from core.domain.exercise.selection import Selection
from core.domain.network.rating import NetworkId
from core.export.trials import CSV
from core.services.research import export
from core.services.research.export import export_by_command
from core.simulate.demonstration import make
from core.stimuli.builtin import read_builtin
from core.storage.database import Store
from core.storage.tables import PersonKeyRow, PersonRow, TrialRow
from tests.services.research.fingerprints import as_lines, fingerprints
from tests.simulate.living import UNTIL

KNOWN = Path(__file__).with_name("demonstration.sha256")
PATIENTS = 4
NETWORK = NetworkId("invented", "1", "ab" * 32)


def looks() -> dict[str, list[float]]:
    """What an invented network says of the built-in faces: seven shares, drawn from each picture's hash."""
    _, faces = read_builtin()
    weights = {face.hash: [1 + byte for byte in bytes.fromhex(face.hash)[:7]] for face in faces}
    return {picture: [round(one / sum(seven), 4) for one in seven] for picture, seven in weights.items()}


def demonstrate(store: Store) -> None:
    """The demonstration, whose people have secrets that are always the same."""
    make(store, UNTIL, seed=1, patients=PATIENTS, network=(NETWORK, looks()))
    with store.begin() as db:
        people = db.scalars(select(PersonRow.id)).all()
        db.add_all(PersonKeyRow(person_id=id_, secret=hashlib.sha256(id_.encode()).hexdigest()) for id_ in people)


def exported(store: Store, out: Path) -> str:
    """The digests of an export that is made on that day."""
    with patch.object(export, "now", lambda: UNTIL):
        export_by_command(store, Selection(), out, lambda rows: True)
    return as_lines(fingerprints(out))


def test_the_demonstration_is_exported_file_by_file_as_before(tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'demo.db'}")) as store:
        demonstrate(store)
        found = exported(store, tmp_path / "export")
        with store.begin() as db:  # as a server of a release that knew no scores would have left them
            db.execute(update(TrialRow).values(scored=None, correct=None))
        exported(store, tmp_path / "older")
    known = KNOWN.read_text(encoding="utf-8")
    assert sorted(set(found.splitlines()) ^ set(known.splitlines())) == []
    tables = [(tmp_path / name / CSV).read_text(encoding="utf-8") for name in ("export", "older")]
    assert tables[0] == tables[1]
    assert ",true," in tables[0]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, closing(Store(f"sqlite:///{folder}/demo.db")) as demo:
        demonstrate(demo)
        KNOWN.write_text(exported(demo, Path(folder, "export")), encoding="utf-8")
