"""What is wrong with a set and what it lacks, told in the language of whoever reads it, down to the last part."""

from pathlib import Path

import numpy as np
import pytest

from core.domain.emotions import Emotion
from core.stimuli.emotion_words import AnswerError, read_answers
from core.stimuli.fer2013.curate import read_fer2013
from core.stimuli.manifest import read_manifest
from core.stimuli.pictures import grey_png
from core.stimuli.records import StimulusError
from core.translations import told
from tests.stimuli.generated import little_fer, table_text, write_folder
from tests.stimuli.test_manifest import Rows, people, write

SEVEN = "enfado, asco, miedo, alegría, tristeza, sorpresa o neutral, u otra palabra que signifique lo mismo"
EN_SEVEN = "angry, disgust, fear, happy, sad, surprise or neutral, or a word for it"
IN = "set/manifest.csv, "


@pytest.mark.parametrize(
    ("column", "value", "english", "spanish"),
    [
        (
            "emotion",
            "contempt",
            f"row 5: emotion 'contempt'; expected {EN_SEVEN}. Say which emotion this is with --word "
            '"contempt=disgust", or --word "contempt=-" to leave these out.',
            f"fila 5: en la columna emotion pone 'contempt'. Se esperaba: {SEVEN}. Di qué emoción es con --word "
            '"contempt=disgust", o con --word "contempt=-" para dejar fuera estas imágenes.',
        ),
        (
            "emotion",
            "supprise",
            f"row 5: emotion 'supprise'; expected {EN_SEVEN}. is it surprise? Say which emotion this is with --word "
            '"supprise=surprise", or --word "supprise=-" to leave these out.',
            f"fila 5: en la columna emotion pone 'supprise'. Se esperaba: {SEVEN}. ¿Es sorpresa? Di qué emoción es con "
            '--word "supprise=surprise", o con --word "supprise=-" para dejar fuera estas imágenes.',
        ),
        (
            "emotion",
            "",
            f"row 5: emotion ''; expected {EN_SEVEN}. Fill the cell.",
            f"fila 5: en la columna emotion pone ''. Se esperaba: {SEVEN}. Rellena la celda.",
        ),
        (
            "role",
            "check",
            "row 5: role 'check'; expected practice or A or B, in any case. Correct the cell or empty it.",
            "fila 5: en la columna role pone 'check'. Se esperaba: practice, A o B, en mayúsculas o minúsculas. "
            "Corrige la celda o déjala vacía.",
        ),
        (
            "intensity",
            "140",
            "row 5: intensity '140'; expected a number from 0 to 100. Correct the cell.",
            "fila 5: en la columna intensity pone '140'. Se esperaba: un número de 0 a 100. Corrige la celda.",
        ),
        (
            "intensity",
            "0.8",
            "row 5: intensity '0.8', which seems a share; expected percent, from 0 to 100. "
            "Write percent: 100 for the full expression, not 1.",
            "fila 5: en la columna intensity pone '0.8', que parece una proporción. Se esperaba: un porcentaje de 0 a "
            "100. Escribe el porcentaje: 100 para la expresión completa, no 1.",
        ),
        (
            "weights",
            "[1]",
            "row 5: weights '[1]'; expected JSON like {\"browDown_L\": 0.4}. Correct the cell or empty it.",
            "fila 5: en la columna weights pone '[1]'. Se esperaba: un JSON como {\"browDown_L\": 0.4}. "
            "Corrige la celda o déjala vacía.",
        ),
        (
            "variant",
            "x" * 33,
            f"row 5: variant '{'x' * 33}'; expected at most 32 characters. Shorten it.",
            f"fila 5: en la columna variant pone '{'x' * 33}'. Se esperaba: como mucho 32 caracteres. Acórtalo.",
        ),
        (
            "file",
            "none.png",
            "row 5: the file 'none.png', which is not there; expected a picture. Add it, or take the row out.",
            "fila 5: el archivo 'none.png', que no está. Se esperaba: una imagen. Añádelo o quita la fila.",
        ),
        (
            "file",
            "../secret.png",
            "row 5: the file '../secret.png'; expected a path inside the folder. Copy the picture into the folder.",
            "fila 5: el archivo '../secret.png'. Se esperaba: un archivo que esté dentro de la carpeta. "
            "Copia la imagen en la carpeta.",
        ),
        (
            "file",
            "text.png",
            "row 5, text.png: the file begins with b'no pictu', which is no picture that is read here; expected a "
            "whole picture. Convert it, for example with: magick picture.xyz picture.png",
            "fila 5, text.png: el archivo empieza por b'no pictu', y no es una imagen que se lea aquí. Se esperaba: "
            "una imagen completa. Conviértela, por ejemplo con: magick imagen.xyz imagen.png",
        ),
        (
            "file",
            "large.png",
            "row 5: large.png has 8,000,001 bytes; expected at most 8,000,000. Scale the picture down.",
            "fila 5: large.png ocupa 8.000.001 bytes. Se esperaba: como mucho 8.000.000. "
            "Reduce el tamaño de la imagen.",
        ),
        (
            "file",
            "P_angry.png",
            "row 5: the file of row 1 again ('P_angry.png'); expected every picture once. "
            "Take one of the two rows out.",
            "fila 5: el archivo de la fila 1 otra vez ('P_angry.png'). Se esperaba: cada imagen una sola vez. "
            "Quita una de las dos filas.",
        ),
    ],
)
def test_each_kind_of_mistake_in_a_row(tmp_path: Path, column: str, value: str, english: str, spanish: str) -> None:
    rows = people(intensity="50", weights="{}", variant="")
    folder = write(tmp_path / "set", rows)
    (folder / "text.png").write_bytes(b"no picture")
    (folder / "large.png").write_bytes(bytes(8_000_001))
    rows[4][column] = value
    assert both(write(folder, rows, pictures=False)) == (IN + english, IN + spanish)


