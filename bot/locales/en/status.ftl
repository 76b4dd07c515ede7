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
status-ai = ✨ Texts are written by AI: { $models }
status-ai-no_key = 🧩 There is no key for AI (<code>ANTHROPIC_API_KEY</code>): texts are made from a template
status-ai-no_openai_key = 🧩 There is no key for AI (<code>OPENAI_API_KEY</code>): texts are made from a template
status-ai-no_model = 🧩 No model is chosen (setting <code>ai.openai_model</code>): texts are made from a template
status-now = 🕒 { $when } ({ $zone })
