media-title = 📎 <b>Files of post #{ $number }</b>{ $n ->
    [0] : none yet.
   *[other] {" "}· { $n }
}
media-line = { $n }. { $mark } { $name }
media-alt-line = {"    "}<i>{ $alt }</i>
media-alt-note =
    {""}
    A description is read by those who cannot see the picture. Telegram does not show it, other platforms do.
media-kind-image = photo
media-kind-video = video
media-kind-animation = animation
media-kind-audio = audio
media-kind-document = file
media-add = ➕ Add
media-one = 📎 <b>Post #{ $number }</b> · file { $n } of { $total }
media-up = ⬆️ Up
media-down = ⬇️ Down
media-alt = 💬 Description
media-remove = 🗑 Remove
media-list = ‹ All files
media-ask = ➕ Send photos, videos or files for post <b>#{ $number }</b>: as an album, or one by one. The address of a file on the web will do, too.
media-ask-alt = 💬 What is in picture { $n }? Describe it in a sentence or two.
media-alt-now = Now: <i>{ $alt }</i>
media-alt-forget = Remove the description
media-removed = 🗑 The file is out. The earlier version still has it.
media-added = 📎 Added. Send more, or go back to the draft.
media-not-added = ⚠️ The draft changed while you were adding. The last file was not added: tap “Add” once more.
media-alt-saved = 💬 The description is saved.
media-alt-forgotten = 💬 The description is gone.
media-too-many = A post has at most { NUMBER($limit) } files. This one was not added.
media-need-file = A file is wanted here. Send a photo, a video or a document, or tap “Back”. The words are changed with “Edit text”.
media-web = { $reason ->
    [private-address] This address leads into a private network. Files are fetched from the open web only.
    [too-large] The file behind this address is above { NUMBER($limit) } MB. Send a smaller one.
    [not-found] There is no file at this address. Check it, or send the file itself.
    [a-page] There is a page behind this address, not a file. Send the address of the picture or video itself.
    [not-kept] The file could not be kept: the storage does not answer. Try again in a moment.
    [bad-address] This is not an address that a file could be fetched from. It starts with https://.
   *[unreachable] This address does not answer. Try again later, or send the file itself.
}
