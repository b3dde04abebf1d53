"""Our own checkout: the pages on the way to a provider, and where providers tell us things."""
