"""Home of a patient: the day of their programme, or without one what is due; one large button; quietly, the rest."""

import streamlit as st

from core.domain.exercise.trials import Kind
from core.domain.patient.consent import ConsentState, Purpose
from core.domain.statistics.change import BASELINE_CHECKS
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import CoursePart
from core.services.exercise import beside, expression, programme, progress, recognition, runs
from core.services.exercise.recognition import Today
from core.services.privacy import consents
from pages.patient.parts.asked_forms import link_asked_form, show_asked_form
from pages.patient.parts.beside_words import title_of
from pages.patient.parts.checks_apart import show_apart
from pages.patient.parts.consent_closed import show_closed
from pages.patient.parts.day_card import show_day
from pages.patient.parts.day_steps import long_day
from pages.shared.browser import browser
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.quiet import quiet
from pages.shared.recognise.result_words import in_a_sentence
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, ngettext

app = state()


def begin() -> None:
    """Play what is due, or say in a flash message why not."""
    with flash_refusals():
        app.run = recognition.begin(store(), app.token, browser()).id
    st.switch_page("pages/patient/recognise.py" if app.run else "pages/patient/home.py")


def end() -> None:
    with flash_refusals():
        runs.stop(store(), app.token, recognition.begin(store(), app.token, browser()).id)


def is_first(today: Today) -> bool:
    """Nothing was played yet: there is one thing to do, and the menu has the rest."""
    course = today.course
    warms_up = course is not None and course.open is CoursePart.BASELINE and today.kind is Kind.PRACTICE
    return warms_up and today.left is None


def asked(today: Today) -> str:
    """What the plan asks, in two or three sentences."""
    if today.left is not None:
        return ngettext(
            "You have begun. One face is left.", "You have begun. {left} faces are left.", today.left
        ).format(left=today.left)
    course = today.course
    if today.kind is None:
        return _(
            "That was today’s look. The next one is for tomorrow: each day counts once, so that good and bad days are "
            "all in it. Faces are practised when these days are over."
        )
    if is_first(today):
        return _(
            "First, {faces} faces to see how it works. After each you hear what it shows. They do not count."
        ).format(faces=today.faces)
    if course is not None and course.open is CoursePart.BASELINE:
        return _(
            "{planned} short looks on {planned} days show how you name faces before the training. Today is number "
            "{number}: {faces} faces, and you choose what each shows."
        ).format(planned=course.planned, number=course.made + 1, faces=today.faces)
    if today.kind is Kind.CHECK and today.checks_done == 1:
        return _(
            "A second check with {faces} faces. One day can be a good or a bad one; two checks together show where you "
            "begin. You hear the result at the end."
        ).format(faces=today.faces)
    if today.kind is Kind.CHECK:
        return _(
            "A check with {faces} faces. For each face, choose what it shows. You hear the result at the end. "
            "It shows what you see now, so there is nothing to prepare."
        ).format(faces=today.faces)
    return _(
        "A practice with {faces} faces. After each one you hear what it was meant to show, and how one can tell."
    ).format(faces=today.faces)


def planned(today: Today) -> str:
    """The plan that the clinician set, in a sentence, and how far one has come until all checks are done."""
    if today.course is not None:
        return _in_course(today.course, today.checks_done)
    if today.practices_until_check is None:  # all checks are done, or the faces are for practice only
        return _("Your plan: practices of {faces} faces.").format(faces=today.plan.practice_length)
    checks = BASELINE_CHECKS + today.plan.checks_planned
    done = _("{done} of {planned} checks are done.").format(done=min(today.checks_done, checks), planned=checks)
    sentence = ngettext(
        "Your plan: a practice of {faces} faces, and a check after each.",
        "Your plan: practices of {faces} faces, and a check after every {every}.",
        today.plan.check_every,
    ).format(faces=today.plan.practice_length, every=today.plan.check_every)
    return f"{sentence} {done}"


def _in_course(course: Course, done: int) -> str:
    if course.open is CoursePart.BASELINE:
        return _("{done} of {planned} days are done.").format(done=course.made, planned=course.planned)
    if done >= course.design.checks:
        return ""
    return _("{done} of {planned} short looks are done.").format(done=done, planned=course.design.checks)


def _plan(today: Today) -> None:
    said = planned(today)
    if said:
        quiet(said)
    if today.course is not None and today.kind is not Kind.PRACTICE:
        show_apart(today.course.apart)


def show_today(today: Today) -> None:
    with st.container(border=True):
        enough = today.left is None and today.kind is not None and programme.is_enough(store(), app.token)
        st.markdown(long_day() if enough else asked(today))
        if today.kind is None:
            _plan(today)
            return
        quiet(ngettext("About one minute.", "About {minutes} minutes.", today.minutes).format(minutes=today.minutes))
        name = _("Begin") if today.left is None and not enough else _("Go on")
        if st.button(name, type="tertiary" if enough else "primary", width="stretch"):
            begin()
        if not is_first(today):
            _plan(today)
    if today.left is not None:
        st.button(_("End this run instead. What you answered is kept."), on_click=end, type="tertiary")


def show_rest(record: ConsentState) -> None:
    """The last result, and what may be done at any time."""
    last = progress.last_result(store(), app.token)
    if last is not None:
        st.header(_("Last time"))
        st.markdown(in_a_sentence(last.summary))
        st.page_link("pages/patient/result.py", label=_("See the result"))
    st.header(_("When you like"))
    for task in beside.offered() if record is ConsentState.AGREED else ():
        if st.button(title_of(task), key=f"begin-{task.name}", width="stretch"):
            with flash_refusals():
                app.run = runs.begin(store(), app.token, browser(), task)
            st.switch_page("pages/patient/recognise.py" if app.run else "pages/patient/home.py")
    if record is ConsentState.AGREED:
        st.page_link("pages/patient/check_in_page.py", label=_("Check in: one minute"))
    if expression.closed() is None:
        st.page_link("pages/patient/express.py", label=_("Show an emotion"))
    st.page_link("pages/patient/learn.py", label=_("Learn about an emotion"))
    st.page_link("pages/patient/progress.py", label=_("My progress"))
    st.page_link("pages/everybody/about.py", label=_("What is alexithymia?"))


app.paused, app.over = False, None
consent = consents.mine(store(), app.token)
if consent.to_ask:
    st.switch_page("pages/account/consent.py")

st.title(_("Today"))
show_flash()
record = consent.of(Purpose.TREATMENT).state
day = programme.today(store(), app.token, browser().time_zone) if record is ConsentState.AGREED else None
if record is ConsentState.AGREED and show_asked_form(day):
    st.stop()
if day is not None:
    show_day(day)
    link_asked_form()
    st.stop()
today = recognition.today(store(), app.token, browser().time_zone) if record is ConsentState.AGREED else None
if today is None:
    show_closed(record)
else:
    show_today(today)
    link_asked_form()
if today is None or not is_first(today):
    show_rest(record)
