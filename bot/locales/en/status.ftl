status-title = 🩺 <b>Status</b>
    NEXUS { $version } · PostgreSQL { $database }
status-parts = <b>Parts</b>
status-no-parts = {"  "}none has been heard of yet
status-part = {"  "}🟢 { $name } · { $ago }
status-part-silent = {"  "}🔴 { $name } · silent: { $ago }
status-queue = 📅 In the queue: { $n } { $n ->
    [one] publication
   *[other] publications
}
status-overdue = ⏱ Overdue: { $n }
status-uncertain = ❔ In doubt, waiting for your answer: { $n }
status-paused = ⏸ All publishing is paused
status-channels = ⚠️ <b>Channels that do not let us in</b>
status-channels-fine = 📣 The channels are fine
status-broken = {"  "}• { $name } ({ $platform }): { $reason }
status-undelivered = ✉️ Notifications not delivered: { $n }. I keep trying.
status-ai = ✨ There is a key for AI
status-no-ai = 🧩 There is no key for AI: texts are made from a template
status-now = 🕒 { $when } ({ $zone })
