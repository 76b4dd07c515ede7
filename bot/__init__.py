"""What the owner sees: the Telegram control panel, its sandbox and the command line."""
