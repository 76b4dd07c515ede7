compose-new = ➕ <b>A new post</b> for “{ $product }”

    Send a thought, and AI writes the post. Or a finished text, a photo, a video, a document, an album, a forwarded post: they stay as they are.
compose-switch = For another product:
compose-week = 🗓 A whole week
compose-which = ❓ For which product? I have the text, no need to send it again.
compose-unknown = ❓ I found no product called “{ $name }”. Which one is meant?
compose-gone = That text is not waiting for its product any more. Send the command again.
compose-idea-text = An idea is made of words: <code>/generate product idea</code>. A photo with a caption becomes a post with <code>/post</code>.
compose-usage-post = The product first, then the text: <code>/post { $slug } Open till midnight today!</code> Put a name of several words in quotes. It works as a photo's caption, too.
compose-usage-generate = The product first, then the idea: <code>/generate { $slug } we open a second room</code>. Put a name of several words in quotes.
