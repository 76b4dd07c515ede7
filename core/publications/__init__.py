"""Publications: one content on one channel at one time, and the ledger of every attempt."""
