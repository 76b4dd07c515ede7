"""Learning: rules for the voice that the owner's own edits suggest, with the edits they rest on."""
