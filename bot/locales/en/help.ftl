help-text = <b>How to use NEXUS</b>

    <b>A new post.</b> Just write here:
    • a short idea, and AI writes the post in the product's voice;
    • a finished, formatted text, and it stays yours word for word;
    • a photo, video, document or album with a caption;
    • forward a post, and it becomes a draft.

    <b>The card</b> shows the post as it will look. Approve, schedule, publish now, edit, rewrite: all by buttons. A button approves the version it stands under.

    <b>Commands</b>
    /start home
    /queue queue
    /drafts drafts
    /find find a post
    /products products
    /channels channels
    /templates templates
    /automations what is set up to happen by itself
    /events what products have reported
    /analytics what came of the posts
    /suggest what to do next
    /usage what AI costs
    /pause stop everything, a product, an automation
    /resume go on
    /settings settings
    /status status
    /cancel cancel what was started

    <b>Channels.</b> /channels, then Connect a channel: make me an administrator, or send the token of a bot of your own. When something breaks, Check and Reconnect are there, too.
