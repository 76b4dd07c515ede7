products-title = 📦 <b>Products</b> · { $n }. New drafts belong to the marked one.
products-empty = 📦 There are no products yet. Add the first one: a name is enough.
products-line = {"  "}{ $name } · { $channels }
products-current = ✅ <b>{ $name }</b> · { $channels }
products-paused-mark = · paused
products-no-channels = no channel
products-add = ➕ Add a product
products-back = ‹ Products
products-archive-list = 🗄 Archive · { $n }
products-archive-title = 🗄 <b>Archive</b> · { $n }. Nothing is deleted: any of them can come back.
products-archive-empty = 🗄 The archive is empty.
products-ask-name = 📦 What is the product called? Write its name.
products-chosen = ✅ Now working on “{ $name }”.
products-added = ✅ “{ $name }” is added and current. Send an idea, a text or a photo: it becomes a draft. Set the voice, and the texts will sound like yours.

product-title = 📦 <b>{ $name }</b>
    <code>{ $slug }</code>
product-no-description = <i>No description yet. A couple of sentences are enough for AI to know what it writes about.</i>
product-no-channels = 📣 No channel yet
product-channels = 📣 Channels: { $channels }
product-counts = 📝 Drafts: { $drafts } · 📅 queued: { $queued }
product-voice = 🗣 Voice: { $n } of { $total } set
product-voice-traits = 🗣 Voice: { $traits } · { $n } of { $total } set
product-voice-empty = 🗣 The voice is not set
product-is-current = ✅ This is the current product: new drafts belong to it.
product-is-paused = ⏸ Paused: its posts wait in the queue.
product-is-archived = 🗄 Archived: no new drafts, and its queue waits.
product-choose = ✅ Make current
product-voice-open = 🗣 Voice
product-channels-open = 📣 Channels
product-events-open = 📨 Events
product-edit-name = ✏️ Name
product-edit-description = 📄 Description
product-pause = ⏸ Pause
product-resume = ▶️ Resume
product-archive = 🗄 Archive
product-archive-yes = 🗄 Archive it
product-restore = ↩️ Restore
product-ask-archive = Archive “{ $name }”? { $queued ->
    [0] Nothing of it is queued.
    [one] { $queued } queued post will wait until the product is back.
   *[other] { $queued } queued posts will wait until the product is back.
} Nothing is deleted.
product-ask-name = ✏️ The product is called “{ $name }” now. Write its new name. The short name <code>{ $slug }</code> stays.
product-ask-description = 📄 What is “{ $name }”, and who is it for? One message, up to { NUMBER($limit) } characters. AI takes its facts from here.
product-description-clear = 🧹 Remove the description
product-stale = That button was from an earlier screen, so nothing was done. This is how things are now.
product-paused = ⏸ Paused. Its posts wait in the queue.
product-resumed = ▶️ The product publishes again.
product-archived = 🗄 Archived. It can come back at any time.
product-restored = ↩️ The product is back, and paused. Look through its queue and resume when you are ready.
product-name-saved = ✅ The new name is saved.
product-description-saved = ✅ The description is saved.
product-description-cleared = 🧹 The description is removed.
product-milestones-open = 🏁 Milestones
milestones-title = 🏁 <b>Milestones</b> · { $name }
milestones-about = When a number is passed, NEXUS tells you and offers a post about it. The round ones are always celebrated; add those that matter to you.
milestones-of-followers = 👥 Followers: { $first }, then 1, 2, 5 with more noughts
milestones-of-reach = 👁 Views of a post: { $first }, then 1, 2, 5 with more noughts
milestones-own = Your own: { $numbers }
milestones-none = None of your own yet
milestones-remove-followers = ✖ 👥 { $number }
milestones-remove-reach = ✖ 👁 { $number }
milestones-add-followers = ➕ Followers
milestones-add-reach = ➕ Views
milestones-clear = ↩️ Only the round ones
milestones-ask-followers = 👥 Which numbers of followers are worth a celebration? Whole numbers with spaces between them: 1500 7777 75000.
milestones-ask-reach = 👁 Which numbers of views of a post are worth a celebration? Whole numbers with spaces between them: 3000 75000.
milestones-saved = ✅ Saved.
milestones-cleared = ↩️ Only the round numbers are celebrated now.
milestones-refused = { $reason ->
    [out-of-range] ⚠️ A milestone is a number from 1 to { $highest }. Send it again.
    [too-many] ⚠️ There is room for { $most } of each. Take some away first.
   *[no-number] ⚠️ I need whole numbers with spaces between them and nothing within: 1500 75000.
}
