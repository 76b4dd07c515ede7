"""Analytics: what came of the posts, by period, platform, kind and hour."""
