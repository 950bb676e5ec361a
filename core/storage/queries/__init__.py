"""Every query, one file for what it asks about. A query takes the open session; the caller owns the transaction."""
