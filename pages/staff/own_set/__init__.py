"""A set of one's own as a zip: uploaded, looked at, and stored only when an administrator says so."""

from dataclasses import dataclass, field

import streamlit as st

from core.domain.emotions import Emotion
from core.services.faces import uploaded_sets
from core.services.faces.uploaded_sets import Choice, SetPreview
from core.stimuli.emotion_words import LEFT_OUT
from core.stimuli.records import LeftOut
from pages.shared.emotions import label
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import number, plain, told_in_text
from pages.shared.frequencies import percent
from pages.shared.resources import rater, store
from pages.shared.state import field_value, state, tab_state
from pages.shared.words import _, ngettext
from pages.staff.own_set.upload import show_upload


@dataclass
class OwnSetState:
    """The upload on the screen."""

    upload: str = ""
    choice: Choice = field(default_factory=Choice)
    preview: SetPreview | None = None
    """Of `upload` and `choice`."""
    tried: bool = False
    """It was looked at, even if others were being read just then."""
    decided: str = ""
    """The upload that was stored, cancelled or refused last."""


def show_own_set() -> None:
    """The place for the file, and what was understood of the one that came."""
    st.markdown(
        _(
            "Pack the folder with the pictures as a zip. You see what is understood of it, and decide then: before "
            "that nothing is stored, and what you do not store is deleted within an hour."
        )
    )
    own = tab_state(OwnSetState, "lexithymia own set")
    given = show_upload()
    if given and given[0] not in (own.upload, own.decided):
        own.upload, own.choice, own.preview, own.tried = given[0], Choice(), None, False
    if own.upload:
        if own.preview is None and (not own.tried or st.button(_("Look again"), key=f"again-{own.upload}")):
            _look(own)
        if own.preview is not None:
            place = st.empty()
            with place.container(border=True):
                _show(own, own.preview, given[1] if given else "")
            if not own.upload:  # it was stored
                place.empty()
                st.success(_("The faces are here. Choose them in a patient’s plan."))
    show_flash()


def _look(own: OwnSetState) -> None:
    """Read the upload; one that is no set of faces is not here any more."""
    own.tried = True
    bar = st.progress(0.0, text=_("Looking at the pictures…"))

    def tell(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=_("{done} of {total} pictures").format(done=done, total=total))

    with flash_refusals():
        own.preview = uploaded_sets.preview(store(), state().token, own.upload, own.choice, tell)
    bar.empty()
    if own.preview is None and not uploaded_sets.waits(store(), state().token, own.upload):
        _decided(own)


def _decided(own: OwnSetState) -> None:
    own.decided, own.upload, own.preview = own.upload, "", None


def _show(own: OwnSetState, preview: SetPreview, name: str) -> None:
    """What was understood, what is asked, and the way to store it or not."""
    st.subheader(_("What was understood of {name}").format(name=plain(name)))
    if preview.fer2013:
        st.info(
            _(
                "This is FER-2013, which has rules of its own. Give its place on the server’s machine below, or "
                "run `python -m core import-fer2013 FILE --votes fer2013new.csv` there."
            )
        )
    for mistake in preview.mistakes:
        st.warning(told_in_text(mistake))
    _show_understood(preview)
    _show_left_out(preview)
    _ask(own, preview)
    _decide(own, preview, name)


def _show_understood(preview: SetPreview) -> None:
    if not preview.faces:
        return
    people = sum(preview.people.values())
    said = ngettext("{number} picture", "{number} pictures", preview.faces).format(number=number(preview.faces))
    persons = ngettext("{number} person", "{number} persons", people).format(number=number(people))
    st.markdown(f"**{said}**" + (f", {persons}" if people else f", {_('persons are not named')}"))
    st.markdown(", ".join(f"{label(emotion)} {number(count)}" for emotion, count in preview.emotions.items()))
    if len(preview.people) > 1:
        divided = ", ".join(f"{_role(role)} {number(count)}" for role, count in preview.people.items())
        st.markdown(_("Persons by role: {divided}").format(divided=divided))
    else:
        st.markdown(_("For practice only: persons are not divided into practice and the forms A and B."))
    if preview.strengths:
        strengths = ", ".join(f"{percent(one / 100, 0)}: {number(count)}" for one, count in preview.strengths.items())
        st.markdown(_("Strengths: {strengths}").format(strengths=strengths))
    with st.container(horizontal=True):
        for emotion, picture in preview.samples:
            st.image(picture, width=96, caption=label(emotion))


