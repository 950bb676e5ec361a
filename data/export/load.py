"""The trials as a pandas DataFrame: python analysis/load.py"""

from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).resolve().parent.parent
TYPES = {"text": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
columns = pd.read_csv(FOLDER / "documentation/dictionary.csv").set_index("column")["type"]
trials = pd.read_csv(FOLDER / "data/study-lexithymia_data.csv", dtype=columns.map(TYPES).to_dict(), na_values=["n/a"])
counted = trials[trials["exclusion"].isna() & trials["correct"].notna()]
# practice has feedback and never measures: its answers are never averaged with those of checks
print(counted.groupby(["task", "kind", "target"])["correct"].agg(["mean", "size"]).to_string())
