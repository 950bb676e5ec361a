"""A patient who checks in, as their browser tells it."""

from typing import Any

from core.domain.feelings.check_in import parse_parts
from core.domain.patient.consent import Purpose
from core.services.feelings import check_ins
from core.services.feelings.check_ins import CheckInState
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from tests.support import BROWSER

TIGHT_CHEST = {"zones": {"chest": {"amount": 2, "sensation": "tight"}}}


def agree_to_diary(store: Store, token: str, yes: bool = True) -> None:
    consents.decide(store, token, Purpose.FEELINGS, newest(Purpose.FEELINGS), yes)


def tell(store: Store, token: str, check_in_id: str, *parts: tuple[str, Any]) -> CheckInState:
    """Parts, in one batch."""
    events = [{"seq": place, "part": part, "value": value} for place, (part, value) in enumerate(parts, 1)]
    return check_ins.take(store, token, check_in_id, parse_parts({"events": events}))


def check_in(
    store: Store,
    token: str,
    words: tuple[str, ...] = ("worried",),
    own_word: str | None = None,
    note: str | None = None,
    grid: tuple[int, int, int | None] = (-1, 2, 3),
) -> str:
    """A whole check-in; returns its id."""
    begun = check_ins.begin(store, token, BROWSER).entry.id
    tell(
        store,
        token,
        begun,
        ("body", TIGHT_CHEST),
        ("grid", dict(zip(("pleasant", "energy", "strength"), grid, strict=True))),
        ("words", {"words": list(words), "own_word": own_word}),
        ("ratings", {"ratings": {"angry": 0, "sad": 1, "afraid": 3, "ashamed": 0}}),
        ("situation", {"with_whom": "alone", "place": "home", "note": note}),
        ("done", None),
    )
    return begun
