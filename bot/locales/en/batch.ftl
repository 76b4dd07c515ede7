batch-title = ☑️ <b>Approve several</b> · { $ticked } of { $n } ticked
batch-line = { $box } <b>#{ $number }</b> · { $product } · v{ $version }
batch-excerpt = <blockquote>{ $excerpt }</blockquote>
batch-files = 📎 { $n } { $n ->
    [one] file
   *[other] files
}
batch-all = Tick all
batch-none = Untick all
batch-approve = ✅ Approve · { $n }
batch-open = ☑️ Approve several
batch-drafts = 📝 Drafts
batch-done = { $n ->
    [one] ✅ { $n } draft approved: { $numbers }.
   *[other] ✅ { $n } drafts approved: { $numbers }.
}
batch-changed = { $n ->
    [one] ⚠️ Changed while you were choosing, so not approved: { $numbers }.
   *[other] ⚠️ Changed while you were choosing, so not approved: { $numbers }.
}
batch-refused = { $n ->
    [one] ⛔️ A platform would refuse it, so it is not approved: { $numbers }.
   *[other] ⛔️ A platform would refuse them, so they are not approved: { $numbers }.
}
batch-again = ☑️ Back to the list
batch-spread = 🗓 Spread them out
batch-whole = 🔎 #{ $number } in full
batch-homeless = 🔌 They have nowhere to go yet: connect a channel, and I will put them on the calendar.
batch-planned = { $n ->
    [0] 🗓 No time was found.
    [one] 🗓 <b>{ $n } post on the calendar</b>
   *[other] 🗓 <b>{ $n } posts on the calendar</b>
}
batch-planned-line = • <b>#{ $number }</b> { $when }
batch-unplanned-line = ⚠️ <b>#{ $number }</b> { $reason }
batch-stale = ⚠️ The list has changed since, so nothing was done. This is how it stands now.
batch-spread-stale = ⚠️ These posts have their times already, or have changed: nothing was done.
approve-usage = Write the numbers of drafts, e.g. <code>/approve 12</code> or <code>/approve #12 #13 #14</code> (up to 20 at once). /drafts shows them.
approve-look = { $n ->
    [one] 👀 You have not seen this draft as it is now, so it is not approved: { $numbers }. Open it and approve it with the button.
   *[other] 👀 You have not seen these drafts as they are now, so they are not approved: { $numbers }. Open and approve them with the button.
}
approve-look-here = 👀 You have not seen it like this. Have a look, and approve it with the button.
approve-missing = { $n ->
    [one] There is no such draft: { $numbers }.
   *[other] There are no such drafts: { $numbers }.
}
