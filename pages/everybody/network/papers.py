"""The networks of the published papers beside ours: what was printed, what was measured here, and why it may differ."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

import streamlit as st

from core.domain.network.card import Card
from pages.everybody.network.names import TINY, fewer_emotions, measured_on, name, photographs, short_name
from pages.shared.browser import dark
from pages.shared.emotions import class_name
from pages.shared.format import number, signed
from pages.shared.frequencies import percent, percents
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.words import _


def _printed(card: Card) -> str:
    if card.kind != "paper":
        return "–"
    if card.published is None or card.published.accuracy is None:
        return _("not printed")
    return percent(card.published.accuracy)


def _hurried(card: Card) -> bool:
    return card.kind == "paper" and bool(card.setup.partial)


def show_in_short(cards: Iterable[Card]) -> None:
    """Ours and the papers', for everybody."""
    rows = [card for card in cards if card.kind in {"ours", "paper"}]
    st.table(
        [
            {
                _("Network"): short_name(card) + " *" * _hurried(card),
                _("The paper says"): _printed(card),
                _("Measured here"): percent(card.reproduced.accuracy)
                + (f" ({few})" if (few := fewer_emotions(card)) else ""),
            }
            for card in rows
        ]
    )
    quiet(
        _(
            "Each number is the share of photographs that are named as their label says. Papers do not all measure on "
            "the same photographs: compare the two numbers of one line."
        )
    )
    if any(map(_hurried, rows)):
        quiet(_("\\* Had less time to learn here than in the paper, and might be right more often with all of it."))


def show_in_full(cards: Iterable[Card]) -> None:
    """Every network of the papers and ours, with set, interval, protocol and the reasons for what was shortened."""
    rows = [card for card in cards if card.kind in {"ours", "paper"}]
    _show_printed_and_measured([card for card in rows if card.difference is not None])
    st.table(
        [
            {
                _("Network"): name(card) + (f" ({_('shortened')})" if card.setup.partial else ""),
                _("Printed"): _printed(card),
                _("Measured"): f"{percent(card.reproduced.accuracy)} ({percents(card.reproduced.interval)})",
                _("Difference"): "–" if card.difference is None else signed(card.difference, 1).replace("-", "−"),
                _("Measured on"): measured_on(card),
                _("Runs"): f"{card.setup.runs_done}/{card.setup.runs_asked}",
                _("Epochs"): f"{card.setup.epochs_run}/{card.setup.epochs_asked}",
                _("Parameters"): number(card.parameters),
            }
            for card in rows
        ]
    )
    quiet(
        _(
            "Differences are in points. The interval in brackets is over runs, of a single run over faces (95 %). "
            "Figures on different sets of photographs are not comparable."
        )
    )
    quiet(_("The card travels with the network; its sentences are in English."))
    for card in rows:
        notes = [card.published.note if card.published else "", *card.setup.silent]
        if card.setup.partial or any(notes):
            with st.expander(_("{network}: protocol and what the paper leaves open").format(network=name(card))):
                st.markdown(_protocol(card))
                st.markdown("\n".join(f"- {note}" for note in notes if note))


def _show_printed_and_measured(rows: Sequence[Card]) -> None:
    from pages.everybody.network.charts import RaterSeries, side_by_side

    printed = [card.published.accuracy for card in rows if card.published and card.published.accuracy is not None]
    measured = [card.reproduced for card in rows]
    series = (
        RaterSeries(_("Measured"), [one.accuracy for one in measured], [one.interval for one in measured], filled=True),
        RaterSeries(_("Printed"), printed, None, filled=False),
    )
    names = ["<br>".join(wrap(short_name(card), 18)) for card in rows]
    figure = side_by_side(names, series, _("Named as the label says (%)"), dark())
    show_chart(figure, _("Networks of published research"), "papers")


def _protocol(card: Card) -> str:
    setup = card.setup
    facts = {
        _("Paper"): card.paper,
        _("Faces"): setup.split,
        _("Chosen on"): "; ".join(card.tuned_on),
        _("Optimiser"): setup.optimiser,
        _("Batch"): str(setup.batch),
        _("Augmentation"): setup.augmentation,
        _("Stopping"): setup.stopping,
        _("Shortened"): setup.partial,
    }
    return "  \n".join(f"**{name}:** {value}" for name, value in facts.items() if value)


def show_future(cards: Mapping[str, Card], main: Card) -> None:
    """What the papers left for later, each beside the network it was made from."""
    later = [card for card in cards.values() if card.kind == "future" and card is not main]
    rows = [(name(card), card.split, card.main) for card in (main, *later)]
    if TINY in main.quality:
        rows.append((name(main), TINY, main.quality[TINY]))
    st.table(
        [
            {
                _("Network"): title,
                _("Measured on"): photographs(split),
                _("Measured"): f"{percent(base.accuracy)} ({percents(base.interval)})",
                _("Disgust found"): percent(base.of("disgust").recall) if "disgust" in base.names else "–",
                _("Fear found"): percent(base.of("fear").recall) if "fear" in base.names else "–",
            }
            for title, split, base in rows
        ]
    )
    quiet(_("These stand apart: some of them were given more than FER-2013 to learn from, or see less of each face."))


def show_served(card: Card) -> None:
    """The built-in faces by strength, emotion, skin and sex."""
    if not card.served:
        st.markdown(_("This network was not measured on the built-in faces."))
        return
    names = {"intensity": _("strength"), "emotion": _("emotion, at full strength"), "skin": _("skin"), "sex": _("sex")}
    st.table(
        [
            {
                _("By"): names[share.by],
                _("Group"): _group(share.group),
                _("Faces"): number(share.faces),
                _("Named as meant"): f"{percent(share.rate)} ({percents(share.interval)})",
            }
            for share in card.served
        ]
    )


def _group(group: str) -> str:
    names = {"light": _("light"), "dark": _("dark"), "women": _("women"), "men": _("men")}
    return names[group] if group in names else class_name(group)
