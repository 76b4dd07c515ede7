unit-rate = engagements per view
unit-reactions = reactions
unit-engagements = engagements
trait-kind = “{ $kind }”
trait-day_part-night = at night
trait-day_part-morning = in the morning
trait-day_part-midday = around noon
trait-day_part-afternoon = in the afternoon
trait-day_part-evening = in the evening
trait-weekday-0 = on a Monday
trait-weekday-1 = on a Tuesday
trait-weekday-2 = on a Wednesday
trait-weekday-3 = on a Thursday
trait-weekday-4 = on a Friday
trait-weekday-5 = on a Saturday
trait-weekday-6 = on a Sunday
trait-length-short = short text
trait-length-medium = medium text
trait-length-long = long text
trait-media-yes = with a picture or video
trait-media-no = without a picture
trait-question-yes = with a question
trait-question-no = without a question
trait-link-yes = with a link
trait-link-no = without a link
trait-emoji-yes = with emoji
trait-emoji-no = without emoji

forecast-line = 📈 Forecast of { $unit }: ≈ { $expected } (4 times in 5: { $low }–{ $high }) · from { $n } { $n ->
    [one] post
   *[other] posts
}
forecast-factors = {"  "}{ $factors }
forecast-low = {"  "}There are few posts yet, so take it with care.
forecast-not-enough = 📈 Not enough data for a forecast yet: { $n } { $n ->
    [one] post
   *[other] posts
} with numbers, { $needed } are needed

analytics-title = 📊 <b>Analytics</b> · { $name } · { $days } { $days ->
    [one] day
   *[other] days
}
analytics-empty = Nothing was published in this period or in the one before, so there is nothing to count. Numbers appear after the first posts.
analytics-posts = 📝 Posts: <b>{ $n }</b>{ $change }
analytics-engagements = ❤️ Engagements: <b>{ $value }</b>{ $change }
analytics-per-post = Per publication on average: <b>{ $value }</b>{ $change }
analytics-reach = 👀 Reach: <b>{ $value }</b>{ $change }
analytics-followers = 👥 { $name }: <b>{ $value }</b>{ $change }
analytics-same = {" "}(the same)
analytics-was = {" "}(before: { $value })
analytics-trend = { $n ->
    [1] Engagements by day
   *[other] Engagements, a bar for { $n } days
}:
    <code>{ $bars }</code>
analytics-best = 🏆 Best posts:
analytics-post = <b>#{ $number }</b> · { $value } · { $text }
analytics-no-text = a file without a caption
analytics-without-numbers = <i>{ $n } { $n ->
    [one] publication has no numbers yet and is
   *[other] publications have no numbers yet and are
} not counted here.</i>
analytics-blind = <i>No views here; not told to a bot by: { $platforms }.</i>
analytics-days = { $n } d
analytics-section-totals = Totals
analytics-section-platforms = Channels
analytics-section-kinds = Kinds
analytics-section-hours = Hours
analytics-section-top = Best
analytics-section-how = Method
analytics-csv = 📄 Get CSV
analytics-csv-caption = { $n } { $n ->
    [one] publication
   *[other] publications
}. Opens in Excel and Google Sheets.
analytics-other = 📦 Another product
analytics-pick = 📊 Whose analytics shall I show?
analytics-no-product = 📊 There is no product yet, and nothing to count. Add the first one: a name is enough.
analytics-column-channel = Channel
analytics-column-posts = Posts
analytics-column-engagements = Engaged
analytics-column-views = Views
analytics-column-kind = Kind
analytics-column-hour = Hour
analytics-column-usual = To usual
analytics-no-kind = No kind
analytics-kinds-hint = <i>×1 is “as usual” for the platform in this period. A dash: fewer than { $n } posts with numbers, too early to compare.</i>
analytics-hours-bars = When posts went out, from 0 to 23 o'clock:
    <code>{ $bars }</code>
analytics-top-hint = 🏆 Best against a usual post of their platform:
analytics-top-empty = The posts of this period have no numbers yet, so there is nothing to compare.
analytics-how-forecast = <b>A forecast</b> comes only from your own posts on the same platform, from { $needed } posts with numbers that are more than a day old. A property of a post counts when chance does not explain its effect. { $level } posts in 100 end up in the interval.
analytics-how-prior = <b>What is assumed</b> while there is little data: 2–3 engagements per 100 impressions, or 1 per 100 followers where there are no impressions. It weighs as much as { $weight } { $weight ->
    [one] post
   *[other] posts
}. When the followers are unknown too, nothing is assumed.
analytics-how-times = <b>A best time</b> is named from { $needed } posts on, and only when an hour or a weekday stands out more than chance would have it. Otherwise the usual hours are offered, and it says so.
analytics-how-held = <b>Check:</b> in this period { $inside } of { $n } { $n ->
    [one] forecast
   *[other] forecasts
} came true within the interval.
analytics-how-not-held = <b>Check:</b> no post with a forecast went out in this period.
analytics-invites = By invitation links, since the beginning:
analytics-invite = 🔗 { $name } ({ $link }): { $n ->
        [one] <b>{ $n }</b> person came
       *[other] <b>{ $n }</b> people came
    }
analytics-invite-unnamed = without a name
