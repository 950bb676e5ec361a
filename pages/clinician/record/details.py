"""The figures behind the headline, emotion by emotion: Hu, d′ and c, times, thresholds, others on the same faces."""

import math
from collections.abc import Callable, Sequence

import streamlit as st

from core.domain.statistics.course_parts import ClosedPart
from core.domain.statistics.figures import EmotionFigures
from core.domain.statistics.metrics import LEAST_FOR_DETECTION, Interval, Kappa
from core.domain.statistics.series import CheckSeries
from core.domain.statistics.threshold import FAINTEST, STRONGEST, Threshold
from core.services.clinic.record import Review
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.format import number, signed
from pages.shared.frequencies import percent
from pages.shared.measures.course_words import part_name
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.words import _, ngettext


def show_details(review: Review) -> None:
    """All figures of the checks that can be compared, each chart with its table."""
    if review.series is None:
        st.markdown(_("No check has been finished yet."))
        return
    st.markdown(
        ngettext(
            "Over {checks} check of one kind.", "Over {checks} checks of one kind together.", len(review.series.checks)
        ).format(checks=len(review.series.checks))
    )
    if review.progress.course is not None and review.progress.course.said is not None:
        _how_found(review.progress.course.said)
        if review.progress.course.later is not None:
            _how_found(review.progress.course.later)
    for part, series in review.blocks:
        st.markdown(f"**{part_name(part)}**")
        _unbiased(series.emotions, f"unbiased-{part}")
    _changes(review)
    _compared(review.series)
    _curve(review.series)
    _times(review.series.emotions)
    _thresholds(review.series.emotions)


def _how_found(part: ClosedPart) -> None:
    """What a verdict on blocks was found from, for who reads statistics."""
    found = part.verdict
    assert found is not None
    quiet(
        _(
            "{part}: gain {gain} points, standard error {se}, z {z}; called better above {better}, worse below "
            "−{worse}. From day to day this person varies by {sd} logits (SD)."
        ).format(
            part=part_name(part.part),
            gain=signed(100 * found.gain),
            se=number(100 * found.se, 1),
            z=number(found.z, 2),
            better=number(found.limits.better, 2),
            worse=number(found.limits.worse, 2),
            sd=number(found.day_sd, 2),
        )
    )


def _unbiased(emotions: Sequence[EmotionFigures], key: str) -> None:
    from pages.shared.measures.patient_charts import HuWords, unbiased

    st.subheader(_("How well each emotion is told from the others"))
    words = HuWords(
        _("Unbiased hit rate Hu (0 to 1)"), _("the person"), _("chance, on average"), _("chance, 95th percentile")
    )
    figure = unbiased(emotions, [label(one.emotion) for one in emotions], words, dark())
    show_chart(figure, _("How well each emotion is told from the others"), key)
    quiet(
        _(
            "Hu = hits² / (times shown × times answered): it falls when one answer is given to everything. Chance: the "
            "person’s own answers, laid on the faces at random. What does not pass the 95th percentile may be chance."
        )
    )
    with st.expander(_("The same as a table, with d′ and c"), expanded=False):
        st.table([_row(one) for one in emotions])
        quiet(
            _(
                "d′: how well it is told from the rest (0: not at all). c: how readily it is answered (below 0: more "
                "readily). Hu, d′ and c from {least} faces of each emotion on."
            ).format(least=LEAST_FOR_DETECTION)
        )


def _row(figures: EmotionFigures) -> dict[str, str]:
    detection = figures.detection
    return {
        _("Emotion"): label(figures.emotion),
        _("Named as meant"): _("{right} of {shown}").format(right=figures.right, shown=figures.shown),
        _("95 % interval"): _range(figures.interval, 100, 0) + " %" if figures.shown else "–",
        _("Answered"): str(figures.answered),
        "Hu": "–" if math.isnan(figures.hu) else number(figures.hu, 2),
        _("Hu, 95 %"): "–" if math.isnan(figures.hu) else _range(figures.hu_interval, 1, 2),
        _("Hu by chance, mean and 95th percentile"): "–"
        if math.isnan(figures.hu_chance)
        else f"{number(figures.hu_chance, 2)}, {number(figures.hu_high, 2)}",
        "d′": number(detection.d_prime, 2) if detection else "–",
        "c": signed(detection.criterion, 2) if detection else "–",
    }


def _changes(review: Review) -> None:
    if not review.changes:
        return
    in_blocks = review.progress.course is not None
    st.subheader(_("The end against the baseline") if in_blocks else _("The latest check against the baseline"))
    st.table(
        [
            {
                _("Emotion"): label(change.emotion),
                _("Baseline"): _("{right} of {shown}").format(right=change.before[0], shown=change.before[1]),
                _("Latest"): _("{right} of {shown}").format(right=change.after[0], shown=change.after[1]),
                _("Difference (points)"): "–" if change.difference is None else signed(100 * change.difference),
                _("95 %, corrected"): "–" if change.difference is None else _range(change.interval, 100, 0, signed),
                _("p, corrected"): number(change.corrected, 3),
                _("Changed"): _("yes") if change.called else _("cannot tell"),
            }
            for change in review.changes
        ]
    )
    quiet(
        _(
            "An emotion is called changed only if Fisher’s exact test holds after correction for the checks of the "
            "plan and, by Holm, for the seven emotions. The one verdict is that on the whole check."
        )
    )


