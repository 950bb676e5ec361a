"""Every number that a person in distress is given was read somewhere, on a day that is told; or it is told that not."""

from datetime import date

from babel.dates import format_date

from core.domain.patient.help_lines import HelpKind, help_lines
from core.translations import languages
from pages.shared.recognise.help import sources_of_help, where_to_find_help


def test_every_number_has_a_page_it_was_read_on_or_says_that_it_could_not_be_checked() -> None:
    text = where_to_find_help()
    for line in help_lines():
        assert (f"{line.where['en']} (we could not check it)" in text) == (not line.sources), line.number
        assert all(source.url.startswith("https://") for source in line.sources)
        assert all(date(2026, 1, 1) < source.read <= date.today() for source in line.sources)
    assert {line.number for line in help_lines() if not line.sources} == {"findahelpline.com"}


def test_each_is_told_in_every_language_with_its_number() -> None:
    for line in help_lines():
        assert set(line.where) >= set(languages())
        assert all(line.number in told for told in line.where.values())
    assert {line.kind for line in help_lines()} == set(HelpKind)


def test_the_list_of_sources_names_every_number_its_page_and_the_day() -> None:
    told = sources_of_help().splitlines()
    assert [one.removeprefix("- ").split(": ")[0] for one in told] == [line.number for line in help_lines()]
    for one, line in zip(told, help_lines(), strict=True):
        for source in line.sources:
            assert f"{source.title}" in one
            assert format_date(source.read, "d MMM y", "en") in one
    assert told[-1].endswith("we found no page to check it by.")
