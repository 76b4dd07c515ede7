"""One draft on many platforms: bot, publishing engine, a model and the strict platforms over real HTTP."""
