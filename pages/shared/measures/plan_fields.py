"""The fields of a plan inside a form, for one patient or for an arm of a study."""

from dataclasses import replace
from itertools import combinations

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.exercise.plan import EXPOSURES, LEVELS, ChangeRule, Plan
from core.domain.exercise.presets import PRESETS
from core.domain.exercise.programme import (
    LATER_CHECKS,
    LATER_WEEKS,
    LEFT_OUT,
    RECOMMENDED_FOLLOW_UP,
    DayPart,
    FollowUp,
    Programme,
    six_weeks,
)
from core.domain.practice.planning import PAIRS
from core.services.faces.stimulus_sets import FaceSet
from pages.shared.emotions import label
from pages.shared.measures.course_words import preset_in_words
from pages.shared.recognise.view import capital
from pages.shared.set_names import set_title
from pages.shared.words import _


def ask_plan(plan: Plan, sets: list[FaceSet], key: str) -> Plan | None:
    """The plan as the fields say it, beginning with `plan`; None where too few emotions are chosen. `sets`: newest
    first; `key` keeps several plans on one page apart."""
    known = {one.name: one for one in reversed(sets)}
    names = list(known)
    practice, check = st.columns(2, gap="large")
    with practice:
        chosen = st.selectbox(
            _("Faces"),
            names,
            index=names.index(plan.set_name) if plan.set_name in names else 0,
            format_func=lambda name: set_title(known[name].title),
            key=f"set-{key}",
        )
        length = st.number_input(
            _("Faces in a practice"), 7, 70, plan.practice_length, step=7, key=f"practice-length-{key}"
        )
        low, high = st.select_slider(
            _("Strength of the expression in practice, in percent (graded faces)"),
            LEVELS,
            value=plan.practice_intensities,
            key=f"intensities-{key}",
        )
        least, most = st.select_slider(
            _("Clarity in practice: how many of ten people chose the same (faces with votes)"),
            range(1, 11),
            value=plan.practice_votes,
            key=f"votes-{key}",
        )
        emotions = st.multiselect(
            _("Emotions in practice (a check always has all seven)"),
            list(Emotion),
            plan.emotions,
            format_func=label,
            key=f"emotions-{key}",
        )
        adaptive = st.toggle(
            _("Practice follows what the person mixes up"),
            plan.adaptive,
            key=f"adaptive-{key}",
            help=_(
                "Each emotion at the strength at which about eight of ten answers are right, and more of the pairs "
                "that are mixed up. Off: all faces of a practice have one strength, a step fainter from 80 % right on."
            ),
        )
        pairs = st.multiselect(
            _("Pairs to work on (empty: those that the person mixes up most)"),
            list(combinations(Emotion, 2)),
            plan.pairs,
            format_func=pair_name,
            max_selections=PAIRS,
            key=f"pairs-{key}",
        )
    with check:
        preset = st.radio(
            _("Checks"),
            [*PRESETS, *([ChangeRule.LATEST.value] if plan.rule is ChangeRule.LATEST else [])],
            index=list(PRESETS).index(plan.preset) if plan.rule is ChangeRule.BLOCKS else len(PRESETS),
            format_func=_choice,
            key=f"preset-{key}",
        )
        exposure = st.selectbox(
            _("How long a face is shown"),
            EXPOSURES,
            index=EXPOSURES.index(plan.exposure_ms),
            format_func=exposure_name,
            key=f"exposure-{key}",
        )
        step = 7 * len(plan.check_intensities)
        check_length, every, planned = plan.check_length, plan.check_every, plan.checks_planned
        if plan.rule is ChangeRule.LATEST:
            check_length = st.number_input(
                _("Faces in a check"), step, 210, plan.check_length, step=step, key=f"check-length-{key}"
            )
            every = st.number_input(_("Practices between two checks"), 1, 50, plan.check_every, key=f"every-{key}")
            planned = st.number_input(
                _("Checks planned after the first two"), 1, 52, plan.checks_planned, key=f"planned-{key}"
            )
        programme = _ask_programme(plan.programme, key)
    if len(emotions) < 2:
        return None
    wished = Plan(
        set_name=chosen,
        practice_length=int(length),
        practice_intensities=(low, high),
        practice_votes=(least, most),
        adaptive=adaptive,
        pairs=tuple(pair for pair in sorted(pairs) if set(pair) <= set(emotions)),
        emotions=tuple(sorted(emotions)),
        check_length=int(check_length),
        check_intensities=plan.check_intensities,
        check_votes=plan.check_votes,
        exposure_ms=exposure,
        checks_planned=int(planned),
        check_every=int(every),
    )
    return wished if preset == ChangeRule.LATEST else replace(wished.in_blocks(preset), programme=programme)


