welcome-zone = 🕒 <b>Where do you live?</b> Posts go out by your clock.

    Choose, or type a city: “Kazan”, “Tbilisi”, “New York”. An offset will do, too: UTC+5.
    Now it is { $zone }, where it is { $time }.
welcome-zone-confirm = 🕒 { $place }: is it <b>{ $time }</b> at your place?
    <i>{ $zone }</i>
welcome-zone-yes = Yes, it is
welcome-zone-other = Another city
welcome-zone-which = 🕒 More than one place is called so. Which is yours?
welcome-zone-unknown = I found no “{ $text }”. Type the nearest large city or an offset such as UTC+5.
welcome-zone-kept = ✅ { $place } (<i>{ $zone }</i>), it is { $time } at your place.
welcome-product = 📦 <b>What is your product called?</b> A shop, an app, a blog: whatever we shall write about. You can add others later.
welcome-product-again = 📦 The product is called “{ $name }”. Type another name, or keep this one.
welcome-description = 📄 <b>What is “{ $name }”, and who is it for?</b> A sentence or two, up to { NUMBER($limit) } characters: posts take their facts from here. The voice can wait.
welcome-channel = 📣 <b>Where shall “{ $name }” be published?</b> Connect a Telegram channel or group. A test post shows whether it works.
welcome-skip = Skip
welcome-keep = Keep it
welcome-stale = That question is settled. Here is home.
welcome-done = 🎉 <b>All set!</b>
welcome-done-no-product = There is no product yet. Add one whenever you like: Products, on the home screen.
welcome-done-no-channel = Connect a channel for “{ $name }” whenever you like: /channels. Drafts work already.
welcome-done-try = <b>Try this:</b>
    • send a thought in one line: it becomes a draft;
    • send a finished text, or a photo with a caption: it stays yours word for word;
    • set the product's voice: /products, then Voice.
