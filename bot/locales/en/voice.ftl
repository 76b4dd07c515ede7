voice-title = 🗣 <b>Voice</b> · { $name }
    This is how AI writes for this product. Tap a field to change it.
voice-line = <b>{ $field }:</b> { $value }
voice-line-empty = { $field }: –
voice-stale = That button was from an earlier screen, so nothing was done. This is how things are now.
voice-saved = ✅ Saved.
voice-removed = 🧹 Removed.
voice-cleared = 🧹 The field is empty now.
voice-field-title = 🗣 <b>{ $field }</b> · { $name }
voice-nothing = Nothing here yet.
voice-add = ➕ Add
voice-remove-entry = ✖️ { $value }
voice-clear = 🧹 Clear
voice-own-words = ✍️ In my own words
voice-ask-clear = Clear “{ $field }”? { $n ->
    [one] { $n } entry goes.
   *[other] { $n } entries go.
}
voice-ask-list = ➕ <b>{ $field }.</b> { $hint }

    Separate entries by commas, or give each its own line. Put quotes around an entry that has a comma in it. Up to { $entries } { $entries ->
    [one] entry
   *[other] entries
}, each up to { NUMBER($length) } characters.
voice-ask-emoji = ➕ <b>{ $field }.</b> { $hint }

    Send the emoji in a row or with spaces, up to { $entries }.
voice-ask-text = ✍️ <b>{ $field }.</b> { $hint }

    Say it in your own words, up to { NUMBER($length) } characters.
voice-ask-example = ✍️ Send an example for “{ $kind }”: a line or a whole post, up to { NUMBER($length) } characters. AI takes the manner from it, not the words.
voice-example-line = <b>{ $kind }:</b> { $text }
voice-example-title = 🗣 <b>Example</b> · { $kind }
voice-example-none = There is no example yet.
voice-example-write = ✍️ Write
voice-example-replace = ✏️ Replace
voice-example-remove = 🧹 Remove

voice-field-personality = Personality
voice-field-preferred = Favourite words
voice-field-avoid = Words to avoid
voice-field-tone_examples = Examples
voice-field-emoji_set = Emoji
voice-field-language = Language
voice-field-formality = Formality
voice-field-must_say = Always says
voice-field-never_say = Never says
voice-field-rules = Rules
voice-hint-personality = What it would be like as a person: “calm”, “wry”, “thorough”.
voice-hint-preferred = Words and turns of phrase that sound like you.
voice-hint-avoid = Words better left out. If one slips through, the post's card points it out.
voice-hint-tone_examples = How it sounds: one example per kind of post.
voice-hint-emoji_set = Only these emoji will appear in the texts.
voice-hint-language = The language to write in unless told otherwise.
voice-hint-formality = How it speaks to its readers.
voice-hint-must_say = Phrases that go into every post, word for word.
voice-hint-never_say = What the product does not say in any form.
voice-hint-rules = How to write, one sentence a rule: “Put the link in the last line”.
voice-kind-announcement = Announcement
voice-kind-spotlight = Spotlight
voice-kind-milestone = Milestone
voice-kind-social_proof = Social proof
voice-kind-educational = Educational
voice-kind-behind_the_scenes = Behind the scenes
voice-kind-question = Question
voice-kind-recap = Recap
voice-kind-promotion = Promotion
voice-kind-thread = Thread
voice-preset-language-0 = Russian
voice-preset-language-1 = English
voice-preset-formality-0 = Casual, like a friend
voice-preset-formality-1 = Warm and plain
voice-preset-formality-2 = Reserved and businesslike

error-voice-input = That cannot be used. Check it and send it again.
error-voice-empty = ⚠️ There is nothing here but separators. Send at least one entry.
error-voice-too-many = ⚠️ That makes { $n }, and { $limit } fit. Nothing has changed: leave some out and send it again.
error-voice-too-long = ⚠️ Too long: “{ $value }…” has { NUMBER($length) } { $length ->
    [one] character
   *[other] characters
}, the limit is { NUMBER($limit) }. Nothing has changed: shorten it and send it again.
error-voice-not-emoji = ⚠️ “{ $value }” is not an emoji. Nothing has changed: send emoji alone.
error-voice-contradiction = ⚠️ “{ $value }” is already under { $field ->
    [preferred] “Favourite words”
    [avoid] “Words to avoid”
    [must_say] “Always says”
   *[never_say] “Never says”
}. One contradicts the other, so nothing has changed.

