"""About the network, as a visitor, a patient, staff and an administrator see it, in both languages."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.people import Role
from core.services.accounts import accounts
from core.services.faces import networks
from core.storage.database import Store
from core.storage.tables import NetworkAnswerRow, NetworkMatrixRow, NetworkRow
from core.vision.card import read_cards
from core.vision.shipped import can_compare
from pages.everybody.network import choice
from pages.everybody.network.names import name
from pages.everybody.network.words import on_builtin
from pages.shared import network_cards
from pages.shared.state import AppState
from pages.shared.words import speaking
from tests import cards
from tests.support import PASSWORD, new_clinician, new_patient, new_store, served

OURS = cards.card("fake", sha256="f" * 64)
QUICK = cards.card("quick", title="Ours, quick", sha256="a" * 64)
CARDS = {card.key: card for card in (OURS, QUICK, cards.paper(), cards.card("aligned", "future", sha256=""))}
SECTIONS = ["choice", "emotions", "calibration", "confusions", "curves", "crowd", "papers", "future", "served"]
SECTIONS += ["readings", "training", "own", "card"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(network_cards, "read_cards", lambda: CARDS)
    monkeypatch.setattr(network_cards, "read_people", cards.people)
    monkeypatch.setattr(network_cards, "can_compare", lambda found: {k: c for k, c in found.items() if c.crowd})
    monkeypatch.setattr(choice, "_milliseconds", lambda key: 1.2)
    monkeypatch.setattr(choice, "look_beside", lambda store: None)
    forget()
    with closing(new_store(tmp_path)) as store, served(store):
        yield store
    forget()


def forget() -> None:
    for kept in (network_cards.cards, network_cards.people, network_cards.to_choose_from):
        kept.cache_clear()


def page(token: str = "", language: str = "en", administrator: bool = False) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / "everybody" / "network_page.py"), default_timeout=60)
    at.session_state["lexithymia"] = AppState(token=token, language=language, administrator=administrator)
    return at.run()


def words(at: AppTest) -> str:
    return "\n".join(one.value for one in (*at.title, *at.header, *at.markdown, *at.info, *at.success))


def colleague(store: Store, administrator: str, role: Role) -> str:
    link = accounts.invite_colleague(store, administrator, f"new {role}", role)
    return accounts.accept_invitation(store, link, PASSWORD, "en")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_visitor_reads_in_plain_words_how_often_it_is_right(store: Store, language: str) -> None:
    at = page(language=language)
    assert not at.exception
    assert len(at.get("plotly_chart")) == 1
    assert len(at.get("bidi_component")) == 1, "three faces under their colour"
    assert len(at.selectbox) == 0, "no figures of researchers"
    if language == "en":
        said = words(at)
        assert "about 7 times in 10" in said
        assert "one person’s answer is the same as the label about 7 times in 10" in said
        assert "Of ten photographs that are labelled *happiness*, it names 9 so; of ten labelled *fear*, 5." in said
        assert "It does not know what the person feels" in said
        assert "89 % of the built-in faces with light skin as they were meant, and 85 % of those with dark skin" in said


def test_every_number_of_the_chart_stands_in_a_table_with_its_interval_in_words(store: Store) -> None:
    named, said = (table.value for table in page().table[:2])
    assert named.set_index("Emotion")["The computer"]["Fear"] == "about 5 in 10 (between 46 and 54 in 100)"
    assert said.set_index("When it says")["it fits"]["Fear"] == "about 6 in 10 (between 53 and 62 in 100)"


def test_a_patient_sees_what_a_visitor_sees(store: Store) -> None:
    at = page(new_patient(store, new_clinician(store)))
    assert not at.exception
    assert len(at.selectbox) == 0


def test_each_section_is_drawn_for_staff_and_no_other_with_it(store: Store) -> None:
    at = page(colleague(store, new_clinician(store), Role.RESEARCHER))
    assert not at.exception
    assert not at.radio, "only an administrator chooses"
    for section in SECTIONS:
        at.selectbox[0].set_value(section).run()
        assert not at.exception, section
        assert at.header[-1].value == "All figures"


def test_networks_of_papers_with_six_classes_and_no_curves_are_drawn_too(store: Store) -> None:
    six = cards.quality(("angry", "fear", "happy", "sad", "surprise", "neutral"), [[40] * 6] * 6)
    CARDS["six"] = cards.paper("six", title="six", split="a random tenth", quality={"a random tenth": six}, curves=())
    try:
        at = page(new_clinician(store))
        for section in ("emotions", "calibration", "confusions", "curves", "future", "served", "training", "card"):
            at.selectbox[0].set_value(section).run()
            at.selectbox[1].set_value("six").run()
            assert not at.exception, section
    finally:
        del CARDS["six"]


def test_new_photographs_are_those_that_are_not_among_the_ones_it_learnt_from(store: Store) -> None:
    few = cards.quality(cards.WORDS, [[3 if i == j else 1 for j in range(7)] for i in range(7)])
    sets = {"PublicTest": few, "PrivateTest": OURS.main, "PrivateTest without images of Training": few}
    CARDS["fake"] = replace(OURS, split="PublicTest", quality=sets)
    try:
        at = page()
        assert "On 63 photographs that it had never seen" in words(at)
        assert "*happiness*, it names 9 so" in words(at), "beside people, on the same photographs"
    finally:
        CARDS["fake"] = OURS


def test_what_a_paper_printed_of_each_emotion_stands_below_ours_and_on_its_set_alone(store: Store) -> None:
    at = page(new_clinician(store))
    at.selectbox[0].set_value("emotions").run()
    at.selectbox[1].set_value("surya2023").run()
    assert not at.exception
    assert "The paper printed:" in words(at)
    assert at.table[-1].value.set_index("Emotion")["Recall"]["disgust"] == "0.418"
    at.selectbox[2].set_value("PublicTest").run()
    assert "The paper printed:" not in words(at)


def test_a_network_s_protocol_says_on_which_faces_it_was_chosen(store: Store) -> None:
    CARDS["short"] = cards.paper("short", setup=replace(OURS.setup, partial="3 of 50 epochs"))
    try:
        at = page(new_clinician(store))
        at.selectbox[0].set_value("papers").run()
        assert "**Chosen on:** FER-2013, PublicTest: the epoch and the temperature were chosen on it" in words(at)
    finally:
        del CARDS["short"]


def test_every_stored_network_has_a_name_in_every_language() -> None:
    with speaking("es"):
        assert [key for key, card in read_cards().items() if card.title in name(card)] == []


def test_studies_of_future_work_are_no_choice_and_the_one_of_aligned_faces_says_so() -> None:
    able = can_compare(read_cards())
    assert next(iter(able)) == "compact"
    assert {"quick", "surya2023"} <= set(able)
    assert [key for key, card in able.items() if card.kind == "future"] == []
    aligned = read_cards()["compact_aligned"]
    assert all(any("aligned" in line for line in lines) for lines in (aligned.data, aligned.tuned_on, aligned.limits))


def test_who_learnt_from_one_that_saw_computer_made_faces_is_not_said_to_know_photographs_alone() -> None:
    said = {key: on_builtin(card, None) for key, card in read_cards().items() if card.kind != "paper"}
    assert [key for key, line in said.items() if "photographs alone" in line] == ["compact_plain"]


def test_an_administrator_chooses_and_reads_how_far_it_is(store: Store) -> None:
    token = new_clinician(store)
    at = page(token, administrator=True)
    at.radio[0].set_value("quick")
    at.button[-1].click().run()
    assert not at.exception
    assert networks.wanted(store, [OURS.network, QUICK.network]) == QUICK.network
    assert networks.choice(store, token).coming == QUICK.network
    at = page(token, administrator=True)
    assert "Chosen by Dr Vega on" in words(at)
    assert at.get("progress")


def test_a_card_that_cannot_be_read_is_said_kindly(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("data/networks/compact/card.json cannot be used")

    monkeypatch.setattr(network_cards, "read_cards", broken)
    at = page()
    assert not at.exception
    assert "cannot be read on this server" in at.info[0].value


def test_before_the_network_has_looked_the_page_says_so(store: Store) -> None:
    with store.begin() as db:
        for table in (NetworkAnswerRow, NetworkMatrixRow, NetworkRow):
            db.query(table).delete()
    at = page()
    assert not at.exception
    assert "has not looked at the faces of this server yet" in words(at)
