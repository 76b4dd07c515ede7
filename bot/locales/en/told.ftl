told-published = ✅ <b>Published</b> · #{ $number } · { $channel }
    { $when }
    <blockquote>{ $excerpt }</blockquote>
told-link = 🔗 { $url }
told-failed = ❌ <b>Not published</b> · #{ $number } · { $channel }
    <blockquote>{ $excerpt }</blockquote>
    { $reason }
told-failed-reconnect = The channel's key no longer works. Connect the channel again, then tap Try again.
told-failed-edit = The platform refused the post itself. Edit it, then try again or reschedule.
told-failed-retry = The platform did not answer in five tries. Try again or reschedule.
told-failed-any = You can try again, edit the post or reschedule it.
told-uncertain = ❔ <b>Is post #{ $number } live?</b> · { $channel }
    The request left and the platform's answer never came. I will not repeat it on my own, so that the post does not go out twice. Look into the channel:
    <blockquote>{ $excerpt }</blockquote>
told-late = ⌛️ <b>{ $cause ->
        [pause] Their time passed during the pause
        [quiet] Their time fell into the quiet hours
        [outage] Their time passed while NEXUS was not running or the channel was out of reach
       *[other] Their time passed and they did not go out
    }</b>
    { $n ->
        [one] One post waits
       *[other] { $n } posts wait
    } for your decision:
told-late-line = • <b>#{ $number }</b> { $when } · { $channel } · { $excerpt } { $state }
told-late-more = and { $n } more
told-late-choose = ⌛️ Decide one by one. Waiting for you: { $n }
told-late-decided = ⌛️ All of these are decided.
told-late-scheduled = 🗓
told-late-publishing = 📤
told-late-published = ✅
told-late-failed = ❌
told-late-cancelled = ✖️
told-late-uncertain = ❔
told-late-missed = ⌛️
told-missed-late = ⌛️ <b>Post #{ $number } was skipped</b> · { $channel }
    It should have gone out { $when }; your settings skip late posts.
    <blockquote>{ $excerpt }</blockquote>
told-missed-approval = ⌛️ <b>Post #{ $number } did not go out</b> · { $channel }
    At its time ({ $when }) its current version was not approved.
    <blockquote>{ $excerpt }</blockquote>
told-channel-error = ⚠️ <b>The channel { $name } ({ $platform }) does not let us in</b>
    { $reason }
    Its queue waits and loses nothing. Connect it again, and it goes on.
told-channel-expires = ⏳ <b>The access to the channel { $name } ({ $platform }) ends soon</b>
    { $when }. It cannot be renewed without you: connect the channel again, it takes a minute.
told-channel-expired = ⏳ <b>The access to the channel { $name } ({ $platform }) has ended</b>
    Connect the channel again: until then nothing can be published there.
told-channel-expires-queue = { $text }
    { $n ->
        [one] { $n } post of its queue waits and will not get lost
       *[other] { $n } posts of its queue wait and will not get lost
    }.
told-keys-created = 🔑 <b>Encryption keys were created</b>
    Your channels' credentials are encrypted with them. Copy them to a safe place: <code>{ $path }</code>
    Without them the channels must be connected again.
told-update-set-aside = ⚠️ <b>One message had to be set aside</b>
    The bot began on what came { $when } { $n ->
        [one] once
       *[other] { $n } times
    } and stopped each time. I will not try it again: see whether everything is in place, and do it once more if not.
told-settings-unreadable = ⚙️ <b>Some settings cannot be read</b>
    They are <code>{ $fields }</code>: the database holds what cannot stand there. Defaults are in force meanwhile, and where a pause or a cap cannot be read, the careful side: paused, nothing spent. Status can put it right.
told-model-replaced = ⚙️ <b>Models in the settings are no longer served</b>
    { $models }
    There is nothing you have to do: the new one writes already. You can choose another one in /settings.
told-open = 🔎 Open the publication
told-queue = 📅 Queue
told-channel = 📣 Channel
told-ai-warn-day = 🔔 AI has cost { $spent } today, more than { $limit }. It goes on working.
told-ai-warn-month = 🔔 AI has cost { $spent } this month, more than { $limit }. It goes on working.
told-ai-cap-day = 🛑 <b>The day's cap for AI</b>
    { $spent } of { $limit } is spent, which may not leave enough for another text. Until tomorrow drafts are made from templates.
told-ai-cap-month = 🛑 <b>The month's cap for AI</b>
    { $spent } of { $limit } is spent, which may not leave enough for another text. Until the month ends drafts are made from templates.
told-ai-limit = 💵 Change the limit
told-approval-expired = ⌛️ <b>The approval of post #{ $number } has expired</b>
    It has not been published. Have another look: without a new approval it does not go out.
    <blockquote>{ $excerpt }</blockquote>
told-approval-expired-planned = ⌛️ <b>The approval of post #{ $number } has expired</b>
    It is on the calendar ({ $when }) and does not go out without a new approval.
    <blockquote>{ $excerpt }</blockquote>
told-approve-again = ✅ Approve again
