"""Draft: from what the owner sends to an approved post; the card."""
