"""Products: the list, each product's card, and what can be changed about one."""
