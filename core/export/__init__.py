"""Export writers (CSV, Parquet, BIDS, FHIR): they get rows one run at a time and know no database."""
