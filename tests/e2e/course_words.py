"""What a course of checks says on home and on My progress, in both languages, with and without a programme."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class HomeWords:
    """What stands on the card of home and on My progress, in one language and with or without a programme."""

    begin: str
    warm_up: str
    baseline: str
    """Before a check of the baseline: `{number}` of 7."""
    made: str
    """After it, while more are to come."""
    last_made: str
    """After the last of the baseline."""
    later: str
    """Before a check of training."""
    training: str
    """Where no check is due; empty where a day of the programme has parts of its own."""
    progress: str
    """While `{made}` of the baseline are made."""
    known: str
    cannot_tell: str
    better: str


ENGLISH = HomeWords(
    begin="Begin",
    warm_up="First, 14 faces to see how it works. After each you hear what it shows. They do not count.",
    baseline="7 short looks on 7 days show how you name faces before the training. Today is number {number}: 21 faces, "
    "and you choose what each shows.",
    made="That was today’s look. The next one is for tomorrow: each day counts once, so that good and bad days are all "
    "in it. Faces are practised when these days are over.",
    last_made="A practice with 7 faces.",
    later="A check with 21 faces. For each face, choose what it shows. You hear the result at the end. It shows what "
    "you see now, so there is nothing to prepare.",
    training="A practice with 7 faces. After each one you hear what it was meant to show, and how one can tell.",
    progress="7 short looks on 7 days show how you name faces before the training. {made} of them are done.",
    known="How you name faces before the training is known now. Later looks are compared with it.",
    cannot_tell="Before 57 in 100, now 57. This may be a real step or the ups and downs of days; these checks cannot "
    "tell the two apart.",
    better="At the end of your training you name more faces as they are meant than before: about 81 in 100 instead of "
    "57. So large a difference is rare when nothing has changed.",
)
SPANISH = HomeWords(
    begin="Empezar",
    warm_up="Primero, 14 caras para ver cómo funciona. Después de cada una se dice qué muestra. Estas no cuentan.",
    baseline="7 controles breves en 7 días muestran cómo nombras las caras antes del entrenamiento. Hoy es el número "
    "{number}: 21 caras, y eliges qué muestra cada una.",
    made="Eso era lo de hoy. Lo siguiente es para mañana: cada día cuenta una vez, para que entren los días buenos y "
    "los malos. Las caras se practican cuando acaben estos días.",
    last_made="Una práctica con 7 caras.",
    later="Un control con 21 caras. Elige lo que muestra cada cara. El resultado viene al final. Muestra lo que ves "
    "ahora, así que no hay nada que preparar.",
    training="Una práctica con 7 caras. Después de cada cara se dice qué mostraba y en qué se nota.",
    progress="7 controles breves en 7 días muestran cómo reconoces las caras antes del entrenamiento. Van {made}.",
    known="Ya se sabe cómo reconocías las caras antes del entrenamiento. Los controles siguientes se comparan con eso.",
    cannot_tell="Antes 57 de 100, ahora 57. Puede ser un paso de verdad o los altibajos de los días; estos controles "
    "no pueden distinguirlo.",
    better="Al final del entrenamiento reconoces más caras que antes: unas 81 de cada 100 en lugar de 57. Una "
    "diferencia tan grande es rara cuando nada ha cambiado.",
)
IN_PROGRAMME = {
    "en": replace(
        ENGLISH,
        warm_up="Getting to know how you name faces: day 1 of 7. Today: 14 faces to see how it works, then a check "
        "with 21 faces",
        baseline="Getting to know how you name faces: day {number} of 7. Today: a check with 21 faces",
        made="That was today. {made} of 7 days are done.",
        last_made="That was today. 7 of 7 days are done.",
        later="Today: a check with 21 faces",
        training="",
    ),
    "es": replace(
        SPANISH,
        warm_up="Para conocer cómo nombras las caras: día 1 de 7. Hoy: 14 caras para ver cómo funciona, después un "
        "control con 21 caras",
        baseline="Para conocer cómo nombras las caras: día {number} de 7. Hoy: un control con 21 caras",
        made="Eso era todo por hoy. {made} de 7 días hechos.",
        last_made="Eso era todo por hoy. 7 de 7 días hechos.",
        later="Hoy: un control con 21 caras",
        training="",
    ),
}
CHECK = {"en": "check with 21 faces", "es": "control con 21 caras"}


def of_home(language: str, in_programme: bool) -> HomeWords:
    return (IN_PROGRAMME if in_programme else {"en": ENGLISH, "es": SPANISH})[language]
