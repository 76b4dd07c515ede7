"""Analytics: daily numbers per channel."""
