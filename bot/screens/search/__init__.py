"""Search: any post by its words, by its number, narrowed to a product or a state."""
