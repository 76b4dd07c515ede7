pause-title = ⏸ <b>Pause</b>
pause-going = ▶️ Publishing goes on. In the queue: { $n }.
pause-held = ⏸ <b>Everything is paused.</b> Waiting in the queue: { $n }.
pause-held-since = ⏸ <b>Everything is paused</b> since { $when }. Waiting in the queue: { $n }.
pause-product-held = ⏸ “{ $name }” is paused since { $when }
pause-what = While paused, nothing goes out and nothing is lost. I will ask about late posts when the pause ends.
pause-all = ⏸ Pause everything
pause-resume-all = ▶️ Resume
pause-one = ⏸ { $name }
pause-resume-one = ▶️ { $name }
pause-automations = ⚙️ Automations · { $n }
pause-automation = ⚙️ { $name }
pause-done = ⏸ Everything is paused: nothing more goes out until you resume.
pause-already = Everything is paused already.
pause-underway = 📤 Too late to stop, being sent: { $n } { $n ->
    [one] post
   *[other] posts
}.
pause-resumed = ▶️ Publishing goes on.
pause-not-paused = Nothing is paused: publishing goes on.
pause-done-one = ⏸ “{ $name }” is paused. Its posts wait in the queue.
pause-already-one = “{ $name }” is paused already.
pause-resumed-one = ▶️ “{ $name }” publishes again.
pause-not-paused-one = “{ $name }” is not paused.
pause-stale = That button is of an earlier pause, so nothing was done. This is how it stands.
pause-unknown = There is neither a product nor an automation called “{ $name }”. Choose here; to stop everything, write /pause all.
pause-which = More than one thing is called “{ $name }”. Which did you mean?
pause-late-asked = ⌛️ Too late by now: { $n } { $n ->
    [one] post
   *[other] posts
}. A list with choices follows.
pause-late-skipped = ✖️ Too late and skipped, as your settings say: { $n }.
pause-late-now = 🚀 Going out now: { $n }.
pause-late-spread = 🗓 The others that are late go out one after another, with the usual gap: { $n }.
