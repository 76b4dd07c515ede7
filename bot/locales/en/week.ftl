week-title = 🗓 <b>A week of “{ $product }”</b> · { $n } { $n ->
    [one] post
   *[other] posts
}
week-line = • { $day } · <b>{ $kind }</b>
week-idea = <i>{ $idea }</i>
week-hint = Tap a post to change its kind or day, or to suggest a thought. The row on top is the number of posts. Nothing goes out without your approval.
week-needs-facts = ☝️ Better say what these are about, or there are no facts to tell: { $kinds }.
week-no-description = ✏️ First say what the product is: the topics come from its description. Or suggest a thought for every post.
week-describe = ✏️ Describe the product
week-write = ✨ Write · { $n }
week-post = 🗓 <b>{ $day }</b> · { $kind }
week-thought-line = 💭 { $idea }
week-thought-none = What to write about comes from the product's description.
week-thought = 💭 Suggest a thought
week-thought-change = 💭 Another thought
week-thought-forget = Drop the thought
week-thought-kept = 💭 Noted.
week-thought-stale = ⚠️ The plan changed while you were writing, so the thought was not kept. This is how it stands now.
week-ask-thought = 💭 What is the post for <b>{ $day }</b> ({ $kind }) about? A sentence or two.
week-remove = 🗑 Take it out of the plan
week-back = ‹ Back to the plan
week-which = 🗓 Whose week shall we plan?
week-usage = Write <code>/week</code> for the current product, or name one: <code>/week Tea</code>, <code>/week "Tea and Co"</code>.
week-writing = ✨ <b>Writing a week of “{ $product }”</b>: { $n } of { $total }
week-writing-now = Now: { $day } · { $kind }…
week-still-writing = ✨ Still being written.
week-stop = ⏹ Enough
week-stopped = ⏹ I write no more. The post I am at will still be finished.
week-written = { $total ->
    [one] 🗓 <b>A week of “{ $product }”</b>: { $n } of { $total } written
   *[other] 🗓 <b>A week of “{ $product }”</b>: { $n } of { $total } written
}
week-done-line = ✅ <b>#{ $number }</b> · { $day } · { $kind }: { $excerpt }
week-unwritten = { $line } · not written yet
week-approve = ☑️ Look and approve
week-go-on = ✨ Write the rest · { $n }
week-fresh = 🗓 A new plan
week-stale = ⚠️ The plan has changed since, so nothing was done. This is how it stands now.
week-not-again = This post is one of a week's series. Take another side of the topic, and do not repeat what is written already: { $said }
