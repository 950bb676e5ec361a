"""The figures behind the headline, emotion by emotion: Hu, d′ and c, times, thresholds, others on the same faces."""

import math
from collections.abc import Sequence

import streamlit as st

from core.domain.statistics.figures import EmotionFigures
from core.domain.statistics.metrics import LEAST_FOR_DETECTION, Interval
from core.domain.statistics.series import Series
from core.domain.statistics.threshold import FAINTEST, STRONGEST, Threshold
from core.services.clinic.record import Review
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.frequencies import percent
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.words import _, ngettext


def show_details(found: Review) -> None:
    """All figures of the checks that can be compared, each chart with its table."""
    if found.series is None:
        st.markdown(_("No check has been finished yet."))
        return
    st.markdown(
        ngettext(
            "Over {checks} check of one kind.", "Over {checks} checks of one kind together.", len(found.series.checks)
        ).format(checks=len(found.series.checks))
    )
    _unbiased(found.series.emotions)
    _changes(found)
    _compared(found.series)
    _curve(found.series)
    _times(found.series.emotions)
    _thresholds(found.series.emotions)


def _unbiased(emotions: Sequence[EmotionFigures]) -> None:
    from pages.shared.measures.patient_charts import unbiased

    st.subheader(_("How well each emotion is told from the others"))
    hu = [None if math.isnan(one.hu) else (one.hu, one.hu_interval, one.hu_chance, one.hu_high) for one in emotions]
    words = (_("Unbiased hit rate Hu (0 to 1)"), _("the person"), _("chance, on average"), _("chance, 95th percentile"))
    figure = unbiased([label(one.emotion) for one in emotions], hu, words, dark())
    show_chart(figure, key="unbiased")
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
                "readily). Both from {least} faces of each emotion on."
            ).format(least=LEAST_FOR_DETECTION)
        )


def _row(one: EmotionFigures) -> dict[str, str]:
    found = one.detection
    return {
        _("Emotion"): label(one.emotion),
        _("Named as meant"): _("{right} of {shown}").format(right=one.right, shown=one.shown),
        _("Usual share"): _range(one.interval, 100, 0) + " %" if one.shown else "–",
        _("Answered"): str(one.answered),
        "Hu": "–" if math.isnan(one.hu) else f"{one.hu:.2f}",
        _("Hu, 95 %"): "–" if math.isnan(one.hu) else _range(one.hu_interval, 1, 2),
        _("Hu by chance, mean and 95th percentile"): "–"
        if math.isnan(one.hu_chance)
        else f"{one.hu_chance:.2f}, {one.hu_high:.2f}",
        "d′": f"{found.d_prime:.2f}" if found else "–",
        "c": f"{found.criterion:+.2f}" if found else "–",
    }


def _changes(found: Review) -> None:
    if not found.changes:
        return
    st.subheader(_("The latest check against the baseline"))
    st.table(
        [
            {
                _("Emotion"): label(one.emotion),
                _("Baseline"): _("{right} of {shown}").format(right=one.before[0], shown=one.before[1]),
                _("Latest"): _("{right} of {shown}").format(right=one.after[0], shown=one.after[1]),
                _("Difference (points)"): "–" if one.difference is None else f"{100 * one.difference:+.0f}",
                _("95 %"): "–" if one.difference is None else _range(one.interval, 100, 0, sign="+"),
                _("p, corrected"): f"{one.corrected:.3f}",
                _("Changed"): _("yes") if one.called else _("cannot tell"),
            }
            for one in found.changes
        ]
    )
    quiet(
        _(
            "An emotion is called changed only if Fisher’s exact test holds after correction for the checks of the "
            "plan and, by Holm, for the seven emotions. The one verdict is that on the whole check."
        )
    )


