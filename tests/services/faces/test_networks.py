"""Which network compares: who may choose, what stays as it was, and that several servers agree."""

import pytest
from sqlalchemy import event

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind
from core.domain.network.rating import NetworkId, NetworkRating
from core.domain.people import NotAllowed, NotSignedIn, Refusal, Role
from core.services.accounts import accounts
from core.services.exercise import recognition, tryout
from core.services.faces import networks
from core.services.faces.looking import rate_all_faces
from core.storage.database import Store
from core.storage.tables import NetworkAnswerRow, NetworkMatrixRow, NetworkRow, TrialRow
from core.tasks.recognition.feedback import Opinions
from tests.history import answer
from tests.support import BROWSER, PASSWORD, FakeRater, new_clinician, new_patient, says

FAKE = FakeRater.network
OTHER = NetworkId("other", "1", "e" * 64)
SHIPPED = [FAKE, OTHER]


class OtherRater(FakeRater):
    """Says "happy, very sure" of every face, and not where it looked."""

    network = OTHER

    def look(self, picture: bytes) -> NetworkRating:
        return NetworkRating((0.0, 0.0, 0.0, 0.9, 0.0, 0.1, 0.0), (0.0, 0.0, 1.0, 1.0))


@pytest.fixture
def administrator(store: Store) -> str:
    return new_clinician(store)


def beside(store: Store) -> Store:
    """The same database as another server has it."""
    return Store(store.engine.url.render_as_string(hide_password=False))


def colleague(store: Store, administrator: str, role: Role) -> str:
    link = accounts.invite_colleague(store, administrator, f"new {role}", role)
    return accounts.accept_invitation(store, link, PASSWORD, "en")


def test_only_an_administrator_chooses_and_only_staff_see_how_far_it_is(store: Store, administrator: str) -> None:
    others = {
        NotSignedIn: "",
        NotAllowed: new_patient(store, administrator),
    }
    for refusal, token in others.items():
        with pytest.raises(refusal):
            networks.choose(store, token, "other", SHIPPED)
        with pytest.raises(refusal):
            networks.choice(store, token)
        with pytest.raises(refusal):
            networks.readings(store, token)
    for role in (Role.CLINICIAN, Role.RESEARCHER):
        token = colleague(store, administrator, role)
        with pytest.raises(NotAllowed):
            networks.choose(store, token, "other", SHIPPED)
        assert networks.choice(store, token).active == FAKE
        assert [reading.name for reading in networks.readings(store, token)] == ["builtin"]
    assert networks.wanted(store, SHIPPED) == FAKE
    networks.choose(store, administrator, "other", SHIPPED)
    assert networks.wanted(store, SHIPPED) == OTHER


def test_a_network_that_does_not_ship_cannot_be_chosen(store: Store, administrator: str) -> None:
    with pytest.raises(Refusal, match="does not come with this version"):
        networks.choose(store, administrator, "../compact", SHIPPED)
    assert networks.choice(store, administrator).by is None


def test_the_one_before_compares_until_the_chosen_one_has_seen_all_faces(store: Store, administrator: str) -> None:
    networks.choose(store, administrator, "other", SHIPPED)
    now = networks.choice(store, administrator)
    assert (now.active, now.coming, now.seen, now.of, now.by) == (FAKE, OTHER, 0, 1643, "Dr Vega")
    while_looking = []

    def look_up(done: int, total: int) -> None:
        found = networks.choice(store, administrator)
        while_looking.append((found.active, found.coming, found.seen, (done, total)))

    rate_all_faces(store, OtherRater(), look_up)
    assert while_looking[0] == (FAKE, OTHER, 200, (200, 1643))
    assert [active for active, _, _, _ in while_looking] == [FAKE] * 9
    now = networks.choice(store, administrator)
    assert (now.active, now.coming) == (OTHER, None)
    assert networks.active(store) == OTHER


