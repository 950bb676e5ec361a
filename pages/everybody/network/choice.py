"""Which shipped network compares: how good and how quick each is, and for an administrator the way to change it."""

from functools import cache

import streamlit as st

from core.domain.network.card import Card
from core.services.faces import networks
from core.services.faces.networks import NetworkChoice
from core.web.looking import look_beside
from pages.everybody.network.names import name
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import day, number, plain
from pages.shared.frequencies import percent, percents
from pages.shared.network_cards import shipped, to_choose_from
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


@cache
def _milliseconds(key: str) -> float:
    from core.vision.rater import load_shipped

    return load_shipped(key).milliseconds()


def show_choice() -> None:
    """The networks to choose from, where the choice stands, and the choice itself for an administrator."""
    now = networks.choice(store(), state().token)
    cards = to_choose_from()
    in_use = next((key for key, card in cards.items() if now.active and card.sha256 == now.active.hash), None)
    st.table(
        [
            {
                _("Network"): f"{name(card)} ({card.key} {card.version})",
                _("Named as labelled"): f"{percent(card.reproduced.accuracy)} ({percents(card.reproduced.interval)})",
                _("Milliseconds a face"): number(_milliseconds(key), 1),
                _("File"): _("{size} MB").format(size=number(card.size / 1000000.0, 1)),
                _("Compares now"): _("yes") if key == in_use else _("no"),
            }
            for key, card in cards.items()
        ]
    )
    quiet(_("Milliseconds: measured on this server just now, one face at a time on one core."))
    if in_use is None and now.active is not None:
        st.markdown(
            _("Now {network} compares, which came with another version of this program.").format(
                network=plain(f"{now.active.name} {now.active.version}")
            )
        )
    _show_current(now)
    if state().administrator:
        _choose(cards, in_use)
    else:
        quiet(_("An administrator can choose another."))


@st.fragment(run_every=2.0)
def _show_progress() -> None:
    now = networks.choice(store(), state().token)
    if now.coming is None:
        st.success(_("The network has seen all faces and compares from now on."))
        return
    words = _("{network} has looked at {seen} of {of} faces. Until it has seen them all, the one before compares.")
    st.progress(
        now.seen / max(now.of, 1),
        text=words.format(network=now.coming.name, seen=number(now.seen), of=number(now.of)),
    )


def _show_current(now: NetworkChoice) -> None:
    if now.at is not None:
        who = now.by or _("somebody who has no account any more")
        st.markdown(_("Chosen by {who} on {date}.").format(who=who, date=day(now.at)))
    if now.coming is not None:
        _show_progress()


def _choose(cards: dict[str, Card], in_use: str | None) -> None:
    keys = list(cards)
    if len(keys) < 2:
        quiet(_("There is only one to choose from in this version."))
        return
    with st.form("network", border=False):
        key = st.radio(
            _("Which network compares, for everybody?"),
            keys,
            index=keys.index(in_use) if in_use else 0,
            format_func=lambda key: name(cards[key]),
        )
        quiet(
            _(
                "What was compared before stays as it was: every answer is kept with the network that gave it. The new "
                "one first looks at all faces, which takes a few minutes; until then the one before goes on."
            )
        )
        if not st.form_submit_button(_("Let it compare"), type="primary"):
            return
    with flash_refusals():
        networks.choose(store(), state().token, key, shipped())
        look_beside(store())
        st.success(_("Chosen. It begins to look at the faces now."))
        _show_progress()
    show_flash()
