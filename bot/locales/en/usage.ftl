usage-title = 💳 <b>What AI has cost</b>
usage-open = 💳 Costs
usage-nothing = AI has not worked this month.
usage-day = <b>Today:</b> { $cost } · { NUMBER($calls) } { $calls ->
    [one] call
   *[other] calls
}
    tokens: { $given } read, { $made } written
usage-month = <b>This month:</b> { $cost } · { NUMBER($calls) } { $calls ->
    [one] call
   *[other] calls
}
    tokens: { $given } read, { $made } written
usage-left-day = 🛑 Cap for a day { $cap }: { $left } left
usage-left-month = 🛑 Cap for a month { $cap }: { $left } left
usage-warn-day = 🔔 You will be told when a day costs more than { $limit }
usage-warn-month = 🔔 You will be told when a month costs more than { $limit }
usage-no-cap = No spending cap is set.
usage-unpriced = ❔ Price unknown, not in the sum: { $models }
usage-unknown = unknown
usage-by-products = 💳 <b>This month by product</b>
usage-by-models = 💳 <b>This month by model</b>
usage-by-purposes = 💳 <b>This month by purpose</b>
usage-by-days = 💳 <b>The last { $n ->
    [one] day
   *[other] { $n } days
}</b>
usage-column-calls = calls
usage-column-cost = cost
usage-no-product = No product
usage-cut-total = Total
usage-cut-products = By product
usage-cut-models = By model
usage-cut-purposes = By purpose
usage-cut-days = By day
usage-purpose-generate = New posts
usage-purpose-automation = Posts by automations
usage-purpose-repair = Repairs
usage-purpose-improve = Improvements
usage-purpose-voice = Reading a voice
usage-purpose-adapt = For platforms
usage-purpose-predict = Forecasts
usage-cap-day = { $left } of { $cap } is left for today, and this text may cost up to { $needs }.
usage-cap-month = { $left } of { $cap } is left for this month, and this text may cost up to { $needs }.
usage-limits = 🛑 Caps