def _role(role: str) -> str:
    return _("practice") if role == "practice" else _("form {name}").format(name=role)


def _show_left_out(preview: SetPreview) -> None:
    if preview.left_out:
        st.markdown(f"**{_('Left out')}**")
    for one in preview.left_out:
        st.markdown(_left_out(one))
    if preview.notes:
        st.markdown(f"**{_('What the set lacks')}**")
    for note in preview.notes:
        st.markdown(f"- {told_in_text(note)}")


def _left_out(one: LeftOut) -> str:
    words = _("{number}: {why}, for example {file}")
    return f"- {words.format(number=number(one.number), why=_(one.sentence), file=plain(one.first))}"


def _form(form: str) -> str:
    names = {
        "manifest": _("by their manifest.csv"),
        "kdef": _("as KDEF’s (AF01ANS.JPG)"),
        "rafd": _("as RaFD’s (Rafd090_01_…_angry_frontal.jpg)"),
        "ck": _("as CK+’s (S005_001_00000011.png)"),
        "jaffe": _("as JAFFE’s (KA.AN1.39.tiff)"),
        "adfes": _("as ADFES’ (F01-Anger….jpg)"),
        "folders": _("folders named by emotion"),
    }
    return names[form]


def _meaning(meant: str) -> str:
    return _("leave these out") if meant == LEFT_OUT else label(Emotion.from_word(meant))


def _ask(own: OwnSetState, preview: SetPreview) -> None:
    """How the pictures are named, where more than one way fits; what unknown words mean."""
    asked = set(preview.unknown)
    if preview.fer2013 or not (len(preview.forms) > 1 or asked or own.choice.words):
        return
    words = sorted(asked | set(own.choice.words))
    with st.form(f"choice-{own.upload}", border=False):
        if len(preview.forms) > 1:
            st.selectbox(
                _("How are the pictures named?"),
                list(preview.forms),
                index=list(preview.forms).index(preview.form),
                format_func=lambda one: f"{_form(one)} · {number(preview.forms[one])}",
                key=f"form-{own.upload}",
            )
        meanings = [*(emotion.word for emotion in Emotion), LEFT_OUT]
        for word in words:
            chosen = own.choice.words.get(word)
            st.selectbox(
                _("Which emotion is “{word}”?").format(word=plain(word)),
                meanings,
                index=meanings.index(chosen) if chosen else None,
                format_func=_meaning,
                placeholder="–",
                key=f"word-{own.upload}-{word}",
            )
        st.form_submit_button(_("Look again"), on_click=_choose, args=(own, words))


def _choose(own: OwnSetState, words: list[str]) -> None:
    """Take what the form says; the upload is looked at again."""
    said = {word: field_value(f"word-{own.upload}-{word}") for word in words}
    form = field_value(f"form-{own.upload}") or ""
    own.choice = Choice(form, {word: meant for word, meant in said.items() if meant is not None})
    own.preview, own.tried = None, False


def _decide(own: OwnSetState, preview: SetPreview, name: str) -> None:
    title = name.rsplit(".", 1)[0]
    if preview.fits:
        title = st.text_input(_("Name of the set"), title, max_chars=64, key=f"title-{own.upload}")
        source = st.text_input(_("Where it is from"), max_chars=256, key=f"source-{own.upload}")
        licence = st.text_input(_("Under which terms you hold it"), max_chars=256, key=f"licence-{own.upload}")
    with st.container(horizontal=True):
        stores = preview.fits and st.button(_("Store"), type="primary", key=f"store-{own.upload}")
        st.button(_("Cancel"), key=f"cancel-{own.upload}", on_click=_cancel, args=(own,))
    if stores:
        _store(own, Choice(preview.form, own.choice.words), title, source, licence)


def _cancel(own: OwnSetState) -> None:
    with flash_refusals():
        uploaded_sets.cancel(store(), state().token, own.upload)
    _decided(own)


def _store(own: OwnSetState, choice: Choice, title: str, source: str, licence: str) -> None:
    bar = st.progress(0.0, text=_("This takes about a minute. Please leave the page open."))

    def tell(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=_("{done} of {total} pictures").format(done=done, total=total))

    with flash_refusals():
        uploaded_sets.store_upload(store(), state().token, own.upload, choice, title, source, licence, rater(), tell)
        _decided(own)
    bar.empty()
