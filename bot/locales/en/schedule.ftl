schedule-title = 🗓 <b>When shall it go out?</b> It is { $clock } now ({ $zone }).
schedule-defaults = ⭐ These are default hours ({ $hours }), not learned from your history.
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
schedule-anyway = ✅ At that time anyway
schedule-done = 🗓 Scheduled: { $when }.
schedule-ask-time = ⌨️ Write when: <code>18:30</code>, <code>tomorrow 9:00</code>, <code>fri 6:30pm</code>, <code>in 5 minutes</code>, <code>06.03 10:00</code> or <code>2026-12-01 10:00</code>.
schedule-not-a-time = I did not understand the time. Write for example <code>tomorrow 18:30</code> or <code>in 5 minutes</code>.
schedule-past = { $when }: that time has passed. Choose another.
