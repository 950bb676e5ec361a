"""Help for a person in distress: text only, nothing is called or opened from here."""

from urllib.parse import urlsplit

from core.domain.patient.help_lines import HelpKind, HelpLine, help_lines
from pages.shared.format import day, listed
from pages.shared.words import _, localized


def where_to_find_help() -> str:
    """Markdown paragraphs for `st.markdown`."""
    return "\n\n".join(
        (
            _("**If someone is in danger now**, call for help: {numbers}.").format(numbers=_of(HelpKind.EMERGENCY)),
            _(
                "**If you think about hurting yourself or about dying**, talk to someone today. Free helplines: "
                "{numbers}. For other countries: {directory}."
            ).format(numbers=_of(HelpKind.HELPLINE), directory=_of(HelpKind.DIRECTORY)),
            _(
                "**If you feel bad but it is not urgent**, tell your clinician, your family doctor or a person "
                "you trust. You can show them this page; you do not need the right words."
            ),
            _("Nobody watches this program while you use it. Please do not use it to ask for help."),
        )
    )


def sources_of_help() -> str:
    """Where each number comes from and when that was read, as a list in Markdown."""
    return "\n".join(f"- {line.number}: {_sources(line)}" for line in help_lines())


def _of(kind: HelpKind) -> str:
    return listed([_said(line) for line in help_lines() if line.kind is kind])


def _said(line: HelpLine) -> str:
    where = localized(line.where)
    return where if line.sources else _("{number} (we could not check it)").format(number=where)


def _sources(line: HelpLine) -> str:
    told = [
        _("{title} ({site}), read on {date}").format(
            title=source.title if source.dated is None else f"{source.title} {source.dated}",
            site=(urlsplit(source.url).hostname or "").removeprefix("www."),
            date=day(source.read),
        )
        for source in line.sources
    ]
    return "; ".join(told) or _("we found no page to check it by.")
