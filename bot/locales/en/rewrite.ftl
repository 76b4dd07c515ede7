rewrite-title = ✨ Rewrite <b>#{ $number }</b>
rewrite-excerpt = <blockquote>{ $text }</blockquote>
rewrite-menu = What shall happen to the text? The version of now is kept.
rewrite-to-card = ‹ To the draft

rewrite-shorter = ✂️ Shorter
rewrite-longer = ➕ Longer
rewrite-improve = 💎 Improve
rewrite-tone-open = 🎭 Tone ›
rewrite-emoji-open = 😊 Emoji ›
rewrite-headlines = 📰 Headlines
rewrite-thread-open = 🧵 Thread ›
rewrite-language-open = 🌐 Translate ›
rewrite-anew = 🔄 Anew
rewrite-anew-own = 📝 Anew, but…

rewrite-tone-ask = In which tone shall the same be said?
rewrite-friendlier = Friendlier
rewrite-formal = More formal
rewrite-bolder = Bolder
rewrite-calmer = Calmer
rewrite-playful = Playful
rewrite-tone-own = ✍️ In my own words
rewrite-tone-type = 🎭 Describe the tone. For example: “as to a friend over a cup of tea” or “strict but respectful”.

rewrite-emoji-ask = How many emoji shall there be?
rewrite-emoji-more = More
rewrite-emoji-fewer = Fewer
rewrite-emoji-none = None at all

rewrite-thread-ask = What kind of thread? The first part is a hook, the last one calls to act, and the parts are numbered.
rewrite-thread-educational = 🎓 Educational
rewrite-thread-story = 📖 Story
rewrite-thread-announcement = 📣 Announcement
rewrite-thread-list = 🗒 List

rewrite-language-ask = Into which language?
rewrite-to-ru = Russian
rewrite-to-en = English
rewrite-language-own = ✍️ Another language
rewrite-language-type = 🌐 Write the language. For example: “German”.

rewrite-anew-type = 📝 What is this text missing? Say it, and it is written anew with that in mind.

rewrite-headlines-title = 📰 <b>Headlines</b> for #{ $number }. Choose one: it becomes the first line.
rewrite-headline = <b>{ $n }. { $headline }</b>
    <i>{ $reason }</i>
rewrite-headline-take = { $n }. { $headline }
rewrite-headlines-again = 🔄 Three more
rewrite-headlines-wait = 📰 Thinking of headlines…
rewrite-headlines-stopped = ⏹ Stopped, there are no headlines yet. The text is unchanged.
rewrite-headline-taken = 📰 The headline is in place. The earlier version is kept.
rewrite-done = ✨ Rewritten. The earlier version is kept.

rewrite-unfit-empty = There is nothing to rewrite: the post has no text. Add some with “Edit text”.
rewrite-unfit-too-long = The text is too long to be rewritten in one go. Bring it below 12,000 characters yourself first.
rewrite-unfit-short-already = It cannot get any shorter: there are only a few words.
rewrite-unfit-long-already = The text is long already; nobody would read a longer one. Try “Improve” or a thread.
rewrite-unfit-too-little = That is too little for a thread. Make the text longer first.
rewrite-unfit-no-headline = The text is so short that it is its own headline.

rewrite-failed-no_key = 🔑 Rewriting needs AI, and there is no key. Put <code>ANTHROPIC_API_KEY</code> into <code>.env</code> and restart NEXUS. The text stays as it was.
rewrite-failed-no_openai_key = 🔑 Rewriting needs AI, and there is no key. Put <code>OPENAI_API_KEY</code> (or, for a server of your own, <code>OPENAI_BASE_URL</code>) into <code>.env</code> and restart NEXUS. The text stays as it was.
rewrite-failed-no_model = 🔑 Rewriting needs a model, and none is chosen. Choose one in /settings. The text stays as it was.
rewrite-failed-bad_key = 🔑 The key in <code>ANTHROPIC_API_KEY</code> is not accepted. Check it. The text stays as it was.
rewrite-failed-bad_openai_key = 🔑 The AI server did not let us in. Check <code>OPENAI_API_KEY</code>. The text stays as it was.
rewrite-failed-no_credit = 💳 The model's account has run out of money. Top it up and try again. The text stays as it was.
rewrite-failed-refused = The model declined to work with this text; it stays as it was.
rewrite-failed-cap_reached = 💳 The spending cap for AI does not allow this request. The text stays as it was.
rewrite-failed-price_unknown = 💳 A spending cap is set and the price of this model is not known, so nothing was asked. The text stays as it was.
rewrite-failed-overloaded = ⏳ The AI has too much to do right now. Wait a minute and try again. The text stays as it was.
rewrite-failed-timed_out = ⏳ The model took too long. Try again. The text stays as it was.
rewrite-failed-unreachable = ⏳ The connection to the model broke. Check the network and try again. The text stays as it was.
rewrite-failed-model_gone = 🔑 The provider no longer has the chosen model. Choose another one in /settings. The text stays as it was.
rewrite-failed-truncated = The model's answer did not fit. Make the text shorter first. For now it stays as it was.
rewrite-failed-nonsense = The model's answer was not in the form asked for. Try again. The text stays as it was.
rewrite-failed-unavailable = ⏳ The model could not do it. Try again a little later. The text stays as it was.

versions-reason-shorter = shorter
versions-reason-longer = longer
versions-reason-improve = improved
versions-reason-tone = another tone
versions-reason-emoji = emoji
versions-reason-thread = a thread
versions-reason-translate = translated
versions-reason-headline = a new headline
