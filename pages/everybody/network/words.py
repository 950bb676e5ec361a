"""About the network in plain words, for everybody: natural frequencies, and a table behind the chart."""

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.network.card import Card
from core.domain.network.crowd import People
from core.services.faces.networks import SetReading
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.format import number
from pages.shared.frequencies import between, in_ten, out_of_ten, percent
from pages.shared.measures.show_chart import show_chart
from pages.shared.words import _

SURE = ((0.85, 1.01), (0.6, 0.85), (0.4, 0.6))
"""How sure the network is when feedback says "very", "fairly" and "a little" sure."""


def four_sentences(card: Card) -> str:
    """What it is; how often it is right, on photographs that are not among those it learnt from either."""
    new = card.quality.get("PrivateTest without images of Training", card.main)
    return _(
        "The computer here is a small neural network: a program that has learnt from {learnt} photographs of faces "
        "the emotion word that each was found under. It gets one picture, gives a part of its trust to each of seven "
        "emotions, and its guess is the one that gets most. On {faces} photographs that it had never seen, its guess "
        "was the same as the name that the photograph carries {right}. It does not know what anybody feels, it makes "
        "mistakes, and it decides nothing here: it is one more opinion, beside yours and other people’s."
    ).format(learnt=number(28_709), faces=number(new.faces), right=_times(new.accuracy))


def _times(share: float) -> str:
    return _("about {times} times in 10").format(times=in_ten(share))


def show_beside_people(card: Card, people: People) -> None:
    """How often each emotion is named as the photograph's label says, by the network and by people."""
    from pages.everybody.network.charts import RaterSeries, side_by_side

    same = card.quality.get(people.split, card.main)
    ours = [same.of(emotion) for emotion in Emotion]
    best, worst = (pick(ours, key=lambda class_quality: class_quality.recall) for pick in (max, min))
    st.markdown(
        _(
            "Of ten photographs that are labelled {best}, it names {most} so; of ten labelled {worst}, {least}. "
            "People do not agree about faces either: one person’s answer is the same as the label {people}."
        ).format(
            best=f"*{label(Emotion.from_word(best.name))}*",
            most=in_ten(best.recall),
            worst=f"*{label(Emotion.from_word(worst.name))}*",
            least=in_ten(worst.recall),
            people=_times(people.agreement),
        )
    )
    names = [label(emotion).capitalize() for emotion in Emotion]
    series = (
        RaterSeries(
            _("The computer"),
            [class_quality.recall for class_quality in ours],
            [class_quality.recall_interval for class_quality in ours],
            filled=True,
        ),
        RaterSeries(_("People"), people.recalls, None, filled=False),
    )
    figure = side_by_side(names, series, _("Named as the label says (%)"), dark())
    show_chart(figure, _("How often it is right"))
    with st.expander(_("The same as a table")):
        st.table(
            [
                {
                    _("Emotion"): name,
                    _("The computer"): f"{out_of_ten(class_quality.recall)} ({between(class_quality.recall_interval)})",
                    _("People"): out_of_ten(share),
                }
                for name, class_quality, share in zip(names, ours, people.recalls, strict=True)
            ]
        )
        st.table(
            [
                {
                    _("When it says"): name,
                    _(
                        "it fits"
                    ): f"{out_of_ten(class_quality.precision)} ({between(class_quality.precision_interval)})",
                }
                for name, class_quality in zip(names, ours, strict=True)
            ]
        )
        st.markdown(
            _(
                "“Between” is where the share lies for all photographs of this kind, as far as {faces} of them can "
                "tell (95 % interval). People: the ten who looked at each photograph, one answer at a time."
            ).format(faces=number(same.faces))
        )


def how_sure(card: Card) -> str:
    """Whether its own "how sure" can be believed, in the words that feedback uses."""
    held_out = card.quality.get("PrivateTest", card.main)
    names = (_("very sure"), _("fairly sure"), _("a little sure"))
    parts = []
    for name, (low, high) in zip(names, SURE, strict=True):
        bins = [one for one in held_out.calibration.bins if one.faces and low <= one.sure < high]
        faces = sum(one.faces for one in bins)
        if faces:
            right = sum(one.faces * one.right for one in bins) / faces
            parts.append(
                "- " + _("When it says that it is {sure}, it fits {times}.").format(sure=name, times=_times(right))
            )
    return "\n".join(parts)


def on_builtin(card: Card, reading: SetReading | None) -> str:
    """How it reads the faces that people meet here."""
    parts = [_practised() if any("computer-made" in line for line in card.data) else _unpractised()]
    skin = {share.group: share for share in card.served if share.by == "skin"}
    if reading is not None:
        right, faces = sum(row[i] for i, row in enumerate(reading.matrix)), sum(map(sum, reading.matrix))
        parts.append(
            _("Of the {faces} built-in faces, weak expressions included, it names {times} as they were meant.").format(
                faces=number(faces), times=out_of_ten(right / faces)
            )
        )
    if {"light", "dark"} <= set(skin):
        parts.append(
            _(
                "It names {light} of the built-in faces with light skin as they were meant, and {dark} of those with "
                "dark skin."
            ).format(light=percent(skin["light"].rate, 0), dark=percent(skin["dark"].rate, 0))
        )
    return "\n\n".join(parts)


def _practised() -> str:
    return _(
        "The built-in faces were made by a computer, and the network has practised on other faces made in the same "
        "way. So it reads them more easily than photographs: that says how alike they are, not how clear they are "
        "to people."
    )


def _unpractised() -> str:
    return _("The built-in faces were made by a computer. The network has learnt from photographs alone.")


def show_reading(reading: SetReading) -> None:
    """For each answer, how often it fits on one set of faces."""
    columns = list(zip(*reading.matrix, strict=True))
    st.table(
        [
            {
                _("When it says"): label(emotion).capitalize(),
                _("it fits"): out_of_ten(column[emotion] / sum(column)) if sum(column) else _("it never says so"),
                _("Faces"): number(sum(column)),
            }
            for emotion, column in zip(Emotion, columns, strict=True)
        ]
    )


def limits() -> str:
    """What it cannot do, whatever its figures."""
    return "\n".join(
        f"- {sentence}"
        for sentence in (
            _("It names what a picture shows. It does not know what the person feels, and it makes no diagnosis."),
            _("It always answers, even where there is no face. It cannot say that a face shows something else."),
            _("It knows faces from the front, small and without colour: 48 by 48 points of grey."),
            _(
                "Its photographs came from a picture search on the internet, and people agree with only part of their "
                "labels. Few of them show disgust. Fear, sadness and neutral faces are often taken for one another."
            ),
            _(
                "Nobody knows who is on these photographs. So nobody knows how well it reads photographs of people of "
                "different skin, age or sex."
            ),
        )
    )
