schedule-title = 🗓 <b>When shall it go out?</b> It is { $clock } now ({ $zone }).
schedule-optimal = 🎯 At the next good hour
schedule-in = { $distance }
schedule-type = ⌨️ Type a time
schedule-hours = 🗓 <b>{ $day }</b>: at what hour?
schedule-day-over = 🗓 <b>{ $day }</b>: that day is over. Choose another.
schedule-echo = 🗓 Post <b>{ $title }</b> goes out
    <b>{ $when }</b> ({ $zone })
    { $distance }.
schedule-shift = { $sign }{ $minutes } min
schedule-confirm = ✅ Schedule it
schedule-confirm-anyway = ✅ Schedule it anyway
schedule-anyway = ✅ At that time anyway
schedule-done = 🗓 Scheduled: { $when }.
schedule-ask-time = ⌨️ Write when: <code>tomorrow 18:30</code>, <code>in 2 hours</code>, <code>fri 9am</code>, <code>march 5 at noon</code> or <code>2026-12-01 10:00</code>.
schedule-past = { $when }: that time has passed. Choose another.
schedule-maybe = Perhaps this one? Or write another.
schedule-again = Write for example <code>tomorrow 18:30</code>, <code>fri 9am</code> or <code>in 5 minutes</code>.
schedule-doubt-hour = At what hour? Choose one, or write the day with a time.
schedule-doubt-half = In the morning or in the evening? Choose one, or write am or pm.
schedule-doubt-week = This week or the next? Choose one, or write the date.
schedule-doubt-day = On which day? Choose one, or be more exact.
schedule-doubt-day-month = Which is the day and which the month? Choose one, or write the month as a word.
schedule-doubt-night = Which of the nights? Choose one, or write the exact time.
schedule-doubt-twice = The clocks go back that night, so this time comes twice. Which of the two?
schedule-doubt-meaning = This can be read in more than one way. Which did you mean?
schedule-refused-not-a-time = I did not understand the time.
schedule-refused-now = To publish at once, go back to the post and tap the button to publish now.
schedule-refused-no-such-date = There is no such day in the calendar.
schedule-refused-no-such-time = No clock shows such a time.
schedule-refused-past = That time has passed.
schedule-refused-skipped = The clocks go forward that night and skip this time.
schedule-refused-too-far = That is more than a year ahead, too far to schedule.
schedule-slot = ⏭ In the next free slot
schedule-calendar = 📆 Calendar
schedule-best = ⭐ { $when } · +{ $percent }% · posts: { $n }
schedule-usual = 🕙 { $when }
schedule-why-own = ⭐ Your posts did better than usual at these hours. It rests on { $n } { $n ->
    [one] post
   *[other] posts
} with numbers.
schedule-why-few = 🕙 These are default hours. To suggest better ones I need { $needed } posts with numbers; so far there { $n ->
    [one] is { $n }
   *[other] are { $n }
}.
schedule-why-even = 🕙 These are default hours: { $n } { $n ->
    [one] post
   *[other] posts
} with numbers show no difference between hours.
schedule-spread = ↔️ In turn: platforms 2–4 hours apart
schedule-month = 📆 <b>{ $month }</b>: on which day?
schedule-month-busy = A dot beside a day: posts are planned for it.
schedule-hours-taken = In brackets: taken, or quiet hours.
schedule-warning-same-text = ⚠️ Post #{ $number } has the same text on the same platform: { $when }.
schedule-warning-same-hour = ⚠️ Post #{ $number } goes out less than an hour from this time: { $when }.
