automations-title = ⚙️ <b>Automations</b> · { $n }
automations-empty = ⚙️ There are no automations yet. Describe them in a file and run <code>nexus import FILE</code>.
automations-line = { $mark } <b>{ $name }</b> · { $product }
automations-back = ‹ Automations
automation-title = { $mark } <b>{ $name }</b> · { $product }
automation-head-when = <b>When</b>
automation-head-if = <b>If</b>
automation-head-do = <b>Then</b>
automation-nothing = –
automation-more = and { $n } more
automation-next = ⏭ Next by its schedule: { $when }
automation-never = ⏭ By this schedule it never runs.
automation-ran = Ran { $n } { $n ->
    [one] time
   *[other] times
}, last { $when }
automation-ran-never = Has not run yet
automation-trigger-event = the event “{ $event }” comes in
automation-trigger-event-from = the event “{ $event }” comes in (source: { $source })
automation-trigger-schedule-in = { $rhythm } ({ $zone })
automation-trigger-bad-cron = on a schedule that cannot be read: <code>{ $cron }</code>
automation-trigger-metric = the metric “{ $metric }” changes: { $condition }
automation-trigger-other = an unknown trigger: { $kind }
automation-cron = on the schedule <code>{ $cron }</code>
automation-daily = every day at { $time }
automation-on-workdays = on weekdays at { $time }
automation-on-weekdays = { $days } at { $time }
automation-on-month-days = on day { $days } of the month at { $time }
automation-every-minutes = { $n ->
    [one] every minute
   *[other] every { $n } minutes
}
automation-every-hours = { $n ->
    [one] every hour
   *[other] every { $n } hours
}, at minute { $minute }
automation-condition = • { $field } { $op } { $value }
automation-condition-bare = • { $field } { $op }
automation-condition-other = • { $text }
automation-group-all = • all of these:
automation-group-any = • at least one of these:
automation-group-not = • not this:
automation-op-eq = =
automation-op-ne = ≠
automation-op-gt = &gt;
automation-op-ge = ≥
automation-op-lt = &lt;
automation-op-le = ≤
automation-op-in = is one of
automation-op-not-in = is none of
automation-op-contains = contains
automation-op-not-contains = does not contain
automation-op-starts = starts with
automation-op-ends = ends with
automation-op-matches = matches
automation-op-exists = is there
automation-op-not-exists = is not there
automation-op-between = is between
automation-op-milestone = reaches a milestone of
automation-action = { $number }. { $what }
automation-do-generate = write a post
automation-do-publish = publish
automation-do-notify = tell you
automation-do-cross-promote = tell of it in another product
automation-do-repost = repost
automation-do-wait = wait
automation-do-branch = choose a branch
automation-do-save-as-template = save as a template
automation-do-call-webhook = call an address
automation-do-pause = pause
automation-with-template = template “{ $name }”
automation-when = time: { $mode }
automation-after = after { $delay }
automation-to = { $host }
automation-product = product: { $value }
automation-message = “{ $value }”
automation-mode-now = at once
automation-mode-at = as set
automation-mode-optimal = the best
automation-mode-slot = the next free slot
automation-mode-next = the next free slot
automation-mode-distributed = platforms in turn
automation-mode-queue = in turn
automation-metric-engagement = engagement
automation-metric-followers = followers
automation-metric-reach = reach
automation-metric-impressions = impressions
automation-metric-likes = reactions
automation-metric-comments = comments
automation-metric-shares = reposts
automation-metric-views = views
automation-metric-clicks = clicks
automation-switch-on = ▶️ Switch on
automation-switch-off = ⏸ Switch off
automation-switched-on = ▶️ “{ $name }” is on.
automation-switched-off = ⏸ “{ $name }” is off.
automation-log = 📜 Log · { $n }
automation-log-title = 📜 <b>Log</b> · { $name } · { $n }
automation-log-empty = Nothing is logged yet.
automation-run-success = ✅ { $when }: done
automation-run-failed = ❌ { $when }: failed
automation-run-skipped = ⏭ { $when }: skipped
automation-run-other = • { $when }: { $status }
automation-run-reason = {"  "}{ $reason }
automation-run-action = {"  "}<code>{ $text }</code>
automation-delete = 🗑 Delete
automation-ask-delete = Delete the automation “{ $name }”? { $n ->
    [0] Its log is empty.
    [one] { $n } row of its log goes with it.
   *[other] { $n } rows of its log go with it.
} Only importing it again can bring it back.
automation-deleted = 🗑 The automation is deleted.
automation-kept = Nothing was deleted: it is gone already, or has changed since the question.
automation-run-running = ⏳ { $when }: under way
automation-run-cancelled = ⏹ { $when }: ended early
automation-result-success = done
automation-result-failed = failed
automation-result-skipped = nothing to do
automation-result-waiting = waits
automation-step = {"  "}{ $what }: { $result }
automation-step-why = {"  "}{ $what }: { $result } ({ $why })
automation-step-draft = {"  "}{ $what }: { $result } · #{ $number }
automation-skip-conditions = {"  "}The conditions did not hold:
automation-skip-cooldown = {"  "}It had acted a moment before: the rest you set was not over.
automation-skip-limit-hour = {"  "}It had acted as often in this hour as you allow.
automation-skip-limit-day = {"  "}It had acted as often in this day as you allow.
automation-skip-paused = {"  "}Everything was paused.
automation-skip-paused-product = {"  "}The product was paused.
automation-skip-hops = {"  "}It had set itself off as often in a row as you allow.
automation-skip-invalid = {"  "}The rule cannot be read.
automation-skip-other = {"  "}Reason: { $code }.
automation-unmet = {"  "}• { $wanted }; it was { $actual }
automation-unmet-missing = {"  "}• { $wanted }; the event said nothing of it