def _ask_programme(programme: Programme | None, key: str) -> Programme | None:
    """Whether a programme leads through the days, and what is in it."""
    led = st.toggle(
        _("A programme leads through the days"),
        programme is not None,
        key=f"programme-{key}",
        help=_(
            "A week of getting to know, then six weeks of five days, 6 to 8 minutes each: check-in, lesson and "
            "practice behind one button. It counts days that were done, not dates, and needs checks on many days."
        ),
    )
    out = programme.left_out if programme else ()
    parts = st.multiselect(
        _("In the programme"),
        LEFT_OUT,
        [part for part in LEFT_OUT if part not in out],
        format_func=part_name,
        key=f"programme-parts-{key}",
    )
    paused = st.toggle(
        _("The programme rests for now"), programme is not None and programme.paused, key=f"programme-paused-{key}"
    )
    follow_up = _ask_follow_up(programme.follow_up if programme else RECOMMENDED_FOLLOW_UP, key)
    if not led:
        return None
    wanted = tuple(part for part in LEFT_OUT if part not in parts)
    if programme and wanted == out:
        return replace(programme, paused=paused, follow_up=follow_up)
    return six_weeks(wanted, paused, follow_up)


def _ask_follow_up(follow_up: FollowUp | None, key: str) -> FollowUp | None:
    wanted = st.toggle(
        _("After the programme: short checks whether it is kept"),
        follow_up is not None,
        key=f"follow-up-{key}",
        help=_(
            "So many weeks after the last day of training, at most one check a day, and no practice until they are "
            "made. Days that are missed cost nothing. The verdict of the training stays as it is."
        ),
    )
    begun = follow_up or RECOMMENDED_FOLLOW_UP
    weeks = st.number_input(_("Weeks until then"), *LATER_WEEKS, begun.weeks, key=f"follow-up-weeks-{key}")
    checks = st.number_input(_("Checks then"), *LATER_CHECKS, begun.checks, key=f"follow-up-checks-{key}")
    return FollowUp(int(weeks), int(checks)) if wanted else None


def pair_name(pair: tuple[Emotion, Emotion]) -> str:
    first, second = pair
    return capital(_("{first} and {second}").format(first=label(first), second=label(second)))


def part_name(part: DayPart) -> str:
    names = {
        DayPart.CHECK: _("checks"),
        DayPart.CHECK_IN: _("check-ins"),
        DayPart.LESSON: _("lessons"),
        DayPart.PRACTICE: _("practice"),
        DayPart.MOVING: _("faces that move"),
        DayPart.CONTEXT: _("faces in situations"),
        DayPart.SHOW: _("two emotions before the camera"),
        DayPart.SUMMARY: _("a summary of the check-ins"),
        DayPart.QUESTIONNAIRE: _("a questionnaire, where one is asked for"),
        DayPart.READING: _("pages to read"),
    }
    return names[part]


def _choice(preset: str) -> str:
    if preset == ChangeRule.LATEST:
        return _("As so far: each check alone against the first two, with the numbers below")
    return preset_in_words(preset)


def exposure_name(exposure_ms: int | None) -> str:
    if exposure_ms is None:
        return _("until it is answered")
    return _("{ms} ms, then a mask").format(ms=exposure_ms)
