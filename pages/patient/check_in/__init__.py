"""Check-in component: asks part by part in the browser and keeps each; the script runs again at the end."""

import itertools
from pathlib import Path

from core.domain.feelings.check_in import (
    LONGEST_NOTE,
    LONGEST_WORD,
    MOST_WORDS,
    RATED,
    CheckIn,
    Company,
    Part,
    Sensation,
    Surroundings,
    Zone,
)
from core.domain.feelings.words import CELLS, FEW, UNNAMED, Cell, feeling_words, nearest
from core.domain.language import in_language
from core.services.feelings.check_ins import OpenCheckIn
from pages.shared.component import as_data, component, source
from pages.shared.feelings.maps import OUTLINE
from pages.shared.feelings.words import (
    amount_names,
    company_name,
    energy_names,
    pleasant_names,
    rated_name,
    sensation_name,
    surroundings_name,
    word_name,
    zone_name,
)
from pages.shared.palette import css_variables
from pages.shared.player import FORM
from pages.shared.recognise.help import where_to_find_help
from pages.shared.recognise.view import capital
from pages.shared.state import component_value
from pages.shared.words import _, language

_HERE = Path(__file__).parent
_KEY = "check-in"
_PARTS = [_HERE / f"{name}.js" for name in ("parts", "body", "grid", "named", "rest")]
_component = component(
    "lexithymia_check_in",
    html=source(_HERE / "check_in.html"),
    css=css_variables() + source(_HERE / "check_in.css"),
    js=source(*FORM, OUTLINE, *_PARTS, _HERE / "check_in.js"),
)
_FINEST = 3


def show_check_in(begun: OpenCheckIn) -> None:
    """Go on with a check-in."""
    listed = [word for word in feeling_words().values() if word.key != UNNAMED]
    places = {word.key: number for number, word in enumerate(listed)}

    def offered(cell: Cell | None) -> dict[str, list[int]]:
        now, all_ = nearest(cell, begun.grade), nearest(cell, _FINEST)
        return {"now": [places[word.key] for word in now], "all": [places[word.key] for word in all_]}

    cells = {
        f"{pleasant},{energy}": offered((pleasant, energy)) for pleasant, energy in itertools.product(CELLS, CELLS)
    }
    data = {
        "id": begun.entry.id,
        "language": language(),
        "order": list(begun.asked),
        "told": list(begun.told),
        "anew": begun.anew,
        "values": _values(begun.entry),
        "zones": [{"key": zone, "label": zone_name(zone)} for zone in Zone],
        "sensations": [{"key": one, "label": sensation_name(one)} for one in Sensation],
        "list": [
            {
                "key": word.key,
                "name": word_name(word.key),
                "meaning": in_language(word.meaning, language()),
                "question": in_language(word.question, language()),
                "family": word.family,
            }
            for word in listed
        ],
        "cells": {**cells, "": offered(None)},
        "few": FEW,
        "most": MOST_WORDS,
        "longest_word": LONGEST_WORD,
        "rated": [{"key": word, "label": rated_name(word)} for word in RATED],
        "companies": [{"key": one, "label": company_name(one)} for one in Company],
        "places": [{"key": one, "label": surroundings_name(one)} for one in Surroundings],
        "longest_note": LONGEST_NOTE,
        "words": _words(),
    }
    _component(key=_KEY, data=as_data(data), on_event_change=lambda: None)


def left() -> str | None:
    """How the person has just left it: "over", "words" (to read their own), or "stopped" for now."""
    told = component_value(_KEY, "event")
    return told if told in {"over", "words", "stopped"} else None


def _values(entry: CheckIn) -> dict[str, object]:
    """What was said before, by part, as a browser tells it."""
    body = None
    if entry.body is not None:
        body = {"zones": {z: {"amount": m.amount, "sensation": m.sensation} for z, m in entry.body.items()}}
    grid = {"pleasant": entry.pleasant, "energy": entry.energy, "strength": entry.strength}
    words = {"words": list(entry.words), "own_word": entry.own_word, "unnamed": entry.unnamed}
    situation = {"with_whom": entry.with_whom, "place": entry.place, "note": entry.note}
    return {
        Part.BODY: body,
        Part.GRID: None if entry.pleasant is None else grid,
        Part.WORDS: words if entry.words or entry.own_word or entry.unnamed else None,
        Part.RATINGS: {"ratings": dict(entry.ratings)} if entry.ratings else None,
        Part.SITUATION: situation if any(situation.values()) else None,
    }


def _words() -> dict[str, object]:
    unnamed = feeling_words()[UNNAMED]
    return {
        "progress": _("{position} of {of}"),
        "questions": {
            Part.BODY: _("Where in your body do you notice something?"),
            Part.GRID: _("Is it pleasant or not? How much energy is in it?"),
            Part.WORDS: _("Which word comes closest?"),
            Part.RATINGS: _("How much of each is there?"),
            Part.SITUATION: _("What is around you?"),
        },
        "body_hint": _(
            "Tap a place: once for a little, twice for a lot, a third time to take it away. Pain or a symptom that "
            "worries you: ask a doctor."
        ),
        "how_much": _("How much"),
        "how_it_feels": _("What it is like"),
        "amounts": amount_names(),
        "nothing": _("Nothing in the body"),
        "felt": _("{place} {sensation}"),
        "grid_question": _("Pleasant and energy"),
        "pleasant": pleasant_names(),
        "energy": energy_names(),
        "strength": _("How strong is it?"),
        "weak": _("barely"),
        "very": _("very"),
        "word_question": _("Which word comes closest?"),
        "more_words": _("More words"),
        "own_word": _("None fits? A word of my own"),
        "unnamed": capital(in_language(unnamed.name, language())),
        "unnamed_meaning": in_language(unnamed.meaning, language()),
        "three_at_most": _("Three at most. To take another one, tap one of yours again."),
        "both": _("*{one}* or *{other}*? Both can be there. A yes speaks for that word:"),
        "rating_hint": _("0 is not at all, 4 is very much."),
        "rest_none": _("The rest: not at all"),
        "with_whom": _("With whom?"),
        "place": _("Where?"),
        "note": _("What is happening? A few words, if you like"),
        "note_hint": _("280 characters at most. Nobody reads this unless you show it, and no computer does."),
        "next": _("Next"),
        "skip": _("Skip this"),
        "back": _("Back"),
        "stop": _("Stop for now"),
        "stop_note": _("What you answered is kept."),
        "kept": _("That is kept"),
        "no_word": _("no word yet"),
        "private": _("Only you see it, unless you show it."),
        "my_words": _("My words"),
        "finish": _("Done"),
        "help_title": _("Where to find help"),
        "help": where_to_find_help(),
        "no_connection": _("No connection just now. Your answers are kept here and go when it is back."),
        "signed_out": _("You are signed out. Your answers are kept here: sign in again, and they go."),
        "sign_in": _("Sign in"),
        "keep_open": _("Please keep this page open until the end: this browser lets us keep nothing."),
    }
