"""A finished block in words: one sentence, the emotions, what got mixed up, how alike the answers were."""

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.statistics.result import BlockResult, Confusion
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.measures.charts import DotWords, emotion_dots
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.recognise.differences import difference
from pages.shared.words import _, ngettext

CHANCE = 7


def in_a_sentence(result: BlockResult) -> str:
    """What a person can take home from the whole block."""
    if result.shown == 0:
        return _("You did not name any face this time. That is all right.")
    return _("You named {right} of {shown} faces as they were meant.").format(right=result.right, shown=result.shown)


def how_sure(result: BlockResult) -> str:
    """The interval of the whole block in words, and what chance alone gives on these faces."""
    low, high = (round(100 * edge) for edge in result.interval)
    return _(
        "So few faces give a rough picture: another time it might as well be anything from {low} to {high} in 100. "
        "Choosing without looking would give about {chance} of {shown}."
    ).format(low=low, high=high, chance=round(result.shown / CHANCE), shown=result.shown)


def show_emotions(result: BlockResult) -> None:
    """Seven rows with dot and interval, and the same as a table."""
    names = {emotion: label(emotion) for emotion in Emotion}
    words = DotWords(
        axis=_("Named as meant (%)"),
        empty=_("There is nothing to show yet."),
        hover=_("{emotion}: {right} of {shown}, 95 %: {low} to {high} %"),
    )
    show_chart(emotion_dots(result.emotions, names, words, dark()))
    quiet(_("The dot is this time; the line is how far luck alone may move it (95 % interval)."))
    with st.expander(_("The same as a table")):
        st.table(
            [
                {
                    _("Emotion"): label(row.emotion),
                    _("Named as meant"): _("{right} of {shown}").format(right=row.right, shown=row.shown),
                    _("95 % interval"): f"{100 * row.interval[0]:.0f}–{100 * row.interval[1]:.0f} %"
                    if row.shown
                    else "–",
                }
                for row in result.emotions
            ]
        )


def mixed_up(confusion: Confusion) -> str:
    """One confusion in words, and how the two differ."""
    pair = {"target": f"**{label(confusion.target)}**", "response": f"**{label(confusion.response)}**"}
    sentence = ngettext(
        "Once you took {target} for {response}.",
        "{count} times you took {target} for {response}.",
        confusion.count,
    ).format(count=confusion.count, **pair)
    return f"{sentence} {difference(confusion.target, confusion.response)}"


def show_agreement(result: BlockResult) -> None:
    """How alike three answers were, as Cohen's kappa, and how others did on the same faces."""
    with st.expander(_("How alike were the answers?")):
        st.markdown(
            _(
                "Each number says how much two answers agree beyond chance (Cohen’s kappa): 1 is always, "
                "0 is what chance gives. They describe these {shown} faces only."
            ).format(shown=result.shown)
        )
        pairs = (
            (_("You and what was meant"), result.person_target),
            (_("You and the computer"), result.person_network),
            (_("The computer and what was meant"), result.network_target),
        )
        st.table(
            [
                {_("Pair"): name, _("Agreement"): _("cannot be computed") if value is None else f"{value:.2f}"}
                for name, value in pairs
            ]
        )
        if result.network_shown:
            st.markdown(
                _("On the same faces the computer named {right} of {shown} as they were meant.").format(
                    right=result.network_right, shown=result.network_shown
                )
            )
        if result.people is not None:
            st.markdown(
                _(
                    "On the same faces {share} of 100 people’s answers named what was meant ({answers} answers to "
                    "{faces} faces, every other answer counted as different). This flatters people where the faces "
                    "were chosen by the same votes."
                ).format(
                    share=round(100 * result.people.share),
                    answers=result.people.answers,
                    faces=result.people.faces,
                )
            )
