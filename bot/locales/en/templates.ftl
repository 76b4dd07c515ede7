templates-title = 🧩 <b>Templates</b> · { $n }
templates-empty = 🧩 There are no templates. Make the first one.
templates-empty-narrowed = 🧩 There are no templates like that.
templates-line-alike = {"  "}<b>{ $name }</b> · { $source }
templates-line = {"  "}<b>{ $name }</b> · { $kind } · { $source }
templates-narrowed = Only shown: { $what }
templates-narrow = 🏷 Filter
templates-narrow-about = 🏷 What shall I show? It takes effect at once.
templates-new = ➕ New template
templates-back = ‹ Templates
templates-source-all = all
templates-source-system = shipped
templates-source-global = for all products
templates-source-product = of this product
template-from-system = shipped
template-from-global = for all products
template-from-product = of this product
templates-kind-any = any post
templates-language-any = any language
templates-language-ru = русский
templates-language-en = English

template-title = 🧩 <b>{ $name }</b> · { $source }
template-kind = Post: { $kind }
template-format = Form: { $format }
template-single = single post
template-thread = thread
template-language = Language: { $language }
template-variables = Variables: <code>{ $names }</code>
template-no-variables = No variables
template-platforms = Platforms: { $platforms }
template-no-text = <i>No text: only AI writes after it, by the hints.</i>
template-hints = ✨ <b>Hints for AI:</b> { $hints }
template-example = 💡 <b>Example:</b> { $example }
template-unreadable = ⚠️ This template is stored wrongly and cannot be filled in.
template-fill = ✍️ Fill in
template-with-ai = ✨ From an idea, by AI
template-edit = ✏️ Edit
template-copy = 📄 Copy
template-copy-name = { $n ->
    [1] { $name } (copy)
   *[other] { $name } (copy { $n })
}
template-copied = 📄 Here is the copy. It is yours: change whatever you like.
template-delete = 🗑 Delete
template-delete-yes = 🗑 Delete the template
template-ask-delete = Delete the template “{ $name }”? It cannot be brought back. { $n ->
    [0] No post was made from it.
    [one] { $n } post made from it stays as it is.
   *[other] { $n } posts made from it stay as they are.
}
template-deleted = 🗑 The template is deleted.
template-stale = That button was from an earlier screen, so nothing was done. This is how things are now.

template-ask-variable = ✍️ <b>{ $name }</b> · { $number } of { $total }
    What shall stand here? Write it as a message; formatting is kept.
template-variable-example = 💡 For example: { $example }
template-skip = Skip
template-use-example = 💡 Take the example
template-preview = 🧩 <b>{ $name }</b> · as { $platform } shows it
template-missing = { $n ->
    [one] ▫️ Not filled in: <code>{ $names }</code>. The line with this variable is left out.
   *[other] ▫️ Not filled in: <code>{ $names }</code>. The lines with these variables are left out.
}
template-count = 📏 Characters: { $counts }
template-draft = 📝 Make a draft
template-keep-example = 💡 Keep as the example
template-example-kept = 💡 This is the template's example now.
template-fill-again = ✍️ Fill in anew
template-drafted = 🧩 A draft from the template.
template-nothing = Nothing is filled in, so there is nothing to make a draft of. Fill in one variable at least.
template-no-product = A product comes first: the draft has to belong to one. Add it in /products.
template-ask-idea = ✨ What is the post about? Write an idea, and AI writes the post after the template “{ $name }”.

template-editing = ✏️ <b>{ $name }</b>
    What shall be changed?
template-edit-name = 🏷 Name
template-edit-about = 📄 Description
template-edit-text = ✏️ Text
template-edit-hints = ✨ Hints for AI
template-edit-kind = 📣 Kind of post
template-edit-platforms = 🌐 Platforms
template-make-thread = 🧵 Make it a thread
template-make-single = 📄 Make it a single post
template-for-all = 📦 For all products
template-for-one = 📦 Only for “{ $name }”
template-ask-kind = 📣 For which posts is this template?
template-ask-format = Does it make a single post or a thread?
template-ask-platforms = 🌐 For which platforms is it? With none marked it is for all.
template-ask-new = 🧩 What shall the template be called? Write its name.
template-ask-name = 🏷 Write the new name.
template-ask-about = 📄 What is the template for? One message, up to { $limit } characters.
template-ask-text = ✏️ Write the text. Variables stand in braces: <code>&#123;title&#125;</code>. A line whose variable has no value disappears. I fill in <code>&#123;product.name&#125;</code>, <code>&#123;emoji?&#125;</code> and <code>&#123;must_say&#125;</code> without asking.
template-ask-thread = 🧵 Write the parts of the thread in one message, with a line of three dashes between them: <code>---</code>. Variables stand in braces: <code>&#123;title&#125;</code>. A line whose variable has no value disappears.
template-ask-hints = ✨ What shall AI keep in mind when it writes after this template? Up to { NUMBER($limit) } characters.
template-clear = 🧹 Clear
template-saved = ✅ Saved.
template-saved-as = ✅ “{ $name }”: saved.
template-made = ✅ The template is ready. Try filling it in.
template-tap = Here a button is to be tapped.
