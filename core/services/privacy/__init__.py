"""Consent, erasure, retention, the copy of one's data, the audit log."""
