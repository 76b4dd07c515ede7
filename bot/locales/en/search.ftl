search-ask = 🔎 What are we looking for? Write words of the post, the beginning of one, a channel's @name, a piece of a link, or a number: <code>#12</code>.
search-title = 🔎 <b>{ $said }</b> · { $n ->
    [one] { NUMBER($n) } post
   *[other] { NUMBER($n) } posts
}
search-nothing = 🔎 Nothing found for “{ $said }”. Try fewer words, the beginning of one (two letters will do), or a post's number.
search-nothing-narrowed = 🔎 Nothing found here for “{ $said }”. Take the filter by product or state away, or try the beginning of a word.
search-item = <b>#{ $number }</b> · { $product } · { $status } · <i>{ $day }</i>
search-status-any = In any state
search-status-draft = draft
search-status-ready = approved
search-status-published = published
search-status-archived = archived
search-all-products = All products
search-which-product = 📦 Which product shall I look in?
search-which-status = 🏷 Which posts shall I look for?
search-newest = 🕒 Newest first
search-best = 🎯 Best first
search-again = 🔎 Search again
search-forgotten = 🔎 That search was long ago, and I no longer remember it. Start a new one.
