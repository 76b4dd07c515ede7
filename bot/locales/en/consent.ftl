consent-link = 🔗 <b>{ $platform }</b> for the product “{ $product }”

    Open { $platform } with the button, log in as the account to publish to, and agree. Then come back: this message changes by itself.

    The link works once, for { $n } { $n ->
    [one] minute
   *[other] minutes
}.
consent-open = 🔗 Open { $platform }
consent-again = 🔄 New link
consent-other-way = ‹ Connect another way
consent-go-on = Go on with the set-up
consent-failed = ⚠️ <b>{ $platform } is not connected</b>
consent-choose = ✅ { $platform } has let us in. Where shall the product be published? Accounts: { $n }.
consent-confirm = ✅ { $platform } has let us in. Publish here?
trouble-link-over = The link no longer works: its time is over, or it was broken off halfway. Get a new one.
trouble-consent-denied = You did not give access, so nothing has changed. To try again, get a new link.
trouble-consent-refused = { $platform } sent you back without a code: <code>{ $reason }</code>. Most often the application there lacks a product or a scope, or the callback address. Mend that and get a new link.
trouble-code-expired = The code { $platform } gave was over before I could use it. Get a new link and do not wait on the page.
trouble-application-refused = { $platform } does not accept your application. Check <code>{ $settings }</code> in the file <code>.env</code> on your server, restart NEXUS, and get a new link.
trouble-scopes-missing = Not every box was ticked on the page. Get a new link and leave all of them on:
trouble-no-accounts = This login has no page or community that may be posted to. Log in as somebody who runs one, and get a new link.
trouble-unsupported = This way is closed: a setting is missing in the file <code>.env</code>.
trouble-stale = The product was archived meanwhile, so nothing was connected.
trouble-mastodon-no-registration = This server does not take applications. Check its address, or paste a token.

ways-twitter = ➕ <b>An account on X</b>

    By the link you agree on X's own page; no password or key goes through the chat. X is paid for by use.
way-twitter-consent = 🔗 Log in at X
ways-linkedin = ➕ <b>LinkedIn</b>

    You agree on LinkedIn's own page. <b>In my name</b> posts as you; <b>in a page's name</b> as an organisation you administer: for that LinkedIn has to approve your application.
way-linkedin-consent = 👤 In my name
way-linkedin-consent_page = 🏢 In a page's name
ways-facebook = ➕ <b>A Facebook page</b>

    You agree on Facebook's own page, then choose which of your pages it is. Personal profiles cannot be posted to: Facebook does not allow it.
way-facebook-consent = 🔗 Log in at Facebook
ways-instagram = ➕ <b>An Instagram account</b>

    It has to be a professional one: business or creator. Log in at Instagram itself, or at Facebook when the account belongs to a page.
way-instagram-consent = 🔗 Log in at Instagram
way-instagram-consent_page = 🔗 Through a Facebook page
ways-threads = ➕ <b>An account on Threads</b>

    You agree on Threads' own page; no password or key goes through the chat.
way-threads-consent = 🔗 Log in at Threads
ways-mastodon = ➕ <b>An account on Mastodon</b>

    Name your server and agree on its own page: nothing has to be set up there.
way-mastodon-consent = 🔗 Log in at the server
step-mastodon-api_base = 🖥 Which server is the account on? Send its address, for example <code>mastodon.social</code>, or the whole name: <code>@acme@mastodon.social</code>.
ways-vk = ➕ <b>A community on VK</b>

    By the link you agree on VK's own page and choose the community. VK's support has to give your application the right <code>wall</code> first.
way-vk-consent = 🔗 Log in at VK

right-twitter-scope-tweet-read = read posts, to find one that got lost
right-twitter-scope-tweet-write = publish posts
right-twitter-scope-users-read = see whose account it is
right-twitter-scope-media-write = attach pictures and videos
right-twitter-scope-offline-access = stay connected for longer than two hours
right-linkedin-scope-openid = see who has logged in
right-linkedin-scope-profile = see your name
right-linkedin-scope-w_member_social = publish in your name
right-linkedin-scope-r_organization_social = read the page's posts and numbers
right-linkedin-scope-w_organization_social = publish in the page's name
right-linkedin-scope-rw_organization_admin = see which pages you administer
right-facebook-scope-pages_show_list = see your pages
right-facebook-scope-pages_manage_posts = publish on the page
right-facebook-scope-pages_read_engagement = read the page's posts
right-facebook-scope-pages_read_user_content = read comments
right-instagram-scope-instagram_business_basic = see the account
right-instagram-scope-instagram_business_content_publish = publish
right-instagram-scope-instagram_business_manage_insights = read the numbers
right-instagram-scope-instagram_basic = see the account
right-instagram-scope-instagram_content_publish = publish
right-instagram-scope-instagram_manage_insights = read the numbers
right-instagram-scope-pages_show_list = see your pages
right-instagram-scope-pages_read_engagement = read the page
right-threads-scope-threads_basic = see the account
right-threads-scope-threads_content_publish = publish
right-threads-scope-threads_manage_insights = read the numbers
right-threads-scope-threads_delete = delete what is published
right-mastodon-scope-read-accounts = see whose account it is
right-mastodon-scope-read-statuses = read posts, to find one that got lost
right-mastodon-scope-write-statuses = publish posts
right-mastodon-scope-write-media = attach pictures and videos
right-vk-scope-wall = publish on the wall
right-vk-scope-photos = attach pictures
right-vk-scope-video = attach videos
right-vk-scope-groups = see your communities
right-vk-scope-offline = stay connected
right-vk-not-editor = be an editor of the community
