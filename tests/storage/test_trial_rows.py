"""The shape of a trial's row is that of its columns."""

from types import NoneType
from typing import get_args, get_type_hints

from core.storage.tables import Base, StimulusRow, TrialRow
from core.storage.trials import StoredTrial

OF_THE_FACE = {"file", "picture_hash", "identity", "sex", "skin"}


def declared(table: type[Base]) -> dict[str, object]:
    """The Python type of each column of a table."""
    hints = get_type_hints(table)
    return {column.name: get_args(hints[column.name])[0] for column in table.__table__.columns}


def test_a_stored_trial_says_every_column_of_a_trial_with_its_type() -> None:
    shape, columns = get_type_hints(StoredTrial), declared(TrialRow)
    assert {name: kind for name, kind in shape.items() if name not in OF_THE_FACE} == {
        name: kind for name, kind in columns.items() if name != "id"
    }


def test_what_it_says_of_a_face_may_be_missing() -> None:
    shape, columns = get_type_hints(StoredTrial), declared(StimulusRow)
    for name in OF_THE_FACE:
        assert set(get_args(shape[name])) == {NoneType, *(get_args(columns[name]) or (columns[name],))}, name
