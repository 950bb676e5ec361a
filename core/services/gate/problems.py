"""Refusals of the account forms: a short name that fits in an address, and the sentence a person reads."""

from core.domain.people import Refusal
from core.translations import N_

PROBLEMS = {
    "unknown": N_("This code and this password do not belong together. Please check both."),
    "wait": N_("There were many attempts. To keep accounts safe, please wait {minutes} min and then try again."),
    "code": N_("Please choose a code of 1 to 64 letters, digits or signs."),
    "two-letters": N_("Please choose another code: a letter of this one looks like two different Latin letters."),
    "taken": N_("The code “{code}” is taken. Please choose another."),
    "nobody-waits": N_("Nobody with the code “{code}” is waiting for a clinician."),
    "short": N_("Please choose a password of at least {shortest} characters. A short sentence is easy to remember."),
    "long": N_("Please choose a password of at most 200 characters."),
    "common": N_("This password would be guessed quickly. Please choose another, for example a short sentence."),
    "old-password": N_("The old password is another one. Nothing was changed."),
    "take-back": N_("This is not the password of the clinician who handed this page over."),
    "link": N_("This link does not work any more. Please ask for a new one."),
    "set-up": N_("The first account exists already. Please sign in."),
    "console": N_("Please open the link that was printed where the server was started."),
    "factor": N_("This code does not fit. Codes change every half minute, and each one works once."),
    "openid": N_("Signing in there did not work. Please try again."),
    "openid-role": N_("Your account there has no role here. Please ask an administrator of this site."),
    "openid-off": N_("Your account here was closed. Please ask an administrator of this site."),
    "server": N_("Something went wrong on our side. Please try again in a moment."),
}
_NAMES = {sentence: name for name, sentence in PROBLEMS.items()}


def problem(name: str, **values: object) -> Refusal:
    """The refusal called `name`; `values` fill the braces of its sentence."""
    return Refusal(PROBLEMS[name], **values)


def name_of(refusal: Refusal) -> str:
    """The name of a refusal that `problem` made; "server" for any other."""
    return _NAMES.get(refusal.sentence, "server")
