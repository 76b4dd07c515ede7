drafts-title = 📝 <b>Waiting for you</b> · { $n } { $n ->
    [one] draft
   *[other] drafts
}
drafts-empty = 📝 There are no drafts. Send an idea, a text or a photo.
drafts-line = <b>#{ $number }</b> { $excerpt } · <i>{ $distance }</i>
drafts-media = no text, { $n } { $n ->
    [one] file
   *[other] files
}
