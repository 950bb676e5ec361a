"""Everything on one network's card, for who works with it: a chart, and the table behind it."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.network.card import Card, Published
from core.domain.network.crowd import People
from core.domain.network.quality import Quality
from pages.everybody.network.names import name
from pages.shared.browser import dark
from pages.shared.emotions import class_name, label
from pages.shared.format import as_printed, number
from pages.shared.frequencies import percent, percents
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.words import _

if TYPE_CHECKING:
    import plotly.graph_objects as go


def _show(figure: "go.Figure", name: str, rows: Sequence[Mapping[str, str]], key: str) -> None:
    show_chart(figure, name, key)
    with st.expander(_("The same as a table")):
        st.table(list(rows))


def show_emotions(quality: Quality, published: Published | None = None) -> None:
    """The table of Surya & Liu with intervals, and the figures over all classes; what the paper printed of each."""
    st.markdown(
        _(
            "{right} of {faces} are named as labelled: {accuracy} (95 % interval {interval}); macro F1 {f1} "
            "({f1_interval}), kappa {kappa}."
        ).format(
            right=number(quality.right),
            faces=number(quality.faces),
            accuracy=percent(quality.accuracy),
            interval=percents(quality.interval),
            f1=number(quality.macro_f1, 3),
            f1_interval=" – ".join(number(edge, 3) for edge in quality.macro_f1_interval),
            kappa="–" if quality.kappa is None else number(quality.kappa, 3),
        )
    )
    st.table(
        [
            {
                _("Emotion"): class_name(class_quality.name),
                _("Faces"): number(class_quality.faces),
                _("Precision"): f"{number(class_quality.precision, 3)} ({_edges(class_quality.precision_interval)})",
                _("Recall"): f"{number(class_quality.recall, 3)} ({_edges(class_quality.recall_interval)})",
                _("Specificity"): number(class_quality.specificity, 3),
                "F1": number(class_quality.f1, 3),
                _("Accuracy"): number(class_quality.accuracy, 3),
            }
            for class_quality in quality.classes
        ]
    )
    quiet(_("In brackets Wilson’s 95 % intervals. Specificity, F1 and accuracy are of one emotion against the rest."))
    names = {
        "precision": _("Precision"),
        "recall": _("Recall"),
        "specificity": _("Specificity"),
        "f1": "F1",
        "accuracy": _("Accuracy"),
    }
    printed = published.by_class if published else {}
    if set(names) & set(printed):
        st.markdown(_("The paper printed:"))
        st.table(
            [
                {
                    _("Emotion"): class_name(class_quality.name),
                    **{title: as_printed(printed[key][place]) for key, title in names.items() if key in printed},
                }
                for place, class_quality in enumerate(quality.classes)
            ]
        )


def _edges(interval: tuple[float, float]) -> str:
    return "–".join(number(edge, 2) for edge in interval)


def show_calibration(quality: Quality) -> None:
    """How often it is right when it says how sure it is, in 15 bins."""
    from pages.everybody.network.charts import reliability

    calibration = quality.calibration
    st.markdown(
        _(
            "Expected calibration error (15 bins): {error} (95 % interval {interval}); without the temperature "
            "{before}. A perfectly calibrated network would show {perfect} on as many faces ({low} to {high})."
        ).format(
            error=number(calibration.error, 3),
            interval=" – ".join(number(edge, 3) for edge in calibration.interval),
            before=number(quality.uncalibrated.error, 3),
            perfect=number(quality.perfect, 3),
            low=number(quality.perfect_range[0], 3),
            high=number(quality.perfect_range[1], 3),
        )
    )
    st.markdown(
        _("That is within what chance gives a perfectly calibrated network.")
        if quality.could_be_perfect
        else _("That is more than chance gives a perfectly calibrated network.")
    )
    figure = reliability(calibration, _("How sure it is (%)"), _("How often it is right (%)"), _("perfect"), dark())
    rows = [
        {
            _("How sure"): percent(bar.sure),
            _("Right"): percent(bar.right),
            _("Faces"): number(bar.faces),
        }
        for bar in calibration.bins
        if bar.faces
    ]
    _show(figure, _("How sure, how right (calibration)"), rows, "calibration")


def show_confusions(quality: Quality, people: People | None) -> None:
    """The confusion matrix, beside that of people where the same labels are in both."""
    from pages.everybody.network.charts import confusions

    pair = [(_("The network"), quality.matrix, quality.names)]
    if people is not None:
        pair.append((_("People"), people.matrix, tuple(emotion.word for emotion in Emotion)))
    for column, (title, matrix, words) in zip(st.columns(len(pair), gap="large"), pair, strict=True):
        with column:
            st.markdown(f"**{title}**")
            figure = confusions(matrix, [class_name(word) for word in words], _("Label"), _("Answer (%)"), dark())
            show_chart(figure, title, f"confusions-{title}")
    with st.expander(_("The same as a table")):
        for title, matrix, words in pair:
            st.markdown(f"**{title}**")
            _show_counts(matrix, [class_name(word) for word in words])
    quiet(_("Each row adds up to 100 %: of the photographs with this label, which answers they got."))
    if people is not None:
        quiet(
            _(
                "People, on {split}: each vote of the ten people of FER+ who looked at a photograph. Votes for "
                "contempt, unknown or “not a face” are left out here."
            ).format(split=people.split)
        )


def _show_counts(matrix: Sequence[Sequence[int]], names: Sequence[str]) -> None:
    st.table(
        [
            {_("Label"): meant, **{said: number(count) for said, count in zip(names, row, strict=True)}}
            for meant, row in zip(names, matrix, strict=True)
        ]
    )


def show_curves(card: Card) -> None:
    """Precision over recall first: with few faces of an emotion, ROC flatters."""
    from pages.everybody.network.charts import precision_recall, roc

    if not card.curves:
        st.markdown(_("No curves were kept for this network."))
        return
    names = [class_name(class_quality.name) for class_quality in card.curves]
    figures = (
        (
            _("Precision and recall"),
            precision_recall(card.curves, names, (_("Recall (%)"), _("Precision (%)")), dark()),
        ),
        ("ROC", roc(card.curves, names, (_("False positives (%)"), _("True positives (%)"), _("chance")), dark())),
    )
    for column, (title, figure) in zip(st.columns(2, gap="large"), figures, strict=True):
        with column:
            st.markdown(f"**{title}**")
            show_chart(figure, title, f"curves-{title}")
    printed = card.published.by_class if card.published else {}
    titles = {"average_precision": _("Average precision, printed"), "auc": _("Area under ROC, printed")}
    st.table(
        [
            {
                _("Emotion"): class_name(class_quality.name),
                _("Average precision"): "–"
                if class_quality.average_precision is None
                else number(class_quality.average_precision, 3),
                _("Area under ROC"): "–" if class_quality.auc is None else number(class_quality.auc, 3),
                **{title: as_printed(printed[key][place]) for key, title in titles.items() if key in printed},
            }
            for place, class_quality in enumerate(card.main.classes)
        ]
    )
    quiet(_("With few faces of an emotion, precision and recall tell more than ROC."))


def show_crowd(card: Card) -> None:
    """The second head against what most of ten people answered, by each rule of counting."""
    if not card.crowd:
        st.markdown(_("This network says only what the label would be, not what people would say."))
    else:
        quiet(_("The card travels with the network; its sentences are in English."))
    for crowd in card.crowd:
        st.markdown(f"**{crowd.rule[:1].upper()}{crowd.rule[1:]}**")
        show_emotions(crowd.quality)


def show_training(card: Card) -> None:
    """Accuracy after each epoch of the first run, and all runs."""
    from pages.everybody.network.charts import training

    words = (_("Epoch"), _("Named as labelled (%)"))
    figure = training(card.history, (_("faces it learns from"), _("faces it does not")), words, dark())
    every = max(1, len(card.history) // 20)
    rows = [
        {
            _("Epoch"): str(epoch.epoch),
            _("Loss"): number(epoch.loss, 3),
            _("Faces it learns from"): "–" if epoch.accuracy is None else percent(epoch.accuracy),
            _("Faces it does not"): "–" if epoch.validation is None else percent(epoch.validation),
        }
        for epoch in card.history[::every]
    ]
    _show(figure, _("Training and the photographs"), rows, "training")
    _show_printed_training(card.published)
    st.table(
        [
            {
                _("Seed"): str(run.seed),
                _("Epochs"): str(run.epochs),
                _("Chosen epoch"): str(run.chosen_epoch),
                _("Measured"): percent(run.accuracy),
            }
            for run in card.runs
        ]
    )


def _show_printed_training(published: Published | None) -> None:
    if published is None or published.training is None or published.validation is None:
        return
    words = _("The paper printed {training} of the faces it learns from named as labelled, {validation} of the others.")
    st.markdown(words.format(training=percent(published.training), validation=percent(published.validation)))
    if published.losses is not None:
        learnt, others = published.losses
        st.markdown(
            _("And a loss of {learnt} on those, of {others} on the others.").format(
                learnt=number(learnt, 2), others=number(others, 2)
            )
        )


def show_distribution(people: People) -> None:
    """How many photographs of each emotion FER-2013 has."""
    from pages.everybody.network.charts import counts

    names = [label(emotion) for emotion in Emotion]
    split, numbers = next(iter(people.distribution.items()))
    st.markdown(_("**FER-2013, {split}**").format(split=split))
    rows = [
        {_("Emotion"): name, **{split: number(row[place]) for split, row in people.distribution.items()}}
        for place, name in enumerate(names)
    ]
    _show(counts(names, numbers, _("Photographs"), dark()), f"FER-2013, {split}", rows, "distribution")


def show_card(card: Card) -> None:
    """What it was made from, and its file; the whole card to take along."""
    quiet(_("The card travels with the network; its sentences are in English."))
    for title, sentences in (
        (_("Learnt from"), card.data),
        (_("Chosen on"), card.tuned_on),
        (_("Known bias and limits"), card.limits),
    ):
        st.markdown(f"**{title}**")
        st.markdown("\n".join(f"- {sentence}" for sentence in sentences) or "–")
    facts = {
        _("Network"): f"{name(card)} ({card.key} {card.version}, {card.date})",
        _("Paper"): card.paper,
        _("Parameters"): number(card.parameters),
        _("File"): _("{size} MB, {weights}").format(size=number(card.size / 1000000.0, 2), weights=card.weights),
        "SHA-256": " ".join(wrap(card.sha256, 8)) or _("no file ships: figures and curves alone"),
        _("Temperature"): number(card.temperature, 3),
        _("Largest difference between file and network"): number(card.largest_difference, 4),
        _("Made with"): ", ".join(f"{tool} {version}" for tool, version in card.software.items()),
    }
    st.table([{_("Fact"): fact, _("Value"): value} for fact, value in facts.items() if value])
    st.download_button(
        _("Download the card (JSON)"),
        card.to_json(),
        file_name=f"{card.key}-card.json",
        mime="application/json",
        on_click="ignore",
    )
