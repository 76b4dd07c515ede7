resolve-retry = 🔁 Try again
resolve-live = ✅ It is live
resolve-again = 🔁 Not live, send it again
resolve-look = 🔍 Look again
resolve-late-publish = 🚀 Publish it anyway
resolve-late-skip = ✖️ Skip it
resolve-late-publish-all = 🚀 Publish all
resolve-late-skip-all = ✖️ Skip all
resolve-late-choose = ☑️ Choose one by one
resolve-stale = ⚠️ Things have changed since, so nothing was done. This is how it stands now.
resolve-already = That has been decided already. This is how it stands now.
resolve-retrying = 🔁 Sending it again.
resolve-noted-live = ✅ Noted: the post is live.
resolve-skipped-one = ✖️ Skipped.
resolve-look-live = ✅ I looked: the post is there.
resolve-look-absent = 🔍 I looked: the post is not there. It can be sent again.
resolve-look-unknown = 🔍 It cannot be seen from here: the platform does not let me look. Please look into the channel.
resolve-accepted = 🚀 Sending { $n } { $n ->
    [one] post
   *[other] posts
}.
resolve-skipped = ✖️ Skipped { $n } { $n ->
    [one] post
   *[other] posts
}.
