"""A check-in in words: places, sensations, the grid, names of feelings; a whole one in a sentence."""

from core.domain.feelings.check_in import BodyMark, CheckIn, Company, Sensation, Surroundings, Zone
from core.domain.feelings.words import feeling_words
from core.domain.language import in_language
from pages.shared.format import plain
from pages.shared.words import _, language


def zone_name(zone: Zone) -> str:
    return {
        Zone.HEAD: _("head"),
        Zone.FACE: _("eyes and face"),
        Zone.THROAT: _("throat"),
        Zone.SHOULDERS: _("shoulders and back"),
        Zone.CHEST: _("chest"),
        Zone.STOMACH: _("stomach"),
        Zone.ARMS: _("arms and hands"),
        Zone.LEGS: _("legs"),
        Zone.WHOLE: _("whole body"),
    }[zone]


def sensation_name(sensation: Sensation) -> str:
    return {
        Sensation.WARM: _("warm"),
        Sensation.COLD: _("cold"),
        Sensation.TIGHT: _("tight"),
        Sensation.HEAVY: _("heavy"),
        Sensation.FAST: _("fast"),
        Sensation.EMPTY: _("empty"),
    }[sensation]


def amount_names() -> list[str]:
    """Of a place in the body: a little, a lot."""
    return [_("a little"), _("a lot")]


def pleasant_names() -> list[str]:
    """From -2 to 2."""
    return [
        _("unpleasant"),
        _("a bit unpleasant"),
        _("neither pleasant nor unpleasant"),
        _("a bit pleasant"),
        _("pleasant"),
    ]


def energy_names() -> list[str]:
    """From -2 to 2."""
    return [_("low energy"), _("rather low energy"), _("middling energy"), _("rather high energy"), _("high energy")]


def company_name(company: Company) -> str:
    return {Company.ALONE: _("alone"), Company.SOMEBODY: _("with somebody"), Company.MANY: _("among many")}[company]


def surroundings_name(place: Surroundings) -> str:
    return {
        Surroundings.HOME: _("at home"),
        Surroundings.WORK: _("at work or school"),
        Surroundings.OUTDOORS: _("outdoors"),
        Surroundings.TRAVELLING: _("on the way"),
        Surroundings.ELSEWHERE: _("elsewhere"),
    }[place]


def rated_name(word: str) -> str:
    """One of the eight that are always asked."""
    return _("interest") if word == "interested" else word_name(word)


def word_name(key: str) -> str:
    """A word of the list."""
    return in_language(feeling_words()[key].name, language())


def felt(zone: Zone, mark: BodyMark) -> str:
    """ "chest tight", or the place alone."""
    if mark.sensation is None:
        return zone_name(zone)
    return felt_as(zone, mark.sensation)


def sensation_at(zone: Zone, sensation: Sensation) -> str:
    """ "tight chest": the sensation first, as a subject of a sentence."""
    return _("{sensation} {place}").format(place=zone_name(zone), sensation=sensation_name(sensation))


def felt_as(zone: Zone, sensation: Sensation) -> str:
    """ "chest tight", as in a list."""
    return _("{place} {sensation}").format(place=zone_name(zone), sensation=sensation_name(sensation))


def words_of(entry: CheckIn) -> str:
    """The feelings that a check-in names; that none did."""
    names = [word_name(word) for word in entry.words] + ([plain(entry.own_word)] if entry.own_word else [])
    return ", ".join(names) if names else _("no word yet")


def where_of(entry: CheckIn) -> str:
    """Body and grid of a check-in; empty where both were left out."""
    parts = [felt(zone, mark) for zone, mark in (entry.body or {}).items()]
    if entry.energy is not None and entry.pleasant is not None:
        parts += [energy_names()[entry.energy + 2], pleasant_names()[entry.pleasant + 2]]
    return ", ".join(parts)


def in_a_sentence(entry: CheckIn) -> str:
    """ "Chest tight, high energy, unpleasant: **worry**." """
    where, named = where_of(entry), f"**{words_of(entry)}**"
    return f"{where[:1].upper()}{where[1:]}: {named}." if where else f"{named}."
