proposal-title = ✍️ <b>Draft #{ $number } · { $product }</b>
    Written by “{ $rule }”.
proposal-approve = ✅ Approve
proposal-open = 🔎 Open the card
proposal-reject = Put away
proposal-rule = ⚙️ The rule
proposal-stale = This has been decided already, or the draft has changed.
proposal-edited = You have changed this draft since: decide about it on its card.
proposal-when-now = Once approved, it goes out at once.
proposal-when-at = Once approved, it goes out at the time the rule names.
proposal-when-optimal = Once approved, it goes out at the best free time.
proposal-when-next = Once approved, it takes the next free slot.
proposal-when-distributed = Once approved, it goes out on one platform after another, a few hours apart.
proposal-timeout-publish = Without your answer it goes out by itself: { $when }.
proposal-timeout-drop = Without your answer it is put away: { $when }.
proposal-rejected = Put away. Nothing goes out.
proposal-dropped = Nobody answered in time, so it was put away. Nothing goes out.
proposal-approved = ✅ Approved.
proposal-planned = ✅ Approved: { $when }.
proposal-because-findings = This rule acts by itself, but here something is stated that the event did not say. Please look.
proposal-because-no-ai = This rule acts by itself, but AI could not be asked and the text is from a template. Please look.
proposal-because-missing = This rule acts by itself, but the event lacked some of the values. Please look.
proposal-because-blocked = This rule acts by itself, but a platform would refuse the post as it is. Please look.
proposal-because-no-channel = This rule acts by itself, but no channel it is meant for is connected.
proposal-because-day-full = This rule acts by itself, but the day has as many posts as you allow.
proposal-because-other = This rule acts by itself, but something stood against it: { $code }. Please look.
automation-note = 🔔 <b>{ $rule } · { $product }</b>
automation-failed = ❗️ <b>“{ $rule }” has failed · { $product }</b>
automation-open-log = 🔎 Its log
automation-why-invalid = The rule cannot be read. Open it and see what is wrong.
automation-why-no-channel = No channel it is meant for is connected.
automation-why-no-template = The template it names is not there.
automation-why-no-product = The product it names is not there.
automation-why-no-secret = The product has no webhook secret, and a call has to be signed. Make one on the product's screen.
automation-why-empty = The event lacked the values the text needs, and nothing was left of it.
automation-why-private-address = The address leads into a network that is not public.
automation-why-gave-up = Several tries in a row did not come to an end.
automation-why-transient = The other side could not be reached in several tries.
automation-why-other = Reason: { $code }.
automation-loop = 🔁 <b>“{ $rule }” was stopped · { $product }</b>
    What it does sets it off again. It went round as often as you allow, and no further.
autonomy-offer = { $n ->
        [0] ⚙️ <b>“{ $rule }” · { $product }</b>
            This rule has changed since, so the offer no longer stands.
        [one] ⚙️ <b>“{ $rule }” · { $product }</b>
            You have approved its last draft without an edit. Let it publish by itself? The first mishap makes it ask again.
       *[other] ⚙️ <b>“{ $rule }” · { $product }</b>
            You have approved its last { $n } drafts without an edit. Let it publish by itself? The first mishap makes it ask again.
    }
autonomy-grant = Let it act by itself
autonomy-granted = ⚙️ <b>“{ $rule }” · { $product }</b>
    It publishes by itself from now on. The first mishap makes it ask again.
autonomy-ended = ⚙️ <b>“{ $rule }” asks again · { $product }</b>
autonomy-why-edited = You changed or deleted what it had published by itself.
autonomy-why-rejected = You put its draft away.
autonomy-why-failed = A run or a post of it has failed.
autonomy-why-other = Reason: { $code }.
autonomy-decline = Keep asking
autonomy-declined = ⚙️ <b>“{ $rule }” · { $product }</b>
    It goes on asking. Its own card can still let it act by itself.
proposal-because-picture = The picture that the event names could not be had; the post stands without it. One can be added by hand.
