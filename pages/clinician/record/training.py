"""Training of a patient: days of the programme, pairs in work, strength of each emotion, what was expected."""

import streamlit as st

from core.domain.practice.overview import EmotionLevel, ExpectedBand, PairInWork, PracticeOverview
from core.domain.programme.today import DayPlace, ProgrammeToday
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import CoursePart
from core.services.clinic.record import Review
from core.services.clinic.training import training
from pages.shared.emotions import label
from pages.shared.measures.course_words import week_in_words
from pages.shared.measures.plan_fields import pair_name
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

LEAST = 14
"""Answers in practice from which on something is said of it."""


def show_training(review: Review) -> None:
    """What the plan comes to in practice."""
    found = training(store(), state().token, review.id)
    if found.programme is not None:
        st.subheader(_("Programme"))
        st.markdown(programme_in_words(found.programme))
        if review.progress.course is not None and no_gain_half_way(review.progress.course):
            st.markdown(_("Half-way no gain was seen: talk about it."))
    if found.practice is None:
        return
    st.subheader(_("What is practised"))
    if found.practice.answers < LEAST:
        quiet(_("Practice follows the person after their first answers."))
        return
    _show_practice(found.practice)


def programme_in_words(day: ProgrammeToday) -> str:
    """Where the person stands, in one or two sentences."""
    if day.first is not None:
        made, planned = day.first
        said = _("Getting to know: {made} of {planned} days.").format(made=made, planned=planned)
    else:
        said = week_in_words(day)
    more = {
        DayPlace.PAUSED: _("It rests."),
        DayPlace.FINISHED: _("It is done."),
        DayPlace.DONE: _("Today is done."),
        DayPlace.ENOUGH: _("A quarter of an hour is done today."),
        DayPlace.ASKED: _("After a pause, the next day is short.") if day.back else "",
    }
    return f"{said} {more[day.place]}".strip()


def no_gain_half_way(course: Course) -> bool:
    """Whether the middle was looked at, and nothing was found; later looks have their own verdict."""
    looks = [one for one in course.closed if one.phase == course.phase and one.verdict]
    last = looks[-1] if looks else None
    if last is None or last.verdict is None or last.part is not CoursePart.MIDDLE:
        return False
    return last.verdict.kind is not VerdictKind.BETTER


def _show_practice(practice: PracticeOverview) -> None:
    pairs, levels = st.columns(2, gap="large")
    with pairs:
        st.markdown(f"**{_('Pairs in work')}**")
        st.table([row for one in practice.pairs for row in _pair_rows(one)])
        quiet(_("Both of a pair are practised equally often: who says one word to everything is right half the time."))
    with levels:
        st.markdown(f"**{_('Strength of each emotion now')}**")
        st.table([_level_row(one) for one in practice.levels])
    with st.expander(_("Was it as hard as expected?")):
        st.table([_band_row(one) for one in practice.bands])
        quiet(
            _(
                "Faces by the chance of a right answer that earlier answers gave, and how many were right. Practice "
                "aims at 70 to 90 %. Over the last {answers} answers."
            ).format(answers=practice.answers)
        )


def _pair_rows(one: PairInWork) -> list[dict[str, str]]:
    """Faces of each member, and how often they were named as it and as the other: hits alone would hide a bias."""
    name = pair_name(one.pair) + (f" ({_('due')})" if one.due else "")
    named = ((one.as_first[0], one.as_second[0]), (one.as_second[1], one.as_first[1]))
    return [
        {
            _("Pair"): name if place == 0 else "",
            _("It was"): label(emotion),
            _("Named as this"): _("{right} of {shown}").format(right=own, shown=faces),
            _("Named as the other"): _("{right} of {shown}").format(right=other, shown=faces),
        }
        for place, (emotion, faces, (own, other)) in enumerate(zip(one.pair, one.faces, named, strict=True))
    ]


def _level_row(one: EmotionLevel) -> dict[str, str]:
    return {
        _("Emotion"): label(one.emotion),
        _("Answers"): str(one.faces),
        _("Next strength"): "–" if one.strength is None else _("{percent} %").format(percent=one.strength),
        _("Chance of right"): _("{percent} %").format(percent=round(100 * one.expected)),
        _("Offered"): _("two words") if one.two else _("seven words"),
    }


def _band_row(one: ExpectedBand) -> dict[str, str]:
    return {
        _("Expected"): _("{low} to {high} %").format(low=round(100 * one.low), high=round(100 * one.high)),
        _("Faces"): str(one.faces),
        _("Expected on average"): _("{percent} %").format(percent=round(100 * one.expected)),
        _("Right"): _("{percent} %").format(percent=round(100 * one.right)),
    }
