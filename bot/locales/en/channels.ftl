channels-title = 📣 <b>Channels</b> · { $n }
channels-empty = 📣 <b>There is no channel yet</b>

    Connect the first one: it takes two minutes, the key stays with you, and a test post shows that it works.
channels-line = { $mark } <b>{ $name }</b> · { $platform } · { $product }
channels-connect = ➕ Connect a channel
channels-back = ‹ Channels

channel-title = 📣 <b>{ $name }</b>
    { $platform } · product “{ $product }”
channel-active = Connected, ready for posts
channel-error = Refuses us: { $reason }
channel-disconnected = Disconnected: queued posts wait
channel-no-reason = the reason is not known, check again
channel-rights-missing = rights are missing:
channel-used = Last post: { $ago }
channel-unused = No post from here yet
channel-waiting = In the queue: { $n } { $n ->
    [one] post
   *[other] posts
}
channel-product = 📦 Product
channel-test = 📨 Test post
channel-test-open = 🔗 Open the test post
channel-test-delete = 🗑 Delete the test post
channel-check = 🔎 Check
channel-check-again = 🔎 Check again
channel-settings = ⚙️ Settings
channel-edit-name = ✏️ Name
channel-reconnect = 🔁 Reconnect
channel-connect-again = 🔌 Connect again
channel-disconnect = Disconnect
channel-disconnect-yes = Disconnect it
channel-ask-disconnect = Disconnect “{ $name }”? { $n ->
    [0] Its queue is empty.
    [one] { $n } queued post will wait until you connect the channel again.
   *[other] { $n } queued posts will wait until you connect the channel again.
} I forget the key. What is published stays in the channel.
channel-disconnected-now = The channel is disconnected and its key is gone. You can connect it again at any time.
channel-ask-name = ✏️ The channel is shown as “{ $name }”. Write what to call it here. Nothing changes in the channel itself.
channel-renamed = ✅ The new name is saved.
channel-stale = That button belongs to an earlier screen, so nothing was done. This is how it stands.
channel-tested = ✅ The test post is in the channel. Have a look, and delete it when you are done.
channel-test-text = A test post from NEXUS. If you can see it, the channel is connected.
channel-test-deleting = Deleting the test post…
channel-test-deleted = 🗑 The test post is deleted.
channel-checked = ✅ Everything is in order.
channel-checked-lacking = ⚠️ Publishing will not work: rights are missing.
channel-connected = ✅ The channel “{ $name }” is connected.
channel-connected-tested = ✅ The channel “{ $name }” is connected, the test post is there.

channel-settings-title = ⚙️ <b>{ $name }</b>
    How every post of this channel goes out. Tap to change.
channel-option = • { $name }: <b>{ $value }</b>
channel-no-options = There is nothing to set here.
option-twitter-numbers = Statistics
option-twitter-numbers-on = collected
option-twitter-numbers-off = not collected: X charges for reading
option-telegram-silent = Silent posts
option-telegram-silent-no = no
option-telegram-silent-yes = yes, subscribers hear no sound
option-telegram-invites = An invitation for each post
option-telegram-invites-no = no
option-telegram-invites-yes = yes, a link of its own to count who comes
option-telegram-protect = Protect content
option-telegram-protect-no = no
option-telegram-protect-yes = yes, posts cannot be forwarded or saved
option-telegram-link_preview = Link previews
option-telegram-link_preview-on = below the text
option-telegram-link_preview-above = above the text
option-telegram-link_preview-off = off
option-telegram-caption_above = Caption above media
option-telegram-caption_above-no = no, below
option-telegram-caption_above-yes = yes
option-telegram-text_below = Text apart from media
option-telegram-text_below-no = no, as the caption
option-telegram-text_below-yes = yes, as the next message
option-telegram-split = Split long texts
option-telegram-split-no = no
option-telegram-split-yes = yes, into several messages

connect-no-product = A channel belongs to a product, and there is none yet. Add the first one: a name is enough.
connect-which-product = ➕ Which product is the channel for?
connect-which-platform = ➕ Where shall “{ $product }” be published?
connect-all-taken = “{ $product }” has everything connected that I know.
connect-taken = Connected already: { $platforms }. To change a key or a channel, use Reconnect on the channel's card.
ways-telegram = ➕ <b>A Telegram channel or group</b>

    <b>This bot</b> publishes itself: make it an administrator, and that is all.
    <b>A bot of your own</b> is for channels that need a bot apart: you will need its token from @BotFather.
way-telegram-this_bot = 🤖 This bot
way-telegram-own_token = 🔑 A bot of your own
step-telegram-bot_token = 🔑 Send the bot's token: @BotFather gives it, it looks like <code>123456789:AAE…</code>. You may forward @BotFather's whole message. I delete it from the chat at once and keep the token encrypted.
step-telegram-chat_id = 📣 Make that bot an administrator of the channel (in a group, a member is enough), then send the channel's <code>@name</code>, a link to it, or forward any post from it.
step-telegram-chat_id-this_bot = 📣 Make <b>@{ $bot }</b> an administrator of the channel, with the rights to post, edit and delete: the button below opens the right window. As soon as it is in, I offer to connect the channel.

    If the bot is there already, send the channel's <code>@name</code>, a link to it, or forward any post from it.
