"""The shape of a trial's row is that of its columns."""

from types import NoneType, SimpleNamespace
from typing import cast, get_args, get_type_hints

from core.storage.tables import TRIAL_LATER, Base, StimulusRow, TrialRow
from core.storage.trials import StoredTrial, not_yet_shown

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


def test_before_it_was_shown_a_row_has_all_columns_and_nothing_in_those_of_later() -> None:
    row = cast(StoredTrial, SimpleNamespace(**dict.fromkeys(get_type_hints(StoredTrial), "told")))
    assert vars(not_yet_shown(row)) == {
        name: None if name in TRIAL_LATER else "told" for name in get_type_hints(StoredTrial)
    }
