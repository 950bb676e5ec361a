"""Entries of the audit log in words."""

from collections.abc import Mapping

from core.domain.audit import Act
from core.services.privacy.audit_log import PersonName
from pages.shared.approvals.choice_words import choice_in_words
from pages.shared.format import plain
from pages.shared.words import _


def act_in_words(act: Act) -> str:
    """What was done."""
    return {
        Act.VIEW: _("saw or changed something of"),
        Act.LIST: _("saw the list of patients"),
        Act.FEELINGS: _("saw the shown feelings of"),
        Act.REPORT: _("made a report about"),
        Act.HAND_OVER: _("handed this device over in the room to"),
        Act.TAKE_BACK: _("took this device back from"),
        Act.EXPORT: _("exported research data"),
        Act.ASK_APPROVAL: _("asked a second person"),
        Act.APPROVE: _("approved what another asked for"),
        Act.DECLINE: _("did not approve what another asked for"),
        Act.UNBLIND: _("lifted the blinding"),
        Act.UNBLIND_ARMS: _("lifted the blinding of the arm"),
        Act.ENROL: _("enrolled in a study"),
        Act.WITHDRAW: _("withdrew from a study"),
        Act.ASSIGN: _("changed who cares for"),
        Act.ARCHIVE: _("archived or brought back"),
        Act.REMOVE: _("removed or replaced an entry about"),
        Act.ERASURE_ASKED: _("asked for deletion"),
        Act.ERASURE_TAKEN_BACK: _("no longer wished deletion"),
        Act.ERASE: _("deleted everything about"),
    }[act]


def name_in_words(name: PersonName | None, nobody: str = "") -> str:
    """A code, or that the person is not there any more."""
    if name is None:
        return nobody or _("a command on the server")
    return plain(name.text) if name.known else _("deleted: {name}").format(name=name.text)


def facts_in_words(facts: Mapping[str, object]) -> str:
    """What else was written down."""
    names = {
        "approval": _("request"),
        "archived": _("archived"),
        "asked": _("asked for by the patient"),
        "choice": _("choice"),
        "colleague": _("colleague"),
        "day": _("day"),
        "event": _("event"),
        "gives": _("care given"),
        "people": _("people"),
        "questionnaire": _("questionnaire"),
        "reason": _("reason"),
        "replaced": _("replaced"),
        "study": _("study"),
        "what": _("for"),
    }
    said = {
        name: choice_in_words(value) if name == "choice" and isinstance(value, dict) else _value(value)
        for name, value in facts.items()
    }
    return plain("; ".join(f"{names.get(name, name)}: {value}" for name, value in said.items()))


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{name} {_value(found)}" for name, found in value.items())
    if isinstance(value, list):
        return " + ".join(_value(found) for found in value)
    return str(value)
