"""Attachments: a draft's files in their order, with what is in them in words."""