def _compared(series: Series) -> None:
    from pages.shared.measures.patient_charts import beside

    st.subheader(_("Person, people and network on the same faces"))
    groups: list[tuple[str, list[float | None], str]] = [
        (_("the person"), [_share(one.person) for one in series.compared], "circle"),
        (_("people"), [one.people.share if one.people else None for one in series.compared], "square-open"),
        (_("the network"), [_share(one.network) for one in series.compared], "diamond-open"),
    ]
    figure = beside([label(one.emotion) for one in series.compared], groups, _("Named as meant (%)"), dark())
    show_chart(figure, key="compared")
    whole = series.whole.summary
    pairs = (
        (_("the person and what was meant"), whole.person_target),
        (_("the person and the network"), whole.person_network),
        (_("the network and what was meant"), whole.network_target),
    )
    agreement = "; ".join(f"{name} {'–' if value is None else f'{value:.2f}'}" for name, value in pairs)
    st.markdown(_("Agreement beyond chance (Cohen’s kappa): {pairs}.").format(pairs=agreement))
    with st.expander(_("The same as a table")):
        st.table(
            [
                {
                    _("Emotion"): label(one.emotion),
                    _("The person"): _of(one.person),
                    _("The network"): _of(one.network),
                    _("When the network says so, it is"): _of(one.network_said),
                    _("People"): _("{share} ({answers} answers to {faces} faces)").format(
                        share=percent(one.people.share, 0), answers=one.people.answers, faces=one.people.faces
                    )
                    if one.people
                    else "–",
                }
                for one in series.compared
            ]
        )
        quiet(
            _(
                "The network’s answers are those it gave when the faces were shown. People: all who told us what they "
                "see, from 10 for a face on; every other answer counts as different."
            )
        )


def _curve(series: Series) -> None:
    from pages.shared.measures.patient_charts import against_dose

    st.subheader(_("Learning against practice"))
    points = [point for point in series.curve if point.hu is not None]
    lines = [
        (_("named as meant"), [p.right / p.shown for p in points], [p.interval for p in points]),
        (_("Hu, mean × 100"), [p.hu or 0.0 for p in points], [p.hu_interval for p in points]),
    ]
    axes = (_("Minutes of practice before the check"), _("Named as meant (%), Hu × 100"))
    hover = _("after {minutes} minutes: {share}")
    figure = against_dose([p.minutes for p in points], lines, axes, hover, dark())
    show_chart(figure, key="curve")
    with st.expander(_("The same as a table")):
        st.table(
            [
                {
                    _("Minutes"): f"{p.minutes:.0f}",
                    _("Practices"): str(p.practices),
                    _("Named as meant"): _("{right} of {shown}").format(right=p.right, shown=p.shown),
                    _("Usual share"): _range(p.interval, 100, 0) + " %",
                    _("Hu, mean"): f"{p.hu:.2f}",
                    _("Hu, 95 %"): _range(p.hu_interval, 1, 2),
                }
                for p in points
            ]
        )


def _times(emotions: Sequence[EmotionFigures]) -> None:
    st.subheader(_("Response time"))
    st.table(
        [
            {
                _("Emotion"): label(one.emotion),
                _("Median of right answers (s)"): "–"
                if one.times.median_ms is None
                else f"{one.times.median_ms / 1000:.1f}",
                _("Right answers"): str(one.times.correct),
                _("Dropped as too fast"): percent(one.times.dropped, 0),
                _("While out of sight"): str(one.times.focus_lost),
            }
            for one in emotions
        ]
    )
    quiet(
        _(
            "By the browser’s clock, from the painted face to the answer. Answers under 200 ms came before the face "
            "was seen and are dropped. Out of sight: the tab lost its focus meanwhile."
        )
    )


def _thresholds(emotions: Sequence[EmotionFigures]) -> None:
    graded = [(one, one.threshold) for one in emotions if one.threshold is not None]
    if not graded:
        return
    st.subheader(_("From what strength on"))
    st.table(
        [
            {
                _("Emotion"): label(one.emotion),
                _("Threshold (% of the rendered movement)"): _at(found),
                _("95 %"): f"{_edge(found.interval[0])} – {_edge(found.interval[1])}",
                _("Guess rate"): percent(found.guess, 0),
                _("Faces"): str(found.faces),
            }
            for one, found in graded
        ]
    )
    quiet(
        _(
            "The strength at which the emotion is named half way between guessing and always. The guess rate is how "
            "often neutral faces got this answer. A description, not a verdict."
        )
    )


def _at(found: Threshold) -> str:
    return _edge(found.value)


def _edge(strength: float) -> str:
    if strength < FAINTEST:
        return f"< {FAINTEST}"
    return f"> {STRONGEST}" if strength > STRONGEST else f"{strength:.0f}"


def _range(interval: Interval, times: int, digits: int, sign: str = "") -> str:
    low, high = (f"{times * edge:{sign}.{digits}f}" for edge in interval)
    return f"{low} – {high}"


def _share(pair: tuple[int, int]) -> float | None:
    return pair[0] / pair[1] if pair[1] else None


def _of(pair: tuple[int, int]) -> str:
    return _("{right} of {shown}").format(right=pair[0], shown=pair[1]) if pair[1] else "–"