voice-back = ‹ Voice
voice-try = 🎧 Try it on a sentence
voice-try-again = 🎧 Another sentence
voice-samples = 📚 Fill from sample posts
voice-review = ▶️ Go through the proposal · { $n }
voice-pending = ✨ { $n } { $n ->
    [one] suggestion
   *[other] suggestions
} from your sample posts { $n ->
    [one] waits
   *[other] wait
} for your decision.
voice-collected = 📚 Samples collected: { $n }.
voice-ask-sentence = 🎧 Write a plain sentence and I will say it in the product's voice. Nothing is saved.
voice-trying = 🎧 Finding the words…
voice-trial-before = 🎧 <b>Before</b>
voice-trial-after = <b>After</b>
voice-trial-hint = <i>Does not sound like you? Adjust the fields of the voice and try again.</i>
voice-samples-title = 📚 <b>Voice from samples</b>
    Send or forward { $fewest } to { $most } posts of yours, one message each. AI reads them and proposes a voice; you decide on each field.
voice-sample-line = { $n }. { $text }
voice-samples-more = At least { $left ->
    [1] one more is
    [2] two more are
   *[other] three more are
} needed.
voice-samples-enough = That is enough. The more samples (up to { $most }), the closer the match.
voice-samples-full = That makes { $most }; no more are needed.
voice-sample-no-text = ⚠️ There is no text in that message, so it was not taken.
voice-sample-too-many = ⚠️ There are { $most } already, and no more fit. Remove one to take this post.
voice-sample-too-long = ⚠️ That post has more than { NUMBER($limit) } characters, so it was not taken. Send an excerpt.
voice-sample-known = That sample is already here.
voice-read = ✨ Read the voice · { $n }
voice-drop-sample = ✖️ Remove the last
voice-drop-samples = 🧹 Start over
voice-reading = ✨ Reading the samples… This usually takes less than a minute.
voice-read-done = ✨ Done: { $n } { $n ->
    [one] suggestion
   *[other] suggestions
}. Only what you accept is saved.
voice-read-nothing = ✨ The samples are read: there is nothing to add to what the voice already says.
voice-piece-title = ✨ <b>{ $field }</b> · { $number } of { $total }
voice-piece-now = <b>Now:</b>
voice-piece-nothing = empty
voice-piece-added = <b>Add:</b>
voice-piece-replaced = <b>Replace with:</b>
voice-accept = ✅ Accept
voice-skip = Skip
voice-correct = ✏️ Edit
voice-drop-review = 🗑 Drop the rest
voice-accepted = ✅ Saved: { $field }.
voice-corrected = ✏️ Changed. It is saved once you accept it.
voice-review-done = You have been through all suggestions.
voice-review-dropped = The remaining suggestions are gone. What you accepted stays.
voice-piece-decided = You have already decided on that suggestion. This is how things are now.
voice-correction-title = ✏️ <b>{ $field }.</b> Suggested:
voice-ask-correction = Send your own version, up to { NUMBER($length) } characters.
voice-ask-correction-list = Send your own list, separated by commas or with each entry on its own line, up to { NUMBER($length) } characters each. It replaces the suggested one.

voice-ai-no_key = 🔑 This needs AI, and there is no key. Put <code>ANTHROPIC_API_KEY</code> into <code>.env</code> and restart NEXUS. The fields of the voice can be filled by hand as well.
voice-ai-no_openai_key = 🔑 This needs AI, and there is no key. Put <code>OPENAI_API_KEY</code> (or, for a server of your own, <code>OPENAI_BASE_URL</code>) into <code>.env</code> and restart NEXUS. The fields of the voice can be filled by hand as well.
voice-ai-no_model = 🔑 This needs AI, and no model is chosen. Put its name into the setting <code>ai.openai_model</code> with <code>nexus import FILE</code>.
voice-ai-bad_openai_key = 🔑 The AI server did not let us in. Check <code>OPENAI_API_KEY</code> and try again.
voice-ai-bad_key = 🔑 The key in <code>ANTHROPIC_API_KEY</code> is not accepted. Check it and try again.
voice-ai-no_credit = 💳 The model's account has run out of money. Top it up and try again.
voice-ai-refused = The model declined to work with this text. Try another one.
voice-ai-cap_reached = 💳 Today's spending cap for AI is reached. You can go on tomorrow.
voice-ai-price_unknown = 💳 A spending cap is set and the price of this model is not known, so the request was not sent.
voice-ai-overloaded = ⏳ The AI has too much to do right now. Wait a minute and try again.
voice-ai-timed_out = ⏳ The model took too long. Nothing is lost: try again.
voice-ai-unreachable = ⏳ The connection to the model broke. Check the network and try again.
voice-ai-model_gone = 🔑 The provider no longer has the chosen model. Put another one into the AI settings.
voice-ai-truncated = The model's answer did not fit. Send a shorter text.
voice-ai-nonsense = The model's answer was not in the form asked for. Try again.
voice-ai-smaller = ✂️ The full answer did not fit, so it is shorter.
voice-ai-stopped = ⏹ Stopped.
voice-ai-unavailable = ⏳ The model did not answer. Nothing is lost: try again in a while.
voice-ai-fallback_model = ✨ The main model did not answer; the fallback one read the samples.
voice-ai-too_long = That is too long for a try. Send a shorter sentence.
