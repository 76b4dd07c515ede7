writing-stop = ⏹ Stop
writing-nothing = Nothing is being written here any more. This is the draft as it is.
writing-stopped-old = ⏹ Stopped. Too little was written by then, so the text stays as it was.
writing-shutdown = ⏸ NEXUS is restarting and did not finish the text. The draft is safe; try again.
writing-elsewhere = ✨ This draft is being written in another chat already. Wait until the text is ready.
