"""How data travel to our components."""

from collections.abc import Mapping


def as_data(values: Mapping[str, object]) -> list[Mapping[str, object]]:
    """`values` as a component gets them: in a list, which the scripts take apart.

    In a bare dict Streamlit looks for data frames, and imports pandas and pyarrow to know one: a third of a second
    and 60 MiB before the first page.
    """
    return [values]
