"""Words for what happened to accounts, and for where somebody was refused."""

from core.domain.people import AccountEvent, EntryPlace
from core.services.accounts.accounts import AccountEventEntry
from pages.shared.words import _, ngettext


def event_words() -> dict[AccountEvent, str]:
    """What happened to an account."""
    return {
        AccountEvent.MADE: _("account made"),
        AccountEvent.INVITED: _("new link made"),
        AccountEvent.TAKEN_INTO_CARE: _("taken into care"),
        AccountEvent.CARE_SHARED: _("care shared with a colleague"),
        AccountEvent.CARE_ENDED: _("a clinician’s care ended"),
        AccountEvent.JOINED: _("password chosen with a link"),
        AccountEvent.SIGNED_IN: _("signed in"),
        AccountEvent.SIGNED_OUT: _("signed out everywhere"),
        AccountEvent.PASSWORD: _("password changed"),
        AccountEvent.RIGHT_GIVEN: _("made an administrator"),
        AccountEvent.RIGHT_TAKEN: _("administrator’s right taken"),
        AccountEvent.DEACTIVATED: _("account closed"),
        AccountEvent.REACTIVATED: _("account opened again"),
        AccountEvent.FACTOR_ADDED: _("second factor turned on"),
        AccountEvent.FACTOR_REMOVED: _("second factor taken away"),
        AccountEvent.RECOVERY_CODE: _("recovery code used"),
        AccountEvent.SIGN_IN_REFUSED: _("sign-in refused"),
        AccountEvent.OLD_PASSWORD_REFUSED: _("wrong old password"),
        AccountEvent.ONE_TIME_CODE_REFUSED: _("one-time code refused"),
        AccountEvent.LINK_REFUSED: _("link refused"),
        AccountEvent.TAKE_BACK_REFUSED: _("wrong password at a page that was handed over"),
        AccountEvent.KEPT_OUT: _("had to wait after many attempts"),
    }


def place_words() -> dict[EntryPlace, str]:
    """From what kind of place somebody tried to get in."""
    return {
        EntryPlace.KNOWN_BROWSER: _("a browser used before"),
        EntryPlace.NEW_BROWSER: _("another browser"),
        EntryPlace.THIS_MACHINE: _("the server itself"),
        EntryPlace.SIGNED_IN: _("a page with their sign-in"),
    }


def what_happened(entry: AccountEventEntry) -> str:
    """What, and how often where it was counted by the hour."""
    what = event_words()[entry.what]
    if entry.number == 1:
        return what
    return ngettext("{what}, {number} time in an hour", "{what}, {number} times in an hour", entry.number).format(
        what=what, number=entry.number
    )


def who_did(entry: AccountEventEntry) -> str:
    """By whom, or for a refusal from where."""
    if entry.place is not None:
        return place_words()[entry.place]
    return entry.actor or _("by itself")
