"""Whether a process lives and can work, and what waits in the installation; asked by machines."""
