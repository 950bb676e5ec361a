"""Who may: permission, audit, rate limits, passwords, and how a refusal is worded."""
