"""The recognition exercise: trials, blueprints, plans, allocation to arms."""
