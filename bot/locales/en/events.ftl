events-title = 📨 <b>Events</b> · { $n }
events-title-narrowed = 📨 <b>Events</b> · { $filters } · { $n }
events-not-received = ⚠️ This version cannot receive events yet, and no automation is started by them. You see what is in the database.
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
event-processed = ✅ Processed
event-waiting = ⏳ Not processed
event-copy-id = 📋 Copy its id
