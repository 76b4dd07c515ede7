"""Jobs: their names and fields (the data model's section 6.2) and the queue they are sent through."""
