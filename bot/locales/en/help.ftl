help-start = ❓ <b>How to work with me</b>

    <b>1.</b> Send a thought, a text or a photo. It becomes a draft: the post exactly as it will look.
    <b>2.</b> Put it right with the buttons, and approve it.
    <b>3.</b> Publish it now or at a time. When it is out, you get the link; when something goes wrong, the button that mends it.

    What would you like to know more about?
help-back = ‹ Help
help-topic-posting = 📝 Posts
help-topic-schedule = 📅 Time and queue
help-topic-voice = 🗣 Voice
help-topic-channels = 📣 Channels
help-topic-commands = ⌨️ Commands
help-page-posting = 📝 <b>Posts</b>

    Just write here:
    • a short idea, and AI writes the post in the product's voice;
    • a finished, formatted text, and it stays yours word for word;
    • a photo, video, document or album with a caption;
    • a forwarded post, and it becomes a draft.

    The card shows the post as each platform will show it, with the true count. A button approves the version it stands under: after an edit it has to be approved again. Nothing goes out without your yes.

    Reject a draft with a reason, and AI writes it differently. Without a key for AI, texts are made from a template, and the card says so.

    Straight to the right product: <code>/post product text</code>, <code>/generate product idea</code>. /week plans a week: kinds and days, one draft after another.

    Answer a card with a text or a photo, and the post changes. “Approve several” in /drafts and <code>/approve 12 13</code> approve many at once.
help-page-schedule = 📅 <b>Time and queue</b>

    Choose a time with a button, or write it: “tomorrow 18:30”, “fri 9am”, “in 2 hours”. I say back how I understood it before it counts. Everything is by your clock, daylight saving included.

    /queue: what goes out and when. Move it, take it off, publish it now.
    /pause: hold everything or one product. /resume: let it go on.

    When a platform gives no answer, I do not send the post again on a guess: I ask you whether it is out. After an outage, late posts do not come in a burst, they wait for your decision.
help-page-voice = 🗣 <b>Voice</b>

    Each product has a voice of its own: character, words it likes and never uses, emoji, how formal it is, what it always and never says. Set it under /products, the product, Voice.

    The easiest way is to give 3 to 10 of your own posts: I read them and propose a voice, and you accept it piece by piece. Try it on a sentence right there.

    The product's description matters, too: AI takes its facts from it.
help-page-channels = 📣 <b>Channels</b>

    /channels, then Connect a channel. For Telegram there are two ways: make me an administrator of the channel, or send the token of a bot of your own.

    I delete the token from the chat at once and keep it encrypted. Rights are looked at one by one, and nothing is saved before it works. The test post has the last word.

    A new token, or rights that are gone? Queued posts wait and nothing is lost: open the channel, tap Check again or Reconnect.

    One channel serves one product.
help-page-commands = ⌨️ <b>Commands</b>

    They are in the menu beside the input field, too.
help-command = /{ $name } — { $what }
