finding-number = 🔎 Nobody gave the number “{ $value }”: check it.
finding-percent = 🔎 Nobody gave the percentage “{ $value }”: check it.
finding-price = 🔎 Nobody gave the price “{ $value }”: check it.
finding-date = 🔎 Nobody gave the day “{ $value }”: check it.
finding-time = 🔎 Nobody gave the time “{ $value }”: check it.
finding-quote = 🔎 The words { $value } are in nothing you gave: check them.
finding-handle = 🔎 Nobody gave the address { $value }: check it.
finding-link = 🔎 Nobody gave the link { $value }: check it.
finding-avoided = 🔎 The text has “{ $value }”, a word the product's voice avoids.
finding-never-say = 🔎 The text has “{ $value }”, which the product's voice never says.
finding-must-say = 🔎 The text lacks the required “{ $value }”.
finding-language = 🔎 The text is not in the language the product speaks.
finding-length = 🔎 Too long for the platform: { $value }.
finding-emoji = 🔎 The emoji { $value } is not one of the voice's.
finding-emoji-count = 🔎 Rather many emoji: { $value }.
finding-hashtag = 🔎 Nobody gave the hashtag { $value }.
finding-hashtag-count = 🔎 Rather many hashtags for this platform: { $value }.
findings-more = 🔎 And { $n } more
findings-marked = <i>Underlined here only; it will not be in the post.</i>
findings-right = 👌 It is right
findings-all-right = 👌 All of it is right
findings-each = 🔎 One by one ({ $n })
findings-right-one = 👌 { $n } is right
findings-title = 🔎 <b>#{ $number }</b>: { $n } { $n ->
    [one] thing
   *[other] things
} to look at
findings-none = 🔎 <b>#{ $number }</b>: nothing left to look at.
findings-where = <blockquote>{ $before }<u>{ $words }</u>{ $after }</blockquote>
findings-accepted = 👌 Understood, it is right. This version will not bring it up again.
card-cost = 💳 AI: { $cost } for { NUMBER($calls) } { $calls ->
    [one] call
   *[other] calls
}
card-cost-partly = 💳 AI: { $cost } and calls of unknown price, { NUMBER($calls) } in all
card-cost-unknown = 💳 AI: the model's price is unknown ({ NUMBER($calls) } { $calls ->
    [one] call
   *[other] calls
})
