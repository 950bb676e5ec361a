"""Help for a person in distress: text only, nothing is called or opened from here."""

from pages.shared.words import _


def where_to_find_help() -> str:
    """Markdown paragraphs for `st.markdown`."""
    return "\n\n".join(
        (
            _(
                "**If someone is in danger now**, call for help: 112 in Europe, 999 in the United Kingdom, 911 "
                "in the United States, Canada and Mexico."
            ),
            _(
                "**If you think about hurting yourself or about dying**, talk to someone today. Free helplines: "
                "988 in the United States and Canada, 024 in Spain, 116 123 in the United Kingdom and Ireland. "
                "For other countries, the website findahelpline.com lists them."
            ),
            _(
                "**If you feel bad but it is not urgent**, tell your clinician, your family doctor or a person "
                "you trust. You can show them this page; you do not need the right words."
            ),
            _("Nobody watches this program while you use it. Please do not use it to ask for help."),
        )
    )
