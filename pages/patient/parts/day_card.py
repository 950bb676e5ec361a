"""Home of a programme: one card with one button, the marks of the weeks, and what the person can now do."""

from base64 import b64encode
from collections.abc import Sequence

import streamlit as st

from core.domain.exercise.programme import DayPart
from core.domain.programme.today import DayPlace, DayStep, ProgrammeToday
from core.services.exercise import programme, runs
from core.services.exercise.programme import OpenRun
from pages.patient.parts.checks_apart import show_apart
from pages.patient.parts.day_steps import go_on, go_on_all_the_same, long_day, name_of
from pages.patient.parts.reminders import show_reminders
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.flash import flash_refusals
from pages.shared.measures.course_words import week_in_words
from pages.shared.palette import DARK, LIGHT
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, ngettext

_MARK, _GAP = 18, 10


def show_day(day: ProgrammeToday) -> None:
    """All of home, for who has a programme."""
    begun = programme.open_run(store(), state().token)
    steps = day.steps
    with st.container(border=True):
        if begun is not None:
            _show_begun(begun)
        elif steps and day.place is DayPlace.ENOUGH:
            st.markdown(f"**{_('That was today.')}** {long_day()}")
            go_on_all_the_same(steps)
        elif steps:
            _show_asked(day, steps)
        else:
            _show_rest(day)
    asked = begun is None and day.place is DayPlace.ASKED
    if asked and len(steps) > 1 and any(step.part is DayPart.CHECK_IN for step in steps):
        st.page_link("pages/patient/check_in_page.py", label=_("Only the check-in today"))
    _show_weeks(day)
    if day.place is not DayPlace.FINISHED or day.later is not None:
        show_reminders(day)


def _show_begun(begun: OpenRun) -> None:
    """A run that can be gone on with comes before all else."""
    st.markdown(
        ngettext("You have begun. {left} is left.", "You have begun. {left} are left.", begun.left).format(
            left=begun.left
        )
    )
    if st.button(_("Go on"), type="primary", width="stretch"):
        state().run = begun.id
        st.switch_page("pages/patient/recognise.py")
    st.button(_("End this run instead. What you answered is kept."), on_click=_end, args=(begun,), type="tertiary")


def _end(begun: OpenRun) -> None:
    with flash_refusals():
        runs.stop(store(), state().token, begun.id)


def _show_asked(day: ProgrammeToday, steps: Sequence[DayStep]) -> None:
    parts = _(", then ").join(name_of(step) for step in steps)
    minutes = _minutes(steps)
    if day.back:
        st.markdown(_("Good that you are here. Today is short: {parts}.").format(parts=parts))
    elif day.follow_up is not None:
        made, planned = day.follow_up
        st.markdown(
            _("Is it kept? This is short look {number} of {planned}, one a day at most. Today: {parts}.").format(
                number=made + 1, planned=planned, parts=parts
            )
        )
    elif day.begun:
        st.markdown(_("Still to come today: {parts}.").format(parts=parts))
    elif day.first is not None:
        made, planned = day.first
        st.markdown(
            _("Getting to know how you name faces: day {number} of {planned}. Today: {parts}.").format(
                number=made + 1, planned=planned, parts=parts
            )
        )
    else:
        st.markdown(_("Today: {parts}.").format(parts=parts))
    name = (
        ngettext("Go on: about {minutes} minute", "Go on: about {minutes} minutes", minutes)
        if day.begun
        else ngettext("Begin: about {minutes} minute", "Begin: about {minutes} minutes", minutes)
    )
    if st.button(name.format(minutes=minutes), type="primary", width="stretch"):
        go_on(steps)
    show_apart(day.apart)


def _show_rest(day: ProgrammeToday) -> None:
    """Nothing is asked: the day is over, or the programme rests, or is done."""
    match day.place:
        case DayPlace.PAUSED if day.first is not None or day.follow_up is not None:
            st.markdown(_("Your clinician lets the programme rest for now. Nothing is lost."))
            return
        case DayPlace.PAUSED:
            st.markdown(_("Your clinician lets the programme rest for now. Nothing is lost, and you may practise."))
        case DayPlace.FINISHED:
            st.markdown(_finished(day))
            st.page_link("pages/patient/progress.py", label=_("My progress"))
        case _other if day.follow_up is not None:
            made, planned = day.follow_up
            st.markdown(
                _(
                    "**That was today.** {made} of {planned} short looks are done. The next comes when you like, from "
                    "tomorrow on. Practice comes back after the last."
                ).format(made=made, planned=planned)
            )
            return
        case _other if day.first is not None:
            made, planned = day.first
            st.markdown(_("**That was today.** {made} of {planned} days are done.").format(made=made, planned=planned))
            st.page_link("pages/everybody/about.py", label=_("To read, if you like: What is alexithymia?"))
            return
        case _other:
            st.markdown(_("**That was today.** The next day comes when you like, from tomorrow on."))
    if st.button(_("A few faces more, if you like"), type="tertiary"):
        go_on([DayStep(DayPart.PRACTICE, programme.FREE_PRACTICE)])


def _finished(day: ProgrammeToday) -> str:
    """What is said where all weeks are done, and of the follow-up that is ahead or was made."""
    if day.kept:
        return _(
            "All your weeks are done, and so are the short looks afterwards. Thank you. What was found stands in "
            "My progress; the lessons stay in Learn."
        )
    said = _(
        "All your weeks are done. Thank you for the time you gave them. What was found stands in My "
        "progress; the lessons stay in Learn."
    )
    if day.later is None:
        return said
    return f"{said} " + ngettext(
        "In about one week {checks} short looks show whether it is kept.",
        "In about {weeks} weeks {checks} short looks show whether it is kept.",
        day.later.weeks,
    ).format(weeks=day.later.weeks, checks=day.later.checks)


def _show_weeks(day: ProgrammeToday) -> None:
    """One mark a week, filled when it is done: it counts days done, and none is ever late."""
    st.markdown(f"![]({_marks(day)})")  # not st.image, which can be enlarged; the words stand below
    quiet(_weeks_in_words(day))
    can = programme.now_able(store(), state().token)
    if can:
        st.markdown(
            _("What you can now do: name **{emotion}** in most faces that show {strength} % of it.").format(
                emotion=label(can[0].emotion), strength=can[0].strength
            )
        )


def _weeks_in_words(day: ProgrammeToday) -> str:
    if day.week == 0:
        return _("The {weeks} weeks of training come after these days.").format(weeks=day.weeks)
    return week_in_words(day)


def _marks(day: ProgrammeToday) -> str:
    """As the address of an SVG: filled for weeks that are done, with a dot for the one that goes on."""
    colours = DARK if dark() else LIGHT
    radius, step = _MARK / 2 - 1, _MARK + _GAP
    circles = []
    for place in range(day.weeks):
        x = place * step + _MARK / 2
        fill = colours.accent if place < day.weeks_done else "none"
        at = f'cx="{x}" cy="{_MARK / 2}"'
        circles.append(f'<circle {at} r="{radius}" fill="{fill}" stroke="{colours.accent}" stroke-width="1.5"/>')
        if place == day.weeks_done and day.week > 0:
            circles.append(f'<circle {at} r="{radius / 2.5}" fill="{colours.accent}"/>')
    width = day.weeks * step - _GAP
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_MARK}">{"".join(circles)}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"


def _minutes(steps: Sequence[DayStep]) -> int:
    return max(1, -(-sum(step.seconds for step in steps) // 60))
