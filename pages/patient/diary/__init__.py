"""The parts of the page on one's own words."""

from pages.patient.diary.entries import ENTRY, show_entries, show_sharing
from pages.patient.diary.summary import show_list, show_pictures, show_summary

__all__ = ["ENTRY", "show_entries", "show_list", "show_pictures", "show_sharing", "show_summary"]
