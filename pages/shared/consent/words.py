"""Consent in words: names of purposes, what somebody answered, consent states."""

from datetime import tzinfo

from core.domain.patient.consent import AnsweredBy, ConsentAnswer, ConsentState, Decision, Purpose, Relation
from core.services.privacy.consents import PurposeState
from pages.shared.format import day
from pages.shared.words import _


def purpose_name(purpose: Purpose) -> str:
    return {
        Purpose.TREATMENT: _("A record of the exercises"),
        Purpose.NORMS: _("Answers counted for others"),
        Purpose.RESEARCH: _("Exercises used for research"),
        Purpose.CAMERA: _("Camera to practise showing an emotion"),
        Purpose.FEELINGS: _("Diary of my own feelings"),
    }[purpose]


def relation_name(relation: Relation) -> str:
    return _("Parent") if relation is Relation.PARENT else _("Legal guardian")


def consent_state_in_words(purpose_state: PurposeState) -> str:
    """Where a person stands, in one sentence that fits both their own page and their clinician's."""
    return {
        ConsentState.NOT_ASKED: _("The newest text was not read yet.") if purpose_state.words else _("Not asked yet."),
        ConsentState.AGREED: _("Agreed."),
        ConsentState.DECLINED: _("Not agreed."),
        ConsentState.GUARDIAN_NOT_ASKED: _("Agreed. A parent or guardian has not said yes or no yet."),
        ConsentState.GUARDIAN_DECLINED: _("Agreed, but a parent or guardian did not."),
    }[purpose_state.state]


def word_in_words(word: ConsentAnswer, zone: tzinfo) -> str:
    """One line of the history: what was said, by whom, when, to which version of the text. `zone`: the person's own; a
    paper was entered by who reads."""
    said = {Decision.YES: _("Yes"), Decision.NO: _("No"), Decision.WITHDRAWN: _("Taken back")}[word.decision]
    date = day(word.at, zone=None if word.signed_on else zone)
    line = _("{date}: {said} (text {version})").format(date=date, said=said, version=word.version)
    if word.by is AnsweredBy.PERSON:
        return line
    whose = relation_name(word.relation) if word.relation else _("Parent or guardian")
    if word.signed_on is None:
        return f"{line} · {whose}"
    return f"{line} · {whose}, " + _("on paper of {date}").format(date=day(word.signed_on))
