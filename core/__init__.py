"""What is true: the domains, the rules and the platforms, without any user interface."""
