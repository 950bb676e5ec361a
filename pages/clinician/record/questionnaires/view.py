"""Questionnaire totals of a patient: entered, charted on their own axes, compared by the rule for reliable change."""

from datetime import date
from functools import partial

import streamlit as st

from core.domain.patient.questionnaires import Direction, Questionnaire, QuestionnaireScore, ReliableChange, change
from core.services.clinic import questionnaires
from pages.clinician.record.questionnaires.asking import show_asking
from pages.clinician.record.removal import show_removable
from pages.shared.browser import dark
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import day, number, plain, signed
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import empty_form, field_value, form_key, state
from pages.shared.words import _, localized


def show_questionnaires(patient_id: str) -> None:
    """Every questionnaire with a total, and a form for another total."""
    quiet(
        _(
            "Questionnaires ask about alexithymia; the checks measure how faces are named. One is not the other, so "
            "each has its own axis."
        )
    )
    listed = st.container()
    _ask(patient_id)
    show_asking(patient_id)
    with listed:
        show_flash()
        scores = questionnaires.scores(store(), state().token, patient_id)
        if not scores:
            st.markdown(_("No total has been entered yet."))
        for questionnaire in questionnaires.known().values():
            of_it = [score for score in scores if score.questionnaire == questionnaire.key]
            if of_it:
                _show(patient_id, questionnaire, of_it)


def in_words(questionnaire: Questionnaire, score: QuestionnaireScore) -> str:
    """A total with its band: "64 (alexithymia)"."""
    band = questionnaire.band(score.total)
    return f"{score.total} ({localized(band.label)})" if band else str(score.total)


def change_in_words(change: ReliableChange) -> str:
    """Whether the last total differs from the first by more than the error of measurement."""
    points = change.last.total - change.first.total
    match change.direction:
        case Direction.WITHIN:
            said = _("{points} points since the first: within the error of measurement (less than {least}).")
        case Direction.BETTER:
            said = _("{points} points since the first: reliably better (RCI {rci}; it takes {least} points).")
        case Direction.WORSE:
            said = _("{points} points since the first: reliably worse (RCI {rci}; it takes {least} points).")
    return said.format(points=signed(points), rci=number(change.rci, 2), least=number(change.least, 1))


def _show(patient_id: str, questionnaire: Questionnaire, scores: list[QuestionnaireScore]) -> None:
    from pages.clinician.record.questionnaires.chart import TotalWords, totals_over_time

    st.subheader(f"{questionnaire.name}: {in_words(questionnaire, scores[-1])}")
    if reliable := change(questionnaire, scores):
        st.markdown(change_in_words(reliable))
    quiet(f"{localized(questionnaire.title)}. {localized(questionnaire.note)}")
    words = TotalWords(
        _("Day"),
        _("Total ({low} to {high})").format(low=questionnaire.low, high=questionnaire.high),
        [localized(band.label) for band in questionnaire.bands],
        [f"{day(score.on)}: {in_words(questionnaire, score)}" for score in scores],
    )
    figure = totals_over_time(questionnaire, scores, words, dark())
    show_chart(figure, questionnaire.name, f"totals-{questionnaire.key}")
    with st.expander(_("The same as a table")):
        for score in scores:
            show_removable(
                f"{day(score.on)} · **{in_words(questionnaire, score)}** · {_by(score)}",
                _("It is gone for good then; the audit log keeps that you removed a total of this day."),
                _("Remove the total"),
                f"score-{score.id}",
                partial(_remove, patient_id, score.id),
            )
        quiet(_("Source: {source}").format(source=plain(questionnaire.source)))
        if questionnaire.retest:
            said = _("Rule for change: standard deviation {sd}, retest correlation {r}; {source}.")
            quiet(
                said.format(
                    sd=questionnaire.retest.sd, r=questionnaire.retest.r, source=plain(questionnaire.retest.source)
                )
            )


def _ask(patient_id: str) -> None:
    known = questionnaires.known()
    with st.container(border=True):
        key = st.selectbox(
            _("Enter a total of"), list(known), format_func=lambda one: f"{known[one].name} · {_title(known[one])}"
        )
        form = form_key("total")
        with st.form(form, border=False):
            here = f"{form}-{key}"
            filled_in = _("Filled in on")
            st.date_input(filled_in, None, min_value=date(1990, 1, 1), format="DD/MM/YYYY", key=f"{here}-on")
            label = _("Total ({low} to {high})").format(low=known[key].low, high=known[key].high)
            st.number_input(label, known[key].low, known[key].high, value=None, step=1, key=f"{here}-total")
            st.form_submit_button(_("Keep the total"), type="primary", on_click=_keep, args=(patient_id, key, here))
    on, total = field_value(f"{here}-on"), field_value(f"{here}-total")
    former = _former(patient_id, key, on)
    if former is not None and total is not None:
        _ask_again(patient_id, former, total)


def _by(score: QuestionnaireScore) -> str:
    """Who entered it, or that it was filled in here, with its subscales and what was left out."""
    if not score.by_person:
        return plain(score.entered_by or "–")
    said = [_("filled in by the patient"), *(f"{plain(name)} {total}" for name, total in score.subscales.items())]
    if score.left_out:
        said.append(_("left out: {number}").format(number=score.left_out))
    return ", ".join(said)


def _former(patient_id: str, key: str, on: date | None) -> QuestionnaireScore | None:
    there = questionnaires.scores(store(), state().token, patient_id)
    return next((score for score in there if (score.questionnaire, score.on) == (key, on)), None)


def _keep(patient_id: str, key: str, field: str) -> None:
    on, total = field_value(f"{field}-on"), field_value(f"{field}-total")
    if on is None or total is None:
        state().flash = _("Please give the day and the total.")
        return
    with flash_refusals():
        if _former(patient_id, key, on) is None:
            _enter(patient_id, key, on, total, None)


def _ask_again(patient_id: str, former: QuestionnaireScore, total: int) -> None:
    """Two totals of one day: nothing is replaced before it is said."""
    st.warning(
        _("{former} is entered already for {day}, by {clinician}. This replaces it by {total}.").format(
            day=day(former.on),
            former=former.total,
            clinician=_("the patient") if former.by_person else plain(former.entered_by or "–"),
            total=total,
        )
    )
    with st.container(horizontal=True):
        new = (patient_id, former.questionnaire, former.on, total, former.total)
        st.button(_("Replace {former} by {total}").format(former=former.total, total=total), on_click=_enter, args=new)
        st.button(_("Leave {former}").format(former=former.total), on_click=empty_form, args=("total",))


def _enter(patient_id: str, key: str, on: date, total: int, former: int | None) -> None:
    with flash_refusals():
        questionnaires.enter(store(), state().token, patient_id, key, on, total, former)
        empty_form("total")


def _title(questionnaire: Questionnaire) -> str:
    return localized(questionnaire.title)


def _remove(patient_id: str, score_id: int) -> None:
    with flash_refusals():
        questionnaires.remove(store(), state().token, patient_id, score_id)
