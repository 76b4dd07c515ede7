events-title = 📨 <b>Events</b> · { $n }
events-title-narrowed = 📨 <b>Events</b> · { $filters } · { $n }
events-nobody-takes = No product takes events yet. To switch it on: the product → Events.
events-by-outcome = 🎯 Outcome
events-which-outcome = 🎯 Events of which outcome shall I show?
events-every-outcome = Any outcome
events-outcome-waiting = Waiting
events-outcome-started = Started an automation
events-outcome-nothing = Started nothing
events-receiving = ⚙️ Receiving
events-receiving-title = ⚙️ <b>Receiving events</b>
events-receiving-saved = ✅ Saved.
events-kept = 🗓 Processed events are kept for { $days } { $days ->
    [one] day
   *[other] days
}, then deleted by themselves.
events-kept-for-ever = 🗓 Events are kept until you delete them.
events-limited = 🚦 A product may send up to { NUMBER($n) } { $n ->
    [one] event
   *[other] events
} a minute. What is above is refused, with a word on when to try again.
events-days = { $days } { $days ->
    [one] day
   *[other] days
}
events-for-ever = For ever
events-share = { NUMBER($n) } a minute
events-empty = There are no events yet.
events-none = No events match.
events-line = { $mark } { $when } · <b>{ $type }</b> · { $product }
events-by-type = 🏷 Type
events-all = ✖️ Clear
events-which-type = 🏷 Events of which type shall I show?
events-every-type = Every type
events-back = ‹ Events
events-clear = 🧹 Delete old ones
events-clear-yes = 🗑 Delete
events-ask-age = 🧹 Which events shall be deleted?
events-ask-age-of = 🧹 Which events of “{ $name }” shall be deleted?
events-older = Older than { $days } { $days ->
    [one] day
   *[other] days
} · { $n }
events-ask-clear = Delete { $n } { $n ->
    [one] event
   *[other] events
} older than { $days } { $days ->
    [one] day
   *[other] days
}? They cannot be brought back.
events-ask-clear-of = Delete { $n } { $n ->
    [one] event
   *[other] events
} of “{ $name }” older than { $days } { $days ->
    [one] day
   *[other] days
}? They cannot be brought back.
events-nothing-old = There are no events older than { $days } { $days ->
    [one] day
   *[other] days
}: nothing to delete.
events-cleared = 🧹 Deleted: { $n } { $n ->
    [one] event
   *[other] events
}.
events-cleared-already = There is nothing left to delete.
event-title = 📨 <b>{ $type }</b> · { $product }
    { $when }
event-nothing = ✅ Processed, no automation wanted it
event-started = ⚡ { $n } { $n ->
    [one] automation
   *[other] automations
} started
event-replayed = 🔁 A replay of an earlier event
event-replay = 🔁 Replay
event-replay-yes = 🔁 Replay
event-ask-replay = Process the event <b>{ $type }</b> of “{ $product }” once more? Automations see it as a new one that is marked as a replay.
event-replay-done = 🔁 Replayed. Here it is.
event-replayed-already = This event has been replayed already. Here are the newest ones.
event-waiting = ⏳ Not processed
event-copy-id = 📋 Copy its id
