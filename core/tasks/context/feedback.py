"""What is said of a situation: what the face shows, what the situation makes likely, and that one cannot know."""

from dataclasses import dataclass

from core.domain.emotions import Emotion
from core.domain.exercise.items import RunItem
from core.domain.exercise.trials import Response
from core.domain.feelings.words import feeling_words
from core.domain.language import in_language
from core.tasks.context.columns import OFFERED, STORY
from core.tasks.context.vignettes import VIGNETTES, Vignette
from core.tasks.context.words import (
    CLOSING,
    IS,
    IS_OTHER,
    IS_SAID,
    LIKELY,
    NONE_LIKELY,
    SHOWS,
    SHOWS_OTHER,
    SHOWS_SAID,
)
from core.translations import say, told


@dataclass(frozen=True)
class ContextFeedback:
    """Of one situation."""

    vignette: Vignette
    offered: tuple[str, ...]
    """Words by their keys, in the order in which they are offered."""

    def data(self, language: str) -> dict[str, object]:
        return {
            "story": say(language, self.vignette.text),
            "words": [{"word": key, "label": _name(key, language)} for key in self.offered],
            "face": {response.value: self._on_the_face(response, language) for response in Response},
            "why": say(language, self.vignette.why),
            "likely": self._likely(language),
            "closing": say(language, CLOSING[self.vignette.fit]),
        }

    def _on_the_face(self, response: Response, language: str) -> str:
        target, given = self.vignette.face, response.emotion
        shows, said, other = (IS, IS_SAID, IS_OTHER) if target is Emotion.NEUTRAL else (SHOWS, SHOWS_SAID, SHOWS_OTHER)
        sentence = shows if given is None else said if given is target else other
        named = {"target": target, "given": target if given is None else given}
        return say(language, sentence).format(**{name: f"*{told(language, one.noun)}*" for name, one in named.items()})

    def _likely(self, language: str) -> str:
        if not self.vignette.felt:
            return say(language, NONE_LIKELY)
        words = ", ".join(f"*{_name(key, language)}*" for key in self.vignette.felt)
        return say(language, LIKELY).format(words=words)


def context_feedback(item: RunItem) -> ContextFeedback:
    return ContextFeedback(VIGNETTES[str(item.more[STORY.name])], offered_words(item))


def offered_words(item: RunItem) -> tuple[str, ...]:
    """By their keys, in their order."""
    return tuple(str(item.more[OFFERED.name]).split())


def _name(key: str, language: str) -> str:
    return in_language(feeling_words()[key].name, language)
