queue-title = 📅 <b>Queue</b> · { $n } { $n ->
    [one] publication
   *[other] publications
}
queue-empty = 📅 The queue is empty. Send an idea, a text or a photo: it becomes a draft that can be scheduled.
queue-line = { $mark } { $time } <b>#{ $number }</b> { $excerpt } · { $channel }
queue-item = 📅 <b>#{ $number }</b> · { $product } · { $channel } ({ $platform })
queue-item-excerpt = <blockquote>{ $excerpt }</blockquote>
queue-status-scheduled = { $mark } Goes out { $when }
queue-status-due = { $mark } Due { $when }, goes out as soon as it can
queue-status-again = { $mark } It did not work ({ $reason }); I try again { $when }
queue-status-publishing = { $mark } Being sent right now
queue-status-published = { $mark } Published { $when }
queue-status-failed = { $mark } Not published: { $reason }
queue-status-cancelled = { $mark } Taken off the calendar
queue-status-uncertain = { $mark } The platform's answer did not come: it may or may not be live. Look into the channel and tell me.
queue-status-missed = { $mark } It should have gone out { $when } and did not in time
queue-status-quiet = { $mark } Quiet hours now, goes out { $when }
queue-status-missed-quiet = { $mark } Its time ({ $when }) fell into quiet hours, so it did not go out. What shall become of it?
queue-status-missed-not_approved = { $mark } It should have gone out { $when }, but its current version was not approved
queue-held-paused = ⏸ All publishing is paused.
queue-held-product-paused = ⏸ The product is paused.
queue-held-channel-error = ⚠️ The channel does not let us in: its key no longer works.
queue-now = 🚀 Now
queue-reschedule = 🗓 Reschedule
queue-cancel = ✖️ Take off the calendar
queue-card = 📝 The post's card
queue-open = 🔗 Open the post
queue-back = ‹ Queue
queue-cancelled = ✖️ Taken off the calendar. The draft stays.
queue-too-late = Too late: it is being sent or is finished.
queue-moved-now = 🚀 Sending it now.
