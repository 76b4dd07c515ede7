"""What came from Telegram and is to be answered: stored first, handled once, kept through a crash."""
