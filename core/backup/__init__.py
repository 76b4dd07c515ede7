"""Can everything be kept elsewhere and brought back? One sealed archive: the database, the files, the names of the keys."""
