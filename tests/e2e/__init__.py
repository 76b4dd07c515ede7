"""Whole flows over real processes: NEXUS as a subprocess, Telegram as the sandbox over HTTP."""
