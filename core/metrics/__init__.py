"""What is counted while NEXUS works, for Prometheus."""
