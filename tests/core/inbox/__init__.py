"""Is what comes from Telegram kept, handled once, and known again?"""