@pytest.mark.parametrize(
    ("content", "english", "spanish"),
    [
        (
            b"picture,emotion\na.png,happy\n",
            ", line 1: the columns 'picture, emotion'; expected at least file and emotion (or target). "
            "Name the columns in the first line.",
            ", línea 1: las columnas 'picture, emotion'. Se esperaba: al menos file y emotion (o target). "
            "Pon los nombres de las columnas en la primera línea.",
        ),
        (
            b"file,emotion\n",
            ": no rows below the header; expected a row for every picture. List the pictures in it.",
            ": no hay filas debajo de la cabecera. Se esperaba: una fila por imagen. Pon en ella las imágenes.",
        ),
        (
            b"file,emotion\n" + 200_001 * b"\n",
            ": more than 200,000 lines; expected a row for every picture. Check what this file is.",
            ": más de 200.000 líneas. Se esperaba: una fila por imagen. Comprueba qué archivo es.",
        ),
        (
            b"file,emotion\na.png,happy,f\n",
            ", row 1: 3 cells; expected 2, one for each column. Put quotes around commas in a cell.",
            ", fila 1: el número de celdas es 3. Se esperaba: 2, una por columna. "
            "Pon entre comillas la celda que lleve comas.",
        ),
        (
            b"file,emotion\nni\xf1o.png,happy\n",
            ": byte 15 is not UTF-8; expected text in UTF-8. Save it as “CSV UTF-8”.",
            ": el byte 15 no es UTF-8. Se esperaba: texto en UTF-8. Guárdalo como «CSV UTF-8».",
        ),
        (
            b"file,emotion\na\0.png,happy\n",
            ": a NUL byte; expected plain text. Save it as “CSV UTF-8”.",
            ": un byte nulo. Se esperaba: texto sin formato. Guárdalo como «CSV UTF-8».",
        ),
    ],
)
def test_each_kind_of_table_that_cannot_be_read(tmp_path: Path, content: bytes, english: str, spanish: str) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "manifest.csv").write_bytes(content)
    assert both(folder) == (f"set/manifest.csv{english}", f"set/manifest.csv{spanish}")


