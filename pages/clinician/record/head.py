"""Head of the patient's page: headline, what needs attention, four figures, the course, the matrix."""

from collections.abc import Sequence

import streamlit as st

from core.domain.days import day_of
from core.domain.emotions import Emotion
from core.domain.patient.events import LifeEvent
from core.domain.statistics.change import BASELINE_CHECKS
from core.domain.statistics.series import RECENT_CHECKS
from core.domain.statistics.time_axis import place_of
from core.services.clinic.record import Review
from pages.clinician.record.events import kind_of_event
from pages.clinician.record.figures import four_figures, part_means
from pages.clinician.record.fold import show_as_table
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.format import SHORT, day, signed
from pages.shared.frequencies import percent
from pages.shared.measures.course_words import part_name
from pages.shared.measures.matrix_table import counts_table, hover, named
from pages.shared.measures.patient_words import beside_the_verdict, concern, confusions, headline
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.words import _, ngettext

CHANCE = 1 / len(Emotion)


def show_headline(review: Review) -> None:
    """The verdict in a sentence, and what it rests on."""
    st.header(headline(review))
    for sentence in beside_the_verdict(review):
        quiet(sentence)


def show_attention(review: Review) -> None:
    """What needs attention."""
    for item in review.attention:
        st.markdown(f":material/error_outline: {concern(item, review.zone)}")
    if not review.attention:
        quiet(_("Nothing else needs attention."))


def show_figures(review: Review) -> None:
    """Four small figures with their intervals."""
    columns = [*st.columns(2), *st.columns(2)]
    for column, figure in zip(columns, four_figures(review), strict=True):
        _figure(column, figure.name, figure.value, figure.spread)


def show_course(review: Review, events: Sequence[LifeEvent]) -> None:
    """The checks over time with all that they are to be compared with, what happened meanwhile, and a table."""
    from pages.shared.measures.patient_charts import ComparisonLine, Mark, course
    from pages.shared.measures.progress_view import check_words

    labels = [day(check.when, SHORT, review.zone) for check in review.checks]
    verdict = review.progress.verdict
    network = [_share(check.summary.network_right, check.summary.network_shown) for check in review.checks]
    people = [check.summary.people.share if check.summary.people else None for check in review.checks]
    lines = [
        ComparisonLine(_("The network, same faces"), network, "dot", "diamond-open"),
        ComparisonLine(_("People, same faces"), people, "dashdot", "square-open"),
        ComparisonLine(_("Without looking"), [CHANCE] * len(labels), "longdash", "line-ew-open"),
    ]
    lines += [ComparisonLine(part_name(part), mean, "solid") for part, mean in part_means(review)]
    baseline = (_("Baseline"), verdict.baseline.rate) if verdict.baseline else None
    days = [day_of(check.when, review.zone) for check in review.checks]
    marks = [Mark(place_of(event.on, days), kind_of_event(event.kind)) for event in events]
    figure = course(
        review.progress.checks,
        labels,
        verdict.band,
        baseline,
        lines,
        marks,
        check_words(_("The person"), in_blocks=review.progress.course is not None),
        dark(),
    )
    show_chart(figure, _("Checks over time"), "course")
    if not review.checks:
        return
    if not any(people):
        quiet(_("Too few people have told us yet what they see in these faces."))
    if verdict.baseline is not None:
        difference = signed(100 * verdict.baseline.difference)
        quiet(
            _("Baseline: the first two checks, {difference} points apart, pooled and frozen.").format(
                difference=difference
            )
        )

    def table() -> None:
        st.table([_row(review, place, labels[place], network[place], people[place]) for place in range(len(labels))])

    show_as_table("course-table", table)


def show_matrix(review: Review) -> None:
    """What is taken for what, and the three most frequent confusions in words."""
    from pages.shared.measures.patient_charts import matrix

    if review.series is None:
        st.markdown(_("No check has been finished yet."))
        return
    recent, checks = review.series.recent.summary, min(RECENT_CHECKS, len(review.series.checks))
    names = [label(emotion) for emotion in Emotion]
    columns = [*names, _("not sure")]
    figure = matrix(named(recent.matrix), names, columns, (_("Shown"), _("Named")), hover(), dark())
    show_chart(figure, _("What is taken for what"), "matrix")
    quiet(
        ngettext(
            "Percent of the faces in each row, latest check.",
            "Percent of the faces in each row, latest {checks} checks together.",
            checks,
        ).format(checks=checks)
    )
    for sentence in confusions(recent) or [_("Nothing was mixed up.")]:
        st.markdown(sentence)
    show_as_table("matrix-table", lambda: counts_table(recent.matrix, _("Shown")))


def _figure(column: object, name: str, value: str, spread: str) -> None:
    with column.container(border=True, height="stretch"):  # type: ignore[attr-defined]
        quiet(name)
        st.metric(name, value, label_visibility="collapsed")
        quiet(spread)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _row(review: Review, place: int, date: str, network: float | None, people: float | None) -> dict[str, str]:
    check, point = review.checks[place], review.progress.checks[place]
    low, high = (round(100 * edge) for edge in point.interval)
    series = review.series.checks if review.series else ()
    if point.comparable:
        course = review.progress.course
        parts = [part_name(part.part) for part in course.closed if check.id in part.checks] if course else []
        kind = parts[0] if parts else _("baseline") if not course and check in series[:BASELINE_CHECKS] else ""
    else:
        kind = _("does not count") if series and check.blueprint == series[-1].blueprint else _("another kind")
    return {
        _("Date"): date,
        _("Kind"): kind,
        _("Form"): check.form or "–",
        _("Named as meant"): _("{right} of {shown}").format(right=point.right, shown=point.shown),
        _("This check: between"): f"{low}–{high} %",
        _("The network"): "–" if network is None else percent(network, 0),
        _("People"): "–" if people is None else percent(people, 0),
        _("Practices before"): str(check.practices),
    }
