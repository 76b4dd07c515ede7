learning-title = 🧠 <b>Rules from your edits</b> · { $name }
learning-empty = Nothing to propose yet. When you have changed AI's texts in the same way five times, a rule for the voice appears here, with those edits and for you to decide.
learning-hint = What I noticed comparing AI's texts with your edits. The voice changes only when you agree. ✅ is in the voice already.
learning-told = 🧠 <b>This looks like a rule of yours</b> · { $name }
learning-noticed = <b>{ $noticed }</b>
    That is how you changed { $n } { $n ->
        [one] post
       *[other] posts
    } that AI had written.
learning-would-change = Remember it for the voice?
learning-changed = ✅ In the voice already:
learning-dismissed-line = Not taken into the voice:
learning-undone-line = Taken back out of the voice:
learning-evidence = <i>Edit { $n } of { $total } · #{ $number } · { $distance }</i>
learning-evidence-gone = <i>The posts this was noticed in are gone.</i>
learning-before = Before:
learning-after = After:
learning-accept = ✅ Remember it
learning-dismiss = No, thanks
learning-undo = ↩️ Take it out of the voice
learning-post = 📝 Post #{ $number }
learning-back = ‹ Rules from edits
learning-open = 🧠 Rules from your edits
learning-open-new = 🧠 Rules from edits · { $n }
learning-accepted = ✅ Remembered. AI writes new texts with this rule.
learning-dismissed = All right. I will ask again only after five new edits like these.
learning-undone = ↩️ Taken out. The voice is as it was.
learning-stale = You have decided about this rule already. Here is how it stands.

learning-sign-emoji_none = You take the emoji out
learning-sign-emoji_fewer = You leave fewer emoji
learning-sign-emoji_added = You add { $value }
learning-sign-emoji_dropped = You take { $value } out
learning-sign-shorter = You make the text shorter
learning-sign-longer = You write in more detail
learning-sign-no_exclamation = You take the exclamation marks out
learning-sign-no_dash = You take the long dashes out
learning-sign-no_bold = You take the bold type out
learning-sign-no_hashtags = You take the hashtags out
learning-sign-hashtag_added = You add { $value }
learning-sign-link_last = You move the link to the end
learning-sign-paragraphs_split = You break the text into paragraphs
learning-sign-paragraphs_joined = You join paragraphs
learning-sign-formal = You change to the formal “вы”
learning-sign-informal = You change to the informal “ты”
learning-sign-opening_added = You begin with “{ $value }”
learning-sign-opening_removed = You take the greeting out
learning-sign-closing_added = You end with “{ $value }”
learning-sign-closing_removed = You take the last sentence out
learning-sign-word_replaced = You replace “{ $value }”
learning-sign-word_removed = You take “{ $value }” out
