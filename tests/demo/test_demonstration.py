"""A demonstration is one because its database says so; its people can be entered, and nobody else's."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.commands import demo
from core.domain.people import NotAllowed, Refusal, Role
from core.domain.trials import Kind
from core.services import accounts, consents, exercise, progress
from core.services.access import who
from core.services.demonstration import invented, sign_in_as
from core.simulate.demonstration import make
from core.storage.database import Store
from core.storage.tables import BlockRow, TrialRow
from tests.support import new_clinician, new_store

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, dict[str, object]]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    return store, make(store, NOW, seed=1, patients=8)


def test_every_story_can_be_entered_and_is_at_its_place(shown: tuple[Store, dict[str, object]]) -> None:
    store, _ = shown
    tokens = {one.story: sign_in_as(store, str(one.place)) for one in invented(store)}
    assert list(tokens) == ["administrator", "clinician", "researcher", "new", "middle", "finished"]
    with store.begin() as db:
        assert who(db, tokens["administrator"]).administrator
        assert who(db, tokens["researcher"]).role is Role.RESEARCHER
    assert len(accounts.patients(store, tokens["administrator"])) >= 3
    assert exercise.today(store, tokens["new"]).checks_done == 0
    assert not consents.mine(store, tokens["middle"]).to_ask
    middle, finished = (progress.progress(store, tokens[story]) for story in ("middle", "finished"))
    assert 2 < len(middle.checks) < 2 + middle.plan.checks_planned
    assert len(finished.checks) == 2 + finished.plan.checks_planned


def test_nothing_lies_in_the_future_and_every_answered_block_is_whole(shown: tuple[Store, dict[str, object]]) -> None:
    store, _ = shown
    with store.begin() as db:
        last = db.scalar(select(func.max(TrialRow.answered_at)))
        assert last is not None
        assert last <= datetime.now(UTC)
        for row in db.scalars(select(BlockRow).where(BlockRow.ended_at.is_not(None), BlockRow.stopped.is_(False))):
            given = select(func.count()).where(TrialRow.block_id == row.id, TrialRow.answered_at.is_not(None))
            assert db.scalar(given) == row.length == (42 if row.kind == Kind.CHECK else 14)


def test_the_same_seed_gives_the_same_people(shown: tuple[Store, dict[str, object]], tmp_path: Path) -> None:
    _, truth = shown
    assert make(Store(f"sqlite:///{tmp_path / 'again.db'}"), NOW, seed=1, patients=8) == truth


def test_a_real_database_offers_nobody_and_is_never_filled_or_removed(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    new_clinician(store)
    assert invented(store) == ()
    for place in ("0", "1", "-1", "", "9" * 40, "0 OR 1=1"):
        with pytest.raises(NotAllowed):
            sign_in_as(store, place)
    with pytest.raises(Refusal):
        make(store, NOW)
    with pytest.raises(Refusal):
        demo.make_room(tmp_path / "lexithymia.db")
    assert (tmp_path / "lexithymia.db").exists()


def test_the_shipped_answers_are_the_shipped_network_s() -> None:
    assert len(demo.answers()) == 1488, "another network ships: bring its answers along by `python -m core demo --look`"
