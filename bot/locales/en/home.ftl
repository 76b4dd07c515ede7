home-title = 🏠 <b>NEXUS</b>
home-no-product = There is no product yet. Open Products and add the first one: a name is enough.
home-product = Current product: <b>{ $name }</b>
home-other-products = and { $n } other { $n ->
    [one] product
   *[other] products
}
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
home-language = 🌐 Language
home-templates = 🧩 Templates
home-search = 🔎 Find
home-settings = ⚙️ Settings