def _kappa(found: Kappa | None) -> str:
    if found is None:
        return "–"
    value = number(found.value, 2)
    if found.interval is None:
        return value
    low, high = (number(edge, 2) for edge in found.interval)
    return _("{value} (95 %: {low} to {high})").format(value=value, low=low, high=high)


def _compared(series: CheckSeries) -> None:
    from pages.shared.measures.patient_charts import beside

    st.subheader(_("Person, people and network on the same faces"))
    groups: list[tuple[str, list[float | None], str]] = [
        (_("the person"), [_share(comparison.person) for comparison in series.compared], "circle"),
        (
            _("people"),
            [comparison.people.share if comparison.people else None for comparison in series.compared],
            "square-open",
        ),
        (_("the network"), [_share(comparison.network) for comparison in series.compared], "diamond-open"),
    ]
    figure = beside(
        [label(comparison.emotion) for comparison in series.compared], groups, _("Named as meant (%)"), dark()
    )
    show_chart(figure, _("Person, people and network on the same faces"), "compared")
    whole = series.whole.summary
    pairs = (
        (_("the person and what was meant"), whole.person_target),
        (_("the person and the network"), whole.person_network),
        (_("the network and what was meant"), whole.network_target),
    )
    agreement = "; ".join(f"{name} {_kappa(value)}" for name, value in pairs)
    st.markdown(_("Agreement beyond chance (Cohen’s kappa): {pairs}.").format(pairs=agreement))
    with st.expander(_("The same as a table")):
        st.table(
            [
                {
                    _("Emotion"): label(comparison.emotion),
                    _("The person"): _of(comparison.person),
                    _("The network"): _of(comparison.network),
                    _("When the network says so, it is"): _of(comparison.network_said),
                    _("People"): _("{share} ({answers} answers to {faces} faces)").format(
                        share=percent(comparison.people.share, 0),
                        answers=comparison.people.answers,
                        faces=comparison.people.faces,
                    )
                    if comparison.people
                    else "–",
                }
                for comparison in series.compared
            ]
        )
        quiet(
            _(
                "The network’s answers are those it gave when the faces were shown. People: all who told us what they "
                "see, from 10 for a face on; every other answer counts as different."
            )
        )


def _curve(series: CheckSeries) -> None:
    from pages.shared.measures.patient_charts import against_dose

    st.subheader(_("Learning against practice"))
    points = [point for point in series.curve if point.shown]
    lines = [(_("named as meant"), [p.right / p.shown for p in points], [p.interval for p in points])]
    axes = (_("Minutes of practice before the check"), _("Named as meant (%)"))
    hover = _("after {minutes} minutes: {share}")
    figure = against_dose([p.minutes for p in points], lines, axes, hover, dark())
    show_chart(figure, _("Learning against practice"), "curve")
    with st.expander(_("The same as a table")):
        st.table(
            [
                {
                    _("Minutes"): number(p.minutes),
                    _("Practices"): str(p.practices),
                    _("Named as meant"): _("{right} of {shown}").format(right=p.right, shown=p.shown),
                    _("95 % interval"): _range(p.interval, 100, 0) + " %",
                }
                for p in points
            ]
        )


def _times(emotions: Sequence[EmotionFigures]) -> None:
    st.subheader(_("Response time"))
    st.table(
        [
            {
                _("Emotion"): label(figures.emotion),
                _("Median of right answers (s)"): "–"
                if figures.times.median_ms is None
                else number(figures.times.median_ms / 1000, 1),
                _("Right answers"): str(figures.times.correct),
                _("Dropped as too fast"): percent(figures.times.dropped, 0),
                _("While out of sight"): str(figures.times.focus_lost),
            }
            for figures in emotions
        ]
    )
    quiet(
        _(
            "By the browser’s clock, from the painted face to the answer. Answers under 200 ms came before the face "
            "was seen and are dropped. Out of sight: the tab lost its focus meanwhile."
        )
    )


def _thresholds(emotions: Sequence[EmotionFigures]) -> None:
    graded = [(figures, figures.threshold) for figures in emotions if figures.threshold is not None]
    if not graded:
        return
    st.subheader(_("From what strength on"))
    st.table(
        [
            {
                _("Emotion"): label(figures.emotion),
                _("Threshold (% of the rendered movement)"): _at(threshold),
                _("95 %"): f"{_edge(threshold.interval[0])} – {_edge(threshold.interval[1])}",
                _("Guess rate"): percent(threshold.guess, 0),
                _("Faces"): str(threshold.faces),
            }
            for figures, threshold in graded
        ]
    )
    quiet(
        _(
            "The strength at which the emotion is named half way between guessing and always. The guess rate is how "
            "often neutral faces got this answer. A description, not a verdict."
        )
    )


def _at(threshold: Threshold) -> str:
    return _edge(threshold.value)


def _edge(strength: float) -> str:
    if strength < FAINTEST:
        return f"< {FAINTEST}"
    return f"> {STRONGEST}" if strength > STRONGEST else number(strength)


def _range(interval: Interval, times: int, digits: int, form: Callable[[float, int], str] = number) -> str:
    low, high = (form(times * edge, digits) for edge in interval)
    return f"{low} – {high}"


def _share(pair: tuple[int, int]) -> float | None:
    return pair[0] / pair[1] if pair[1] else None


def _of(pair: tuple[int, int]) -> str:
    return _("{right} of {shown}").format(right=pair[0], shown=pair[1]) if pair[1] else "–"
