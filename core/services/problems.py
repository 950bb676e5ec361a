"""What can go wrong with an account: a short name that fits in an address, and the sentence a person reads."""

from core.domain.people import Refusal


def N_(sentence: str) -> str:  # noqa: N802  (the name that translators' tools look for)
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return sentence


PROBLEMS = {
    "unknown": N_("This code and this password do not belong together. Please check both."),
    "code": N_("Please choose a code of 1 to 64 letters, digits or signs."),
    "taken": N_("The code “{code}” is taken. Please choose another."),
    "short": N_("Please choose a password of at least 10 characters. A short sentence is easy to remember."),
    "long": N_("Please choose a password of at most 200 characters."),
    "different": N_("The two passwords are not the same. Please type both again."),
    "link": N_("This link was used already or is too old. Please ask for a new one."),
    "set-up": N_("The first account exists already. Please sign in."),
    "console": N_("Please open the link that was printed where the server was started."),
}


class Problem(Refusal):
    """A refusal with one of the names of PROBLEMS."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(PROBLEMS[name], **values)
        self.name = name