connect-way-named = “{ $way }”
connect-way-closed = 🔒 Closed for now: { $ways }. <code>{ $settings }</code> { $n ->
    [one] is
   *[other] are
} missing in the file <code>.env</code> on your server. Add { $n ->
    [one] it
   *[other] them
} and restart NEXUS; <code>{ $page }</code> says where to get what.
step-add-to-channel = ➕ Add to a channel
step-add-to-group = ➕ Add to a group
step-keep = Keep “{ $value }”
connect-said = ✅ The token works: { $name }
connect-looking = 🔎 Looking whether everything is in place…
connect-testing = 📨 Sending a test post…
connect-needs-button = Choose with a button what to do with the channel.
connect-refused = ⚠️ { $reason }
connect-look-again = 🔎 Check again
connect-step-back = ‹ Correct it
connect-found = ✅ Found: <b>{ $name }</b>
    { $platform } · for the product “{ $product }”
connect-right-held = ✅ { $right }
connect-right-needed = ❌ { $right }: without it nothing can be published
connect-right-missing = ⚠️ { $right }: this right is missing, the rest will work
connect-found-test = Send a test post there? One tap deletes it afterwards.
connect-found-lacking = Give the bot the missing right in the channel's settings, then check again.
connect-other-account = ❗️ Before, this was “{ $before }”. { $n ->
    [0] Its settings stay.
    [one] { $n } post of its queue will go out in the new channel.
   *[other] { $n } posts of its queue will go out in the new channel.
}
connect-test = 📨 Test post and connect
connect-untested = Connect without a test
connect-offer = 🤖 I was added to “{ $name }”. Connect it to the product “{ $product }”?
connect-offer-which = 🤖 I was added to “{ $name }”. Which product shall it be connected to?
connect-offer-no-product = 🤖 I was added to “{ $name }”. A channel belongs to a product: add the first one, a name is enough.
connect-offer-yes = Connect “{ $name }”
connect-offer-no = Not now
connect-bot-removed = ⚠️ The bot was removed from this channel. Its queue waits, nothing is lost.
connect-rights-changed = The bot's rights in this channel have changed. Check again?

right-telegram-can-post-messages = post messages
right-telegram-can-edit-messages = edit what is published
right-telegram-can-delete-messages = delete what is published
right-telegram-can-send-messages = write to the group

trouble-telegram-telegram-token = That does not look like a token. It begins with digits and a colon: <code>123456789:AAE…</code>. Ask @BotFather for it with /token and send it again.
trouble-telegram-telegram-chat = I could not tell which channel that is. Send its <code>@name</code>, a link such as <code>t.me/name</code>, a number such as <code>-1001234567890</code>, or forward a post from it.
trouble-telegram-telegram-invite = An invitation does not say which channel it is. Forward any post from it: that connects private channels, too.
trouble-telegram-bad-token = Telegram does not know this token: it may have been revoked. Get a new one from @BotFather.
trouble-telegram-chat-not-found = Telegram found no such channel, or the bot is not in it. Check the name and make the bot an administrator.
trouble-telegram-bot-removed = The bot is not in this channel. Make it an administrator with the right to post.
trouble-telegram-forbidden = The channel does not let the bot in: { $reason }
trouble-telegram-rights-missing = The bot lacks rights: { $reason }
trouble-channel-taken = “{ $name }” is connected to the product “{ $product }” already. Disconnect it there or choose another channel: one channel serves one product.
trouble-another-account = Until now this was “{ $before }”, and you have logged in as “{ $name }”. Nothing has changed. Log in as “{ $before }”; to publish to the other account, disconnect this channel first.
trouble-channel-lacks-rights = The bot lacks the rights to publish. Add them and check again.
trouble-transient = The platform does not answer at the moment. Wait a minute and check again.
trouble-rate-limited = The platform asks us to wait. Check again in a minute.
trouble-auth-expired = The platform does not accept the key: { $reason }
trouble-rejected = The platform refused: { $reason }
trouble-outcome-unknown = ❔ The platform's answer did not come. Look into the channel: if the test post is there, connect without a test.
trouble-cannot-decrypt = The stored key cannot be opened: its encryption key is gone. Connect the channel again.
trouble-other = That did not work: { $reason }

secret-deleted = 🔒 The message with the secret is deleted from the chat.
secret-not-deleted = 🔓 I could not delete the message with the secret. Delete it yourself, right now.
secret-bot_token = That is a bot token. It does not become a draft. It belongs under “Connect a channel”: there I ask for it and keep it encrypted.
secret-model_key = That is a key for AI. It does not become a draft. It belongs in the file <code>.env</code> on your server: the line <code>ANTHROPIC_API_KEY</code> or <code>OPENAI_API_KEY</code>; restart NEXUS afterwards. If anybody else has seen it, make a new one.
