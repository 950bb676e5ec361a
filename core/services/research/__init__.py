"""What a researcher does: overview, studies, export, un-blinding."""
