ways-discord = ➕ <b>A channel of a Discord server</b>

    <b>A webhook</b> is simpler: copy its address from the channel's settings, and that is all.
    <b>A bot of your own</b> can do more: when the connection breaks it looks by itself whether the post is out, and it sees reactions.
way-discord-webhook = 🔗 The channel's webhook
way-discord-bot = 🤖 A bot of your own
step-discord-webhook_url = 🔗 Send the webhook's address. It is in the channel's settings: Integrations → Webhooks → New Webhook → Copy Webhook URL. It looks like <code>https://discord.com/api/webhooks/…</code>. I delete it from the chat at once and keep it encrypted.
step-discord-bot_token = 🔑 Send the bot's token: discord.com/developers/applications → your application → Bot → Reset Token. I delete it from the chat at once and keep it encrypted.
step-discord-channel_id = 📣 Which channel shall it write to? Send a link to it: right-click the channel → Copy Link. The bot has to be on that server already.
connect-found-lacking-discord = Give the bot's role the missing right in the settings of this Discord channel, then check again.
right-discord-view-channel = see the channel
right-discord-send-messages = send messages
right-discord-attach-files = attach files
right-discord-embed-links = show embeds and link previews
right-discord-read-history = read the history, to find a post that got lost
trouble-discord-not-a-webhook = That does not look like a webhook's address. It begins with <code>https://discord.com/api/webhooks/</code>; copy all of it from the channel's settings.
trouble-discord-not-a-channel = I could not tell which channel that is. Send a link such as <code>https://discord.com/channels/…/…</code>, or the channel's number.
trouble-discord-bad-token = Discord does not take this key: it may have been reset. Get a new one and send it again.
trouble-discord-webhook-gone = There is no such webhook any more. Make a new one in the channel's settings and send its address.
trouble-discord-channel-gone = Discord found no such channel. Check the link.
trouble-discord-rights-missing = The bot does not see this channel. Invite it to the server, and let it see the channel and write there.
trouble-discord-not-a-text-channel = This is no text channel, so nothing can be posted there. Send a link to another one.

ways-bluesky = ➕ <b>A Bluesky account</b>

    You need the account's name and an <b>app password</b>; the account's own password is not needed, keep it to yourself.
    I find the server by the name; if yours is your own and closed, name it.
way-bluesky-app_password = 🦋 By the account's name
way-bluesky-own_server = 🖥 A server of my own
step-bluesky-api_base = 🖥 Which server? Send its address, for example <code>pds.example.org</code>.
step-bluesky-identifier = 🦋 What is the account called? Send <code>@name.bsky.social</code>, your domain, or a link to the profile.
step-bluesky-app_password = 🔑 Send an app password: in Bluesky, Settings → Privacy and security → App passwords → Add. It looks like <code>xxxx-xxxx-xxxx-xxxx</code>. I delete it from the chat at once and keep it encrypted.
said-bluesky-identifier = ✅ The account is on { $name }
trouble-bluesky-not-a-handle = That does not look like an account's name. Send all of it, for example <code>acme.bsky.social</code>.
trouble-bluesky-not-an-app-password = That is no app password: those are four groups of four, <code>xxxx-xxxx-xxxx-xxxx</code>. If it was the account's own password, change it: it has been in a chat.
trouble-bluesky-no-such-handle = Bluesky found no account “{ $reason }”. Check the name and send it again.
trouble-bluesky-no-server = This account names no server that a password may be sent to. Name the server yourself: “A server of my own”.
trouble-bluesky-bad-token = Bluesky does not take this name with this app password. Check the name, or make a new app password.

way-mastodon-token = 🔑 A token from the settings
step-mastodon-access_token = 🔑 Send the token: on your server, Preferences → Development → New application with <code>read:accounts read:statuses write:statuses write:media</code>, then copy “Your access token”. I delete it from the chat at once and keep it encrypted.
said-mastodon-api_base = ✅ The server answers: { $name }
connect-found-lacking-mastodon = Tick the missing scopes of the application in Mastodon's preferences, make the token anew and send it: “Correct it”.
right-mastodon-write-statuses = publish posts
right-mastodon-write-media = attach files
right-mastodon-read-statuses = read the account's posts, to find one that got lost
trouble-mastodon-bad-token = The server does not know this token. Copy “Your access token” again: it works only on the server that made it.
trouble-mastodon-not-mastodon = What answers at { $reason } is not Mastodon. Check what your server is called.

way-vk-community = 🔑 A community's key
way-vk-user = 👤 A person's token
step-vk-access_token-community = 🔑 Send the community's key: Manage → Advanced → API usage → Create token, with access to the wall. I delete it from the chat at once and keep it encrypted.

    With such a key VK takes texts only; attaching pictures needs an editor's token.
