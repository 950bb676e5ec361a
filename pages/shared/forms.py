"""Forms that are empty again once what they held was taken. What was refused, or could not be saved, stays in them."""

from pages.shared.state import state


def form_key(name: str) -> str:
    """Of the form called `name`, and how those of its text fields begin: another one each time it was emptied."""
    return f"{name}-{state().emptied.get(name, 0)}"


def empty_form(name: str) -> None:
    """From the next run of the page on there is nothing in this form."""
    app = state()
    app.emptied[name] = app.emptied.get(name, 0) + 1
