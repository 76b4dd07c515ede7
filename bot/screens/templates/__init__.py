"""Templates: the list, one template, filling it in, making and changing one's own."""
