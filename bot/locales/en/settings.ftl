settings-title = ⚙️ <b>Settings</b>
settings-line = { $name }: <b>{ $value }</b>
settings-one = <b>{ $name }</b>: { $value }
settings-saved = ✅ { $name }: { $value }
settings-own = ✏️ Another value
settings-ask = ✏️ <b>{ $name }</b>
    { $how }
settings-stale = That button was from an earlier screen, so nothing was done. This is how things are now.
settings-on = on
settings-off = off
settings-no-limit = no limit
settings-no-quiet = none
settings-no-model = not chosen
settings-model-instead = { $served } (instead of { $name })
settings-price-unknown = price unknown

settings-unit-hours = { $n } { $n ->
    [one] hour
   *[other] hours
}
settings-unit-days = { $n } { $n ->
    [one] day
   *[other] days
}
settings-unit-posts = up to { $n }
settings-unit-seconds = { $n } { $n ->
    [one] second
   *[other] seconds
}
settings-unit-minutes = { $n } { $n ->
    [one] minute
   *[other] minutes
}

settings-section-pub = 📤 <b>Publishing</b>
settings-section-ai = ✨ <b>AI</b>
settings-section-news = 🔔 <b>Notifications</b>
settings-section-look = 🎛 <b>Interface</b>
settings-open-pub = 📤 Publishing
settings-open-ai = ✨ AI
settings-open-news = 🔔 Notifications
settings-open-look = 🎛 Interface
settings-open-elsewhere = 🔑 Owners, keys, addresses
settings-ai-about = Prices are for a million tokens: read / written. A cap is checked before the model is asked.
settings-news-about = What did not go out, what is in doubt and what is broken I always tell. The rest can be switched off:
settings-news-muted = Not sent this week: { $n }. You switched these off.

setting-zone = 🕒 Time zone
setting-zone-about = It tells me when “tomorrow at nine” is, and which time to show. A zone with a name follows its clock changes.
setting-language = 🌐 Language
setting-language-about = I speak it, and posts are written in it unless a product has its own.
setting-language-ru = русский
setting-language-en = English
setting-usual = Posts go out
setting-usual-about = Which button an approved draft offers first. The others stay beside it.
setting-usual-optimal = at a good hour
setting-usual-at = at a time I choose
setting-usual-now = at once
setting-gap = Gap
setting-gap-about = At least so many hours between two posts of a product.
setting-gap-0 = any
setting-day = Posts a day
setting-day-about = At most so many posts of a product within a day of yours.
setting-quiet = Quiet hours
setting-quiet-about = No post goes out in these hours: one whose time falls here waits for their end.
setting-undo = Undo
setting-undo-about = How long to wait after “Now”, so that you can change your mind.
setting-undo-0 = none
setting-late = Late posts
setting-late-about = What to do with a post that did not go out in time, say because the server was down.
setting-late-publish = publish
setting-late-ask = ask
setting-late-skip = skip
setting-late-after = Late means
setting-late-after-about = How far past its time a post has to be to count as late.
setting-approval = An approval lasts
setting-approval-about = How long your “yes” holds. After that a post waits until you approve it again.
setting-approval-24 = a day
setting-approval-72 = three days
setting-approval-168 = a week
setting-approval-none = for ever
setting-provider = Who writes
setting-provider-about = Each has models and a key of its own. The key comes from <code>.env</code>.
setting-provider-anthropic = Anthropic
setting-provider-openai = OpenAI or a compatible server
setting-model = Model
setting-model-about = It writes the posts. Prices are for a million tokens: read / written.
setting-fallback = Fallback model
setting-fallback-about = It writes when the first one does not answer. Prices are for a million tokens: read / written.
setting-effort = Effort
setting-effort-about = The more, the longer the model thinks and the dearer the post.
setting-effort-low = low
setting-effort-medium = medium
setting-effort-high = high
setting-cap-day = Cap a day
setting-cap-day-about = A call that could pass the cap is not made: the post is made from a template. A day is a day of yours.
setting-cap-day-0 = spend nothing
setting-warn-day = Daily alert
setting-warn-day-about = Once so much is spent in a day I say so, one time. AI goes on writing.
setting-cap-month = Cap a month
setting-cap-month-about = A call that could pass the cap is not made: the post is made from a template. A month begins on the first.
setting-cap-month-0 = spend nothing
setting-warn-month = Monthly alert
setting-warn-month-about = Once so much is spent in a month I say so, one time. AI goes on writing.
setting-warn-day-none = never
setting-warn-month-none = never
setting-news-quiet = Do not disturb
setting-news-quiet-about = In these hours all that can wait does. Posts that failed or are in doubt, and broken channels, are shown at once, but without a sound.
setting-silent = Silence
setting-silent-about = After how many days without a post you are told that a product has gone quiet.
setting-drafts = Text as it is written
setting-drafts-about = Show a post while AI writes it.
setting-tables = Telegram's tables
setting-tables-about = Draw tables with Telegram's own means. Old apps show a placeholder instead.

