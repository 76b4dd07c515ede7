home-title = 🏠 <b>NEXUS</b>
home-title-week = 🏠 <b>NEXUS</b> · the last 7 days
home-no-product = There is no product yet. Open Products and add the first one: a name is enough.
home-product = 📦 { $name }
home-product-current = 📦 <b>{ $name }</b>
home-product-paused = paused
home-week-reach = reach { NUMBER($n) }{ $trend }
home-week-engagements = responses { NUMBER($n) }{ $trend }
home-week-nothing = <i>No numbers for this week yet: they come when posts are out and the platforms tell of them.</i>
home-trend-up = {" "}(+{ $n }%)
home-trend-down = {" "}(−{ $n }%)
home-trend-same = {" "}(as a week ago)
home-trend-times = {" "}({ $n } times as much)
home-other-products = and { $n } other { $n ->
    [one] product
   *[other] products
}
home-today-more = {"  "}and { $n } more
home-drafts-wait = 📝 { $n ->
    [one] { $n } draft waits
   *[other] { $n } drafts wait
} for your decision
home-automations = ⚙️ Automations · { $n }
home-automations-on = ⚙️ Automations switched on: { $n } of { $total }, { $ran }
home-automations-ran = last run { $ago }
home-automations-never = no run yet
home-channels = 📣 Channels
home-today = 📅 { $n } { $n ->
    [one] post goes
   *[other] posts go
} out today:
home-today-line = {"  "}<b>{ $time }</b> { $title } · { $channel }
home-today-empty = 📅 Nothing is scheduled for today. Send an idea, a text or a photo: it becomes a draft.
home-missing = ⚠️ What is missing:
home-missing-channel = • a channel: there is nowhere to publish yet.
home-missing-ai-no_key = • a key for AI: texts are made from a template. Put <code>ANTHROPIC_API_KEY</code> into <code>.env</code> and restart NEXUS.
home-missing-ai-no_openai_key = • a key for AI: texts are made from a template. Put <code>OPENAI_API_KEY</code> (or, for a server of your own, <code>OPENAI_BASE_URL</code>) into <code>.env</code> and restart NEXUS.
home-missing-ai-no_model = • a model for AI: texts are made from a template. Put its name into the setting <code>ai.openai_model</code> with <code>nexus import FILE</code>.
home-drafts = 📝 Drafts · { $n }
home-queue = 📅 Queue · { $n }
home-products = 📦 Products
home-status = 🩺 Status
home-analytics = 📊 Analytics
home-suggest = 💡 Suggestions
home-help = ❓ Help
home-templates = 🧩 Templates
home-search = 🔎 Find
home-settings = ⚙️ Settings
home-new = ➕ New post
home-week = 🗓 Week
