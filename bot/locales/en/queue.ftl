queue-title = 📅 <b>Queue</b> · { $n } { $n ->
    [one] publication
   *[other] publications
}
queue-empty = The queue is empty. Send an idea, a text or a photo: it becomes a draft that can be scheduled.
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
queue-none = Nothing matches.
queue-title-narrowed = 📅 <b>{ $filters }</b> · { $n } { $n ->
    [one] publication
   *[other] publications
}
queue-paused = ⏸ <b>Everything is paused.</b> Nothing leaves the queue.
queue-paused-since = ⏸ <b>Everything is paused</b> since { $when }. Nothing leaves the queue.
queue-pause = ⏸ Pause
queue-resume = ▶️ Resume
queue-by-product = Product
queue-by-platform = Platform
queue-by-status = Status
queue-all = ✖️ Clear
queue-which-product = 📦 Which product shall I show?
queue-which-platform = 📣 Which platform shall I show?
queue-which-status = 🔎 What shall I show?
queue-every-product = Every product
queue-every-platform = Every platform
queue-choice = { $name } · { $n }
queue-shown-waiting = Waiting
queue-shown-published = Published
queue-shown-failed = Failed
queue-shown-uncertain = In doubt
queue-shown-missed = Missed
queue-shown-cancelled = Cancelled
queue-shown-all = All
queue-week = 📆 Week
queue-month = 🗓 Month
queue-this-week = This week
queue-this-month = This month
queue-week-title = 📆 <b>{ $start } – { $end }</b> · { $n } { $n ->
    [one] publication
   *[other] publications
}
queue-week-more = and { $n } more
queue-month-title = 🗓 <b>{ $month }</b> · { $n } { $n ->
    [one] publication
   *[other] publications
}
queue-day-title = 📅 <b>{ $day }</b> · { $n } { $n ->
    [one] publication
   *[other] publications
}
queue-duplicate = 📄 Duplicate
queue-duplicated = 📄 This is a copy: new draft #{ $number }.
queue-swap = 🔀 Swap
queue-swap-which = 🔀 <b>#{ $number }</b> · { $channel } · { $when }
    Which post shall it change places with?
queue-swap-none = 🔀 <b>#{ $number }</b> · { $channel } · { $when }
    There is nothing to swap with: no other post of this channel waits.
queue-swap-place = { $when } · #{ $number }
queue-swap-line = • <b>#{ $number }</b> { $excerpt }
queue-swapped = 🔀 Done: it has changed places with post #{ $number }.