def test_old_answers_stay_and_choosing_back_needs_no_second_look(store: Store, administrator: str) -> None:
    patient = new_patient(store, administrator)
    block = recognition.begin(store, patient, BROWSER, Kind.PRACTICE)
    answer(store, patient, block, 1, says(Emotion.SAD), BROWSER)
    networks.choose(store, administrator, "other", SHIPPED)
    rate_all_faces(store, OtherRater())
    with store.begin() as db:
        kept = db.query(TrialRow).filter(TrialRow.answered_at.is_not(None)).one()
        assert kept.network_probabilities == [0.05, 0.05, 0.1, 0.05, 0.05, 0.65, 0.05]
        assert db.get_one(NetworkRow, kept.network_id).hash == FAKE.hash
        assert db.query(NetworkAnswerRow).count() == 2 * 1643
    networks.choose(store, administrator, "fake", SHIPPED)
    looks: list[int] = []
    rate_all_faces(store, FakeRater(), lambda done, total: looks.append(done))
    assert networks.active(store) == FAKE
    assert looks == []


def test_a_network_chosen_away_while_it_looked_does_not_compare(store: Store, administrator: str) -> None:
    networks.choose(store, administrator, "other", SHIPPED)

    def change_of_mind(done: int, total: int) -> None:
        if done == 200:
            networks.choose(store, administrator, "fake", SHIPPED)

    rate_all_faces(store, OtherRater(), change_of_mind)
    assert networks.active(store) == FAKE
    assert networks.wanted(store, SHIPPED) == FAKE


def test_the_choice_outlasts_a_restart_and_an_update(store: Store, administrator: str) -> None:
    networks.choose(store, administrator, "other", SHIPPED)
    again = beside(store)
    newer = NetworkId("other", "2", "d" * 64)
    assert networks.wanted(again, SHIPPED) == OTHER
    assert networks.wanted(again, [FAKE, newer]) == newer
    assert networks.wanted(again, [FAKE]) == FAKE


@pytest.mark.both_databases
def test_two_servers_that_look_at_once_store_each_answer_once_and_agree(store: Store, administrator: str) -> None:
    networks.choose(store, administrator, "other", SHIPPED)
    other_server = beside(store)

    class Overtaken(OtherRater):
        """While it looks at its second batch, the other server does all the work."""

        looked = 0

        def look(self, picture: bytes) -> NetworkRating:
            self.looked += 1
            if self.looked == 250:
                rate_all_faces(other_server, OtherRater())
            return super().look(picture)

    rate_all_faces(store, Overtaken())
    assert networks.active(store) == networks.active(other_server) == OTHER
    with store.begin() as db:
        other = db.query(NetworkRow).filter_by(hash=OTHER.hash).one()
        assert db.query(NetworkAnswerRow).filter_by(network_id=other.id).count() == 1643
    reading = networks.reading_of_builtin(store)
    assert reading is not None
    assert sum(row[Emotion.HAPPY] for row in reading.matrix) == 1643


def test_a_network_that_has_read_no_face_of_a_set_has_no_reading_of_it(store: Store) -> None:
    with store.begin() as db:
        db.query(NetworkMatrixRow).update({"matrix": [[0] * 7] * 7})
    assert networks.reading_of_builtin(store) is None


@pytest.mark.both_databases
def test_what_two_servers_count_at_the_same_moment_is_kept_once(store: Store) -> None:
    other_server = beside(store)
    overtaken: list[bool] = []

    def meanwhile(*call: object) -> None:
        if str(call[2]).startswith("INSERT INTO network_standings") and not overtaken:
            overtaken.append(True)
            rate_all_faces(other_server, OtherRater())

    event.listen(store.engine, "before_cursor_execute", meanwhile)
    rate_all_faces(store, OtherRater())
    assert overtaken
    reading = networks.reading_of_builtin(store)
    assert reading is not None
    assert sum(row[Emotion.HAPPY] for row in reading.matrix) == 1643


def test_answers_from_before_boxes_were_kept_are_looked_at_once_more(store: Store) -> None:
    with store.begin() as db:
        db.query(NetworkAnswerRow).update({"box": None, "heat": None})
    looks: list[tuple[int, int]] = []
    rate_all_faces(store, FakeRater(), lambda done, total: looks.append((done, total)))
    assert looks[-1] == (1643, 1643)
    said = tryout.state(store, tryout.begin(store)).items[0].feedback
    assert isinstance(said, Opinions)
    assert said is not None
    seen = said.network
    assert seen is not None
    assert seen.heat == bytes(30) + bytes((0, 90, 255, 255, 90, 0))
    assert seen.box == (0.1, 0.2, 0.7, 0.7)
    assert seen.crowd == (0.1,) * 8
