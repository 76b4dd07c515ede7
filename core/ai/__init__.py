"""AI: texts in the product's voice, and what they cost."""
