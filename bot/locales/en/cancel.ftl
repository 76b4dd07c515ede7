cancel-done = Cancelled. What was saved stays as it was.
cancel-nothing = There is nothing to cancel: I am not waiting for anything.