step-vk-access_token-user = 🔑 Send the token of an editor of the community, with <code>wall, photos, video, groups, offline</code>. The whole address of the page that the login ends on will do: I find the token in it. I delete it from the chat at once and keep it encrypted.
step-vk-owner_id = 📣 Whose wall is it? Send a link to the community, for example <code>vk.com/acme</code>, or its number with a minus: <code>-123456</code>.
said-vk-access_token = ✅ The key of the community “{ $name }”
connect-found-lacking-vk = Give the missing right in the community's management, then check again.
right-vk-wall = publish on the wall
right-vk-files = attach pictures and videos
trouble-vk-not-a-community-key = That is no community's key. Make one under Manage → API usage, or choose “A person's token”.
trouble-vk-not-a-wall = I could not tell whose wall that is. Send a link such as <code>vk.com/name</code>, or a number: a community's has a minus.
trouble-vk-no-wall = VK found no such wall, or this key does not see it. Check the link.
trouble-vk-bad-token = VK does not take this key: { $reason }

way-linkedin-token = 👤 A token, in my own name
way-linkedin-page_token = 🏢 A token, in a page's name
step-linkedin-author = 🏢 Which page? Send its number, or the link you see as its administrator: <code>linkedin.com/company/2414183/admin</code>.
step-linkedin-access_token = 🔑 Send the token: linkedin.com/developers → your app → Auth → OAuth 2.0 tools. It lives for 60 days at most, and I warn you before it ends. I delete it from the chat at once and keep it encrypted.
trouble-linkedin-not-a-page = I could not tell which page that is. Its number is needed: it stands in the address when you open the page as its administrator.
trouble-linkedin-bad-token = LinkedIn does not take this token: it may have ended. Make a new one.
trouble-linkedin-forbidden = The token lacks a right: { $reason }
trouble-linkedin-not-found = LinkedIn found no such page, or the token may not see it. Check the number.

way-facebook-token = 🔑 A page's token
step-facebook-access_token = 🔑 Send the page's token (not your own): Graph API Explorer → User or Page → your page, with <code>pages_manage_posts, pages_read_engagement</code>. I delete it from the chat at once and keep it encrypted.
trouble-facebook-not-a-page-token = This is a person's token, and a page's is needed. In Graph API Explorer choose the page under “User or Page” and copy the token again.
trouble-facebook-bad-token = Facebook does not take this token: { $reason }

way-instagram-token = 🔑 The account's token
step-instagram-access_token = 🔑 Send a long-lived token of the professional account: Meta for Developers → your app → Instagram → Generate token. I delete it from the chat at once and keep it encrypted.
trouble-instagram-bad-token = Instagram does not take this token: { $reason }

way-threads-token = 🔑 The account's token
step-threads-access_token = 🔑 Send a long-lived token: Meta for Developers → your app → Threads API → User Token Generator. I delete it from the chat at once and keep it encrypted.
trouble-threads-bad-token = Threads does not take this token: { $reason }

way-twitter-tokens = 🔑 Tokens from the portal
step-twitter-client_id = 🪪 Send the app's Client ID: developer.x.com → your app → Keys and tokens → OAuth 2.0. Four values are needed: an access token alone lives for two hours.
step-twitter-client_secret = 🔑 Now the Client Secret from the same place. I delete this key and the next ones from the chat at once and keep them encrypted.
step-twitter-access_token = 🔑 Now the user's access token (OAuth 2.0, with <code>tweet.read tweet.write users.read media.write offline.access</code>).
step-twitter-refresh_token = 🔑 And the refresh token that came with it: by it the access is renewed.
trouble-twitter-bad-token = X does not take the access token: its two hours may be over. Make the pair of tokens anew.
trouble-twitter-forbidden = X does not let this token in: { $reason }
trouble-twitter-not-a-client-id = That does not look like a Client ID. It stands in X's portal under OAuth 2.0.

ways-webhook = ➕ <b>A webhook</b>

    Posts go to your address as signed JSON, and what becomes of them is up to you. The signature is that of Standard Webhooks.
way-webhook-address = 🔗 Name the address
step-webhook-url = 🔗 Where to? Send the whole address, with <code>https://</code>. It has to take <code>POST</code> and answer 200 to 299.
step-webhook-secret = 🔑 This is the secret to check the signature with. Copy it to the receiver right now: I do not show it again. If the receiver has a secret already, send that as a message.
trouble-webhook-not-a-secret = A secret is one line of 16 to 500 characters.
trouble-webhook-refused = The receiver did not take our message ({ $reason }). Check the address, and that it has this very secret.

connect-plainly = Connect
connect-found-no-test = There are no posts without a file here, so there is no test post.
step-copy = 📋 Copy
step-made = Done, the receiver has it
trouble-not-a-token = That does not look like a key. Send all of it, in one message.
trouble-not-a-server = That does not look like a server's address. Send it like this: <code>mastodon.social</code>.
trouble-not-a-link = That does not look like a web address. Send all of it, with <code>https://</code> in front.
trouble-dns = There is no server of that name. Check the address.
trouble-redirect = This address leads to another one. Send the one it leads to.
secret-platform_key = That is a key to a platform. It does not become a draft. It belongs under “Connect a channel”: there I ask for it and keep it encrypted.
