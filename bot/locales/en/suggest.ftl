suggest-title = 💡 <b>What could be done</b> · { $name }
suggest-empty = Nothing to suggest right now. Look again when more posts are out.
suggest-no-product = A product comes first: suggestions are about one. What is it called?
suggest-line-approvals_expiring = ⏳ { $n ->
    [one] The approval of { $n } post expires
   *[other] The approvals of { $n } posts expire
} within a day. Schedule while it holds.
suggest-line-empty_tomorrow = 📅 Nothing is planned for tomorrow. { $n ->
    [0] There are no drafts either.
    [one] There is { $n } draft.
   *[other] There are { $n } drafts.
}
suggest-line-drafts_waiting = 📝 { $n ->
    [one] { $n } draft has
   *[other] { $n } drafts have
} waited for more than three days, the oldest for { $days } { $days ->
    [one] day
   *[other] days
}.
suggest-line-milestone_followers = 🎯 { $platform }: { $n } followers, { $target } is near. A post could be ready in time.
suggest-line-milestone_posts = 🎯 { $left ->
    [one] { $left } post
   *[other] { $left } posts
} to go until number { $target }.
suggest-line-works = 📈 { $platform }: { $what } { $change } against the other posts, judging by { $n } { $n ->
    [one] post
   *[other] posts
}.
suggest-line-gap = 🗓 There has been no “{ $kind }” for { $days } { $days ->
    [one] day
   *[other] days
}.
suggest-open = { $place } · 📝 Open the post
suggest-drafts = { $place } · 📝 Drafts
suggest-write = { $place } · ✨ Draft a post
suggest-write-kind = { $place } · ✨ { $kind }
suggest-not-now = Not now
suggest-put-away = All right, not for a week.
suggest-stale = This suggestion is gone. Here is what there is now.
suggest-ask-idea = ✨ What is the post for “{ $name }” about? Write the thought, and I make a draft.
suggest-ask-idea-kind = ✨ What is the “{ $kind }” for “{ $name }” about? Write the thought, and I make a draft of this kind.
