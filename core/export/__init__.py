"""An export in the forms the field already reads: writers that get rows one run at a time and know no database."""