def test_several_mistakes_are_a_line_each_with_how_many(tmp_path: Path) -> None:
    rows = people(intensity="50")
    rows[0]["identity"] = rows[1]["identity"] = "x" * 65
    rows[2]["role"] = "C"
    english, spanish = both(write(tmp_path / "set", rows))
    assert english.splitlines()[0].endswith("Shorten it. (2 like this; this is the first.)")
    assert spanish.splitlines()[0].endswith("Acórtalo. (Hay 2 así; este es el primero.)")
    assert spanish.splitlines()[1].startswith("set/manifest.csv, fila 3: en la columna role pone 'C'.")


def test_one_person_in_practice_and_in_a_check(tmp_path: Path) -> None:
    rows = people()
    rows[7]["identity"] = "P"
    assert both(write(tmp_path / "set", rows))[1] == (
        "set/manifest.csv: la persona 'P' tiene las funciones practice y A. Se esperaba: una sola función por persona, "
        "para que en un control no salga nadie con quien se haya practicado. "
        "Da la misma función a todas las caras de una persona."
    )


def test_an_answer_that_says_nothing() -> None:
    with pytest.raises(AnswerError) as error:
        read_answers(["contempt=dread"])
    assert told("es", error.value.whole) == (
        "'contempt=dread': se esperaba palabra=emoción, por ejemplo contempt=disgust, o contempt=-"
    )


def test_what_a_set_lacks(tmp_path: Path) -> None:
    rows: Rows = [{"file": f"{e.word}.png", "target": e.word} for e in list(Emotion)[:5]]
    folder = write(tmp_path / "set", [*rows, {"file": "calm.png", "target": "calm"}])
    (folder / "more").mkdir()
    (folder / "more" / "1.png").write_bytes(grey_png(np.full((60, 50), 99, np.uint8)))
    (folder / "more" / "2.bmp").write_bytes(b"")
    info, _ = read_manifest(folder, answers=read_answers(["calm=-"]))
    assert [told("es", note) for note in info.notes] == [
        "Caras sin dato en la columna identity: 6 de 6; el conjunto sirve para practicar, pero no para controles.",
        "Caras sin dato en la columna intensity: 6 de 6; la práctica no puede empezar por caras claras y seguir con "
        "otras más tenues.",
        "Caras sin dato en la columna sex: 6 de 6; los controles no pueden llevar tantas mujeres como hombres.",
        "Caras sin dato en la columna skin: 6 de 6; los controles no se pueden repartir entre tonos de piel.",
        "Caras sin dato en la columna weights: 6 de 6; ninguna lección puede nombrar los músculos que se mueven.",
        "No se han dado las dos funciones, A y B: el conjunto sirve para practicar, pero no para controles.",
        "Ninguna cara muestra: sorpresa, neutral.",
        "Filas que se dejan fuera por su palabra para la emoción, como se pidió: 1.",
        "Imágenes que no están en ninguna fila y se dejan fuera: 2, por ejemplo more/1.png. Carpetas: more (2).",
    ]
    assert told("es", info.notes[6]) != str(info.notes[6]) == "No face shows surprise, neutral."


def test_fer2013_says_the_same_through_its_own_process(tmp_path: Path) -> None:
    path = tmp_path / "fer2013.csv"
    path.write_text("\n".join([*table_text(little_fer()).splitlines()[:4], "9,1,Training"]))
    with pytest.raises(StimulusError) as error:
        read_fer2013(path)
    assert told("es", error.value.whole) == (
        f"{tmp_path.name}/fer2013.csv, fila 4 (línea 5): en la columna emotion pone '9'. Se esperaba: una etiqueta de "
        "0 (enfado) a 6 (neutral). Estas etiquetas no son las de FER-2013. Descarga otra vez el archivo."
    )
    info, _ = read_fer2013(write_folder(tmp_path / "fer", little_fer()))
    assert [told("es", note) for note in info.notes][:3] == [
        "Imágenes leídas: 70, de una carpeta con 70 imágenes.",
        "Contiene 70 de las 35.887 imágenes de FER-2013: ¿está completa la descarga?",
        "Nadie ha comprobado las etiquetas, ni que haya una cara en cada imagen.",
    ]


def both(folder: Path) -> tuple[str, str]:
    """Why a folder is refused, in English and in Spanish."""
    with pytest.raises(StimulusError) as error:
        read_manifest(folder)
    assert told("en", error.value.whole) == str(error.value)
    return str(error.value), told("es", error.value.whole)
