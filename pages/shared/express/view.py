"""Expressions on a page: the tries of a run with faces of the built-in set, the line of a person, the matrices."""

from collections.abc import Mapping
from datetime import tzinfo

import streamlit as st

from core.domain.camera.expression import ExpressionRun, Try
from core.domain.emotions import Emotion
from core.domain.network.card import Card
from core.domain.network.rating import NetworkId
from core.domain.statistics.metrics import wilson
from core.domain.statistics.series import CheckSeries
from core.services.exercise.expression_progress import NetworkMatrix, RunPoint
from core.services.exercise.progress import CheckPoint
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.express.words import beside_rest, mixture, of_a_line, of_a_matrix, often_wrong, points, saw
from pages.shared.format import SHORT, day, number
from pages.shared.frequencies import percents
from pages.shared.measures.matrix_table import counts_table, hover, named
from pages.shared.measures.show_chart import show_chart
from pages.shared.network_cards import cards
from pages.shared.quiet import quiet
from pages.shared.recognise.cues import cue
from pages.shared.recognise.differences import difference
from pages.shared.words import _

WIDTH = 130
_SAME, _OTHER = ":primary[●] {}", ":primary[○] {}"


def card_of(network: NetworkId | None) -> Card | None:
    """The card of the very network that made a reading; None where it ships no more."""
    card = cards().get(network.name) if network else None
    return card if card is not None and network is not None and card.sha256 == network.hash else None


def show_tries(run: ExpressionRun, faces: Mapping[Emotion, bytes]) -> None:
    """Each try: what was meant and seen, beside faces of one built-in person that show the same; nothing of the
    camera."""
    for attempt in run.made:
        with st.container(border=True):
            _pair(attempt, faces)
            st.markdown(saw(run, attempt))
            beside = beside_rest(run, attempt)
            if beside:
                st.markdown(beside)
            _help(attempt)
            _numbers(run, attempt)


def _pair(attempt: Try, faces: Mapping[Emotion, bytes]) -> None:
    assert attempt.seen is not None
    same = bool(attempt.correct)
    shown = [(attempt.meant, _("what you meant, and what it saw") if same else _("what you meant"))]
    shown += [] if same else [(attempt.seen, _("what it saw"))]
    with st.container(horizontal=True):
        for emotion, what in shown:
            if emotion is None or emotion not in faces:
                continue
            with st.container(width=WIDTH):
                st.image(faces[emotion], width="stretch", alt=label(emotion))
                quiet(f"{what}: {label(emotion)}")
    if attempt.meant is not None:
        st.markdown(_SAME.format(_("the same")) if same else _OTHER.format(_("different")))


def _help(attempt: Try) -> None:
    """For an emotion that was not seen: how to tell the two apart, and what the network is known to read badly."""
    if attempt.meant is None or attempt.seen is None or attempt.correct:
        return
    st.markdown(difference(attempt.meant, attempt.seen))
    card = card_of(attempt.network)
    weak = often_wrong(card, attempt.meant) if card is not None else None
    if weak:
        st.markdown(weak)
    with st.expander(_("What others look for")):
        st.markdown(cue(attempt.meant))


def _numbers(run: ExpressionRun, attempt: Try) -> None:
    assert attempt.reading is not None
    rest = run.baseline if run.baseline_network == attempt.network else None
    with st.expander(_("The seven numbers")):
        st.table(
            [
                {
                    _("Emotion"): label(emotion),
                    _("This try"): _share(attempt.reading.probabilities[emotion]),
                    _("Your face at rest"): _share(rest.probabilities[emotion]) if rest else "–",
                }
                for emotion in Emotion
            ]
        )
        quiet(
            _("How the computer spread its trust, in percent. It is the mean of {frames} pictures.").format(
                frames=attempt.reading.frames
            )
            if attempt.reading.frames > 1
            else _("How the computer spread its trust, in percent, on one picture.")
        )


def _share(probability: float) -> str:
    return _("{percent} %").format(percent=round(100 * probability))


