"""Media: files of posts, kept by content hash."""
