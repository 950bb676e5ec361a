"""What is alexithymia? Short sections in plain words, one open at a time; for everyone, signed in or not.

`?open=help` begins with where to find help.
"""

import streamlit as st

from pages.shared.recognise.help import sources_of_help, where_to_find_help
from pages.shared.words import _

SOURCES = (
    "Sifneos P. E. (1973). The prevalence of “alexithymic” characteristics in psychosomatic patients. "
    "*Psychotherapy and Psychosomatics* 22, 255–262.",
    "Freyberger H. (1977). Supportive psychotherapeutic techniques in primary and secondary alexithymia. "
    "*Psychotherapy and Psychosomatics* 28, 337–342.",
    "Salminen J. K. et al. (1999). Prevalence of alexithymia and its association with sociodemographic variables "
    "in the general population of Finland. *Journal of Psychosomatic Research* 46, 75–82.",
    "Mattila A. K. et al. (2006). Age is strongly associated with alexithymia in the general population. "
    "*Journal of Psychosomatic Research* 61, 629–635.",
    "Franz M. et al. (2008). Alexithymia in the German general population. *Social Psychiatry and Psychiatric "
    "Epidemiology* 43, 54–62.",
    "Grynberg D. et al. (2012). Alexithymia and the processing of emotional facial expressions: a systematic "
    "review. *PLoS ONE* 7, e42429.",
    "Kinnaird E., Stewart C., Tchanturia K. (2019). Investigating alexithymia in autism: a systematic review and "
    "meta-analysis. *European Psychiatry* 55, 80–89.",
    "Tsubaki K., Shimizu E. (2024). Psychological treatments for alexithymia: a systematic review. "
    "*Behavioral Sciences* 14, 1173.",
)


def _points(*sentences: str) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _paragraphs(*sentences: str) -> str:
    return "\n\n".join(sentences)


def _what_it_is() -> str:
    return _paragraphs(
        _("People with alexithymia have feelings, like everyone. What is hard is to know which feeling it is."),
        _points(
            _(
                "It can be hard to tell a feeling from a signal of the body, such as a fast heartbeat or a "
                "stomach ache."
            ),
            _("It can be hard to describe feelings to other people."),
            _("Attention often goes to facts and events, and less to feelings."),
            _("For many people it is also harder to see what others feel, for example in their faces."),
        ),
        _("Alexithymia has degrees: a person can have a little of it or a lot."),
    )


def _what_it_is_not() -> str:
    return _points(
        _(
            "It is not an illness, and it is no diagnosis. Doctors’ lists of illnesses (ICD-11 and DSM-5) do not "
            "have it."
        ),
        _("It does not mean that a person has no feelings, or does not care about other people."),
        _(
            "It is not the same as autism or depression. About half of autistic people have alexithymia, and "
            "about half do not."
        ),
        _("It is nobody’s fault."),
    )


def _kinds() -> str:
    return _paragraphs(
        _("Researchers often speak of two kinds."),
        _points(
            _(
                "**Primary** alexithymia is there from early life on. Genes, the brain and what happens in "
                "childhood may all have a part in it."
            ),
            _(
                "**Secondary** alexithymia begins later: after a very frightening event, an injury of the brain, "
                "a long illness or a depression. When the cause gets weaker, it can get weaker too."
            ),
        ),
        _("It is often not clear which of the two a person has, and not all researchers agree that there are two."),
    )


def _childhood() -> str:
    return _paragraphs(
        _("Nobody is born with words for feelings. Children learn them from the people who care for them."),
        _(
            "An adult sees the face of a child and says, for example: “You are sad because your toy is broken.” "
            "When this happens many times, the child learns that the feeling, the face and the word belong "
            "together."
        ),
        _(
            "When it happens rarely, or when a child does not notice the signals of the body well, some words "
            "are not learnt. Parents are not to blame for this: many did not learn these words themselves."
        ),
        _("Adults can still learn words for feelings."),
    )


def _how_common() -> str:
    return _paragraphs(
        _(
            "In studies of whole populations, about 1 in 10 adults had high alexithymia. In Finland it was 9.9 % in "
            "one study and 13 % in another, in Germany 10 %."
        ),
        _(
            "These studies asked the same 20 questions (TAS-20). Other questions or another country can give "
            "another number."
        ),
    )


def _what_helps() -> str:
    return _paragraphs(
        _points(
            _("Therapy can help. In a review of 18 trials, most of the treatments made alexithymia weaker."),
            _(
                "You can practise with your own feelings: stop for a moment, notice your body, and choose a word "
                "for it."
            ),
            _("You can ask people you trust which feeling they have, and how they notice it."),
            _("You can practise with faces, as in this program."),
        ),
        _("Practice with faces is only one part. Nobody has shown yet that this program makes daily life easier."),
    )


def _this_program() -> str:
    return _points(
        _(
            "It shows you faces and asks which emotion you see. In practice it then tells you what to look for. "
            "In a check it does not, so that you and your clinician can see whether something has changed."
        ),
        _("It shows you what other people and a computer say about the same face. All of them can be mistaken."),
        _("It does not know how you feel. It makes no diagnosis, and it does not replace treatment."),
    )


def _the_faces() -> str:
    return _paragraphs(
        _(
            "The built-in faces were made by a computer. They are not photographs, and these people do not "
            "exist. The muscles of each face move as research describes it for that emotion."
        ),
        _("They have not yet been rated by many people, so we do not know how easy they are to recognise."),
        _(
            "Real people show emotions in many more ways, and often only a little. To recognise these faces is a "
            "start. It is no proof that you recognise the faces of real people."
        ),
    )


st.title(_("What is alexithymia?"))
st.markdown(
    _(
        "Alexithymia means that it is hard to notice your own feelings and to find words for them. The word was "
        "made from Greek words and means “no words for feelings”."
    )
)
for_help = st.query_params.get("open") == "help"
find_help = (
    _("Where to find help"),
    where_to_find_help() + "\n\n" + _("Numbers can change. Where we have these from:") + "\n\n" + sources_of_help(),
)
sections = [
    (_("What it is"), _what_it_is()),
    (_("What it is not"), _what_it_is_not()),
    (_("Primary and secondary"), _kinds()),
    (_("How we learn to name feelings"), _childhood()),
    (_("How common it is"), _how_common()),
    (_("What helps"), _what_helps()),
    (_("What this program does"), _this_program()),
    (_("About the faces"), _the_faces()),
    find_help,
    (_("Sources"), _points(*SOURCES)),
]
if for_help:  # who asks for it finds it at once
    sections.remove(find_help)
    sections.insert(0, find_help)
for title, text in sections:
    with st.expander(title, expanded=for_help and (title, text) == find_help):
        st.markdown(text)
