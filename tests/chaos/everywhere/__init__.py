"""What becomes of posts on every platform when everything fails: the proof behind `docs/reliability.md`."""
