hook-title = 📨 <b>Events</b> · { $name }
hook-off = Switched off: there is no secret, and the address answers as if it did not exist.
    Make a secret, and the product can report sales, reviews, releases. Posts are made from them.
hook-on = ✅ Events with a right signature are taken.
hook-two = 🔑 Both secrets count: the one before until { $until }.
hook-address = 🔗 The sender's address:
hook-no-public = ⚠️ Other machines do not see this address. Put the outer one into <code>PUBLIC_URL</code>.
hook-how = The sender signs every request with this secret. The signatures of NEXUS, Standard Webhooks, GitHub and Stripe are understood. Examples in curl, Python, Node, PHP and Go: <code>docs/webhooks.md</code>.
hook-make = 🔑 Make a secret
hook-renew = 🔑 Change the secret
hook-give = ✍️ Send my own
hook-drop = 🧹 Forget the one before
hook-remove = ⏏️ Switch off
hook-remove-yes = ⏏️ Switch off
hook-copy-address = 📋 Copy the address
hook-copy-secret = 📋 Copy the secret
hook-copied = ✅ Done, the sender has it
hook-events = 📨 What came in
hook-test = 🧪 Send a test event
hook-made = 🔑 The new secret of “{ $name }”. Copy it to the sender right now: I do not show it again.
hook-stale = The secret has changed since, so nothing was done. This is how things are now.
hook-dropped = 🧹 The secret before this one does not count any more.
hook-ask-remove = Switch off events for “{ $name }”? Both secrets stop counting, and senders are refused. What has come in stays.
hook-removed = ⏏️ No events are taken any more.
hook-ask-secret = ✍️ Send the secret that the sender has given you, e.g. Stripe's <code>whsec_…</code>. 8 to 128 characters, no spaces. I delete the message at once.
hook-secret-wrong = That secret will not do: it takes 8 to 128 characters and no spaces. Send all of it, in one message.
hook-secret-kept = 🔑 The secret is kept.
hook-ask-event = 🧪 Which event shall I send? Write its name, and from the second line on its data as JSON:
    <code>sale.big
    {"{"}"price": 1200{"}"}</code>
    It arrives like a real one, and automations answer it.
hook-send-usual = 🧪 Send { $type }
hook-test-text = Just a test
hook-event-name = The event's name is the first line, 1 to { $limit } characters.
hook-event-data = From the second line on it takes a JSON object, e.g. {"{"}"price": 1200{"}"}. Write the event again.
hook-sending = ⏳ Sending…
hook-sent = ✅ The event <b>{ $type }</b> was signed, sent and taken.
hook-not-sent = ⚠️ The event was not taken: { $reason }
hook-open-event = 📨 Open the event
