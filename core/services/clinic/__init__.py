"""What a clinician does: caseload, care, record, notes, questionnaires, reports."""