settings-how-number = Write a number from { $low } to { $high }.
settings-how-optional = Write a number from { $low } to { $high }, or “none”.
settings-how-money = Write an amount in dollars, like 2 or 0.50. “None” takes the limit away.
settings-how-hours = Write from when to when, like 23:00–8:00. “None” ends the quiet hours.
settings-how-zone = Write a city (“Leeds”), a zone's name (Europe/London) or an offset (UTC+1).
settings-how-model = Write the model's name as the server knows it.
settings-bad-number = I need a number from { $low } to { $high }. Write it again.
settings-bad-whole = I need a whole number from { $low } to { $high }. Write it again.
settings-bad-money = That does not look like an amount. Write 2 or 0.50, say, or “none” for no limit.
settings-bad-hours = I do not understand. Write two times, like 23:00–8:00, or “none”.
settings-same-hours = Beginning and end are the same. Write two different times, or “none”.
settings-bad-zone = I do not know that place. Write a larger city nearby, a zone's name (Europe/London) or an offset (UTC+1).
settings-which-zone = 🕒 Which of these? Compare with the clock on your wall.
settings-bad-model = A model's name has no spaces and at most { $limit } characters. Write it again.
settings-model-price = Price: { $price }
settings-model-no-list = This server has no price list: write the model's name yourself.

settings-is-paused = ⏸ All publishing is paused.
settings-platforms-open = 📏 Limits by platform
settings-platforms-line = { $n ->
    [0] No platform has a limit of its own.
    [one] { $n } platform has a limit of its own.
   *[other] { $n } platforms have limits of their own.
}
settings-platforms-title = 📏 <b>Posts a day on a platform</b>
settings-platform-about = At most so many posts of a product a day on this platform.

settings-kind-silence = No posts for a while
settings-kind-empty_tomorrow = An empty tomorrow
settings-kind-too_many = Too many posts in a day
settings-kind-published = A post is out
settings-kind-ai_spending = AI spending near a limit
settings-kind-repeat_skipped = A repeat that was left out
settings-kind-numbers_untold = A platform that tells no numbers
settings-kind-milestone = A milestone: followers, views
settings-kind-spike = A post far above the usual
settings-kind-drop = A drop in engagements
settings-kind-rule_proposed = A rule for the voice, from your edits
settings-kind-model_replaced = A model was replaced
settings-kind-automation_note = What a rule was told to say
settings-kind-autonomy_offered = Offers to let a rule act by itself
settings-kind-autonomy_ended = A rule that asks again

settings-elsewhere-title = 🔑 <b>What is set elsewhere</b>
settings-owners = <b>Owners</b> (<code>TELEGRAM_OWNER_IDS</code>)
settings-owners-how = The bot answers nobody else.
settings-owner-unknown = { $id }, has not written to the bot yet
settings-env-set = ✅ <code>{ $name }</code> · { $about }
settings-env-unset = ▫️ <code>{ $name }</code> · { $about }, not set
settings-env-TELEGRAM_BOT_TOKEN = this bot's token
settings-env-ANTHROPIC_API_KEY = the key for Anthropic
settings-env-OPENAI_API_KEY = the key for OpenAI
settings-env-OPENAI_BASE_URL = a model server of your own
settings-env-DATABASE_URL = a database outside
settings-env-REDIS_URL = the queue in Redis
settings-env-SMTP_URL = e-mail for alerts
settings-env-ALERT_WEBHOOK_URL = your address for alerts
settings-env-PUBLIC_URL = the address for events
settings-env-NEXUS_SECRET_KEYS = encryption keys
settings-elsewhere-how = All this is in the file <code>.env</code> beside the program. Change it and restart NEXUS.
