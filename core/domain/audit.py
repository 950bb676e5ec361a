"""Acts of the audit log: what is written down."""

from enum import StrEnum


class Act(StrEnum):
    """What somebody did that must be traceable; `VIEW` covers all that staff read or change of one person."""

    VIEW = "view"
    LIST = "list"
    FEELINGS = "feelings"
    REPORT = "report"
    HAND_OVER = "hand-over"
    TAKE_BACK = "take-back"
    EXPORT = "export"
    ASK_APPROVAL = "ask-approval"
    APPROVE = "approve"
    DECLINE = "decline"
    UNBLIND = "unblind"
    UNBLIND_ARMS = "unblind-arms"
    ENROL = "enrol"
    WITHDRAW = "withdraw"
    ASSIGN = "assign"
    ARCHIVE = "archive"
    REMOVE = "remove"
    ERASURE_ASKED = "erasure-asked"
    ERASURE_TAKEN_BACK = "erasure-taken-back"
    ERASE = "erase"
