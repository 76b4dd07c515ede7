"""Help: what NEXUS does and how to start."""
