"""Groups: where the bot answers its owners outside the private chat, and what it says there."""
