"""The kit every screen stands on: texts, keyboards, paging, questions, typed answers."""
