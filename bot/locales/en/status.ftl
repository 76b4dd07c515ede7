status-title = 🩺 <b>Status</b>
    NEXUS { $version } · PostgreSQL { $database }
status-parts = <b>Parts</b>
status-no-parts = {"  "}none has been heard of yet
status-part = {"  "}🟢 { $name } · { $ago }
status-part-silent = {"  "}🔴 { $name } · no answer, last heard { $ago }
status-queue = 📅 In the queue: { $n } { $n ->
    [one] publication
   *[other] publications
}
status-overdue = ⏱ Overdue: { $n }
status-uncertain = ❔ In doubt, waiting for your answer: { $n }
status-paused = ⏸ All publishing is paused
status-paused-products = ⏸ { $n ->
    [one] Paused product: { $names }
   *[other] Paused products: { $names }
}
status-channels = ⚠️ <b>Channels that do not let us in</b>
status-channels-fine = 📣 The channels are fine
status-broken = {"  "}• { $name } ({ $platform }): { $reason }
status-part-scheduler = scheduler
status-part-worker = sending of posts
status-part-bot = bot
status-part-standby = standby bot
status-part-receiver = taking of events
status-trouble-redis = {"  "}🔴 Redis does not answer · { $ago }
status-trouble-backup = {"  "}🔴 the backup failed · { $ago }
status-trouble-queue = {"  "}🔴 posts do not go out · { $ago }
status-trouble-signatures = {"  "}🔴 wrong signatures of events · { $ago }
status-trouble-other = {"  "}🔴 does not work: { $name } · { $ago }
status-stuck-email = ✉️ Not sent by e-mail: { $n } ({ $reason }). It is tried again.
status-stuck-webhook = 🌐 Not sent to your address: { $n } ({ $reason }). It is tried again.
status-reconnect = 🔌 { $name }
status-held = 🌙 Waiting for the end of quiet hours: { $n }
status-muted = 🔕 Not sent since yesterday, because it is switched off: { $n }
status-unreadable = ⚙️ These settings cannot be read: <code>{ $fields }</code>. Defaults are in force instead, for a pause and for caps the careful ones.
status-repair = 🧹 Store the defaults
status-repaired = { $n ->
    [0] All settings can be read.
    [one] ✅ { $n } setting is put right.
   *[other] ✅ { $n } settings are put right.
}
status-undelivered = ✉️ Notifications not delivered: { $n }. I keep trying.
status-ai = ✨ Texts are written by AI: { $models }
status-ai-no_key = 🧩 There is no key for AI (<code>ANTHROPIC_API_KEY</code>): texts are made from a template
status-ai-no_openai_key = 🧩 There is no key for AI (<code>OPENAI_API_KEY</code>): texts are made from a template
status-ai-no_model = 🧩 No model is chosen (setting <code>ai.openai_model</code>): texts are made from a template
status-backup = 💾 Last backup: { $ago }
status-now = 🕒 { $when } ({ $zone })
