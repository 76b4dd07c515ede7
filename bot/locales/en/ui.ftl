ui-yes = Yes
ui-back = ‹ Back
ui-cancel = Cancel
ui-home = 🏠 Home
ui-refresh = 🔄 Refresh

form-need-text = I need text here. Type it as a message, or tap Cancel.
form-too-long = Too long: { NUMBER($length) } { $length ->
    [one] character
   *[other] characters
}, the limit is { NUMBER($limit) }. Shorten it and send it again.

time-now = now
time-today = today
time-tomorrow = tomorrow
time-yesterday = yesterday
time-in-seconds = in { $n } { $n ->
    [one] second
   *[other] seconds
}
time-in-minutes = in { $n } { $n ->
    [one] minute
   *[other] minutes
}
time-in-hours = in { $n } { $n ->
    [one] hour
   *[other] hours
}
time-in-days = in { $n } { $n ->
    [one] day
   *[other] days
}
time-ago-seconds = { $n } { $n ->
    [one] second
   *[other] seconds
} ago
time-ago-minutes = { $n } { $n ->
    [one] minute
   *[other] minutes
} ago
time-ago-hours = { $n } { $n ->
    [one] hour
   *[other] hours
} ago
time-ago-days = { $n } { $n ->
    [one] day
   *[other] days
} ago

gate-refusal = This is a private bot; it works only with its owner.

command-start = Home: products, queue, what waits for you
command-new = A new post: an idea, a text, a photo
command-post = A finished text: /post product text
command-generate = A post from an idea: /generate product idea
command-week = A plan for the week: /week product
command-queue = Publishing queue
command-drafts = Drafts waiting for your decision
command-approve = Approve by number: /approve 12
command-find = Find a post by its words or number
command-products = Products: switch, add, set the voice
command-channels = Channels: connect, check, set up
command-templates = Templates: shipped, your own, fill in
command-automations = Automations: what is set up, and when
command-events = Events that products have reported
command-analytics = Analytics: what came of the posts
command-suggest = Suggestions: what to do next
command-usage = What AI costs: today, this month, caps
command-pause = Stop everything, a product or an automation
command-resume = Go on
command-settings = Settings: zone, rules, AI, notifications
command-status = Status: version, database, queue, channels
command-help = What NEXUS does and where to start
command-cancel = Cancel what was started
