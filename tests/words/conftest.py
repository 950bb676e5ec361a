"""A language that nobody speaks, with an empty catalogue, and a demonstration in which everybody reads it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from core import translations
from core.commands.demo import answers
from core.services.accounts.sign_in import NOWHERE, new_sign_in
from core.simulate.demonstration import make
from core.storage.database import Store
from core.storage.tables import PersonRow
from core.vision.rater import default_card
from tests.words.third import MADE_UP, Clinic


@pytest.fixture(scope="package")
def third_language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A language of the product by its file alone."""
    folder = tmp_path_factory.mktemp("words") / "translations"
    shutil.copytree(translations.FOLDER, folder)
    (folder / f"{MADE_UP}.po").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(translations, "FOLDER", folder)
        _forget()
        yield MADE_UP
    _forget()


def _forget() -> None:
    translations.languages.cache_clear()
    translations.catalogue.cache_clear()


@pytest.fixture(scope="package")
def clinic(third_language: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('third') / 'lexithymia.db'}")
    make(store, datetime.now(UTC), patients=5, network=(default_card().network, answers()))
    with store.begin() as db:
        db.execute(update(PersonRow).values(language=third_language))
        people = db.scalars(select(PersonRow)).all()
        tokens = {row.code: new_sign_in(db, row, NOWHERE) for row in people}
        ids = {row.code: row.id for row in people}
    yield Clinic(store, tokens, ids)
    store.close()