def show_line(line: tuple[RunPoint, ...], zone: tzinfo) -> None:
    """Runs over time, without a verdict; what an earlier network saw stands outside the line."""
    from pages.shared.measures.charts import CheckWords, checks_over_time

    st.markdown(of_a_line(line))
    labels = [day(point.when, SHORT, zone) for point in line]
    words = CheckWords(
        time_axis=_("Run"),
        share_axis=_("Seen as meant (%)"),
        empty="",
        hover=_("{date}: {right} of {shown}, 95 %: {low} to {high} %"),
        band="",
        comparable=_("The computer of today"),
        other=_("An earlier one"),
    )
    shown = [CheckPoint(p.when, p.same, p.tries, wilson(p.same, p.tries), p.network == line[-1].network) for p in line]
    figure = checks_over_time(shown, labels, None, words, dark())
    show_chart(figure, _("Before the camera"), "expressions")
    quiet(mixture())
    with st.expander(_("The same as a table")):
        st.table(
            [
                {
                    _("Date"): date,
                    _("Seen as meant"): _("{right} of {shown}").format(right=point.right, shown=point.shown),
                    _("95 % interval"): f"{percents(point.interval, 0)} %",
                }
                for date, point in zip(labels, shown, strict=True)
            ]
        )


def show_matrices(recognition: CheckSeries | None, expressions: tuple[NetworkMatrix, ...]) -> None:
    """What a person sees in faces beside what the network sees in theirs: the same axes, never one sum."""
    st.header(_("Recognising and showing"))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Faces of others"))
        _show_recognition(recognition)
    with right:
        st.subheader(_("Their own face"))
        if not expressions:
            st.markdown(_("Nothing was shown to the camera yet."))
        else:
            _show_expressions(expressions[0])
    if expressions:
        quiet(
            _(
                "Their own face: this mixes the person’s face with the network’s errors. It is kept for each version "
                "of the network, is not added to the faces of others, and says nothing of change."
            )
        )
    for earlier in expressions[1:]:
        with st.expander(of_a_matrix(earlier)):
            _show_expressions(earlier)


def _names() -> list[str]:
    return [label(emotion) for emotion in Emotion]


def _show_recognition(series: CheckSeries | None) -> None:
    from pages.shared.measures.patient_charts import matrix

    if series is None:
        st.markdown(_("No check has been finished yet."))
        return
    whole = series.whole.summary
    st.markdown(
        _("{checks} checks of one kind: {right} of {shown} faces were named as meant.").format(
            checks=len(series.checks), right=whole.right, shown=whole.shown
        )
    )
    axes = (_("Shown"), _("Named"))
    figure = matrix(named(whole.matrix), _names(), [*_names(), _("not sure")], axes, hover(), dark())
    show_chart(figure, _("Faces of others"), "recognition-matrix")
    quiet(_("Percent of the faces in each row; a row without faces is empty."))
    with st.expander(_("The same as a table")):
        counts_table(whole.matrix, _("Shown"))


def _show_expressions(network_matrix: NetworkMatrix) -> None:
    from pages.shared.measures.patient_charts import matrix

    st.markdown(of_a_matrix(network_matrix))
    axes, said = (_("Meant"), _("The network saw")), _("{target} seen as {response}: {count} of {shown}")
    figure = matrix(network_matrix.counts.tolist(), _names(), _names(), axes, said, dark())
    key = f"expression-matrix-{network_matrix.network.hash[:12]}"
    show_chart(figure, _("Their own face"), key)
    with st.expander(_("The same as a table")):
        counts_table(network_matrix.counts, _("Meant"))
    card = card_of(network_matrix.network)
    with st.expander(_("Emotion by emotion")):
        st.table(
            [
                {
                    _("Meant"): label(agreement.emotion),
                    _("Seen as meant"): _("{right} of {shown}").format(right=agreement.same, shown=agreement.tries),
                    _("Rise above rest (points)"): points(agreement.shift),
                    _("The network, on photographs (%)"): number(100 * card.main.of(agreement.emotion).recall)
                    if card
                    else "–",
                }
                for agreement in network_matrix.agreements
            ]
        )
