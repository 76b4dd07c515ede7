groups-title = 👥 <b>Groups</b>
    In these groups I answer owners: I show the status, the queue, drafts and costs. Whatever changes something stays in the private chat, and nobody else gets an answer there.
groups-none = None yet.
groups-line = • { $title } (<code>{ $id }</code>)
groups-add = ➕ Add a group
groups-forget = ✖️ { $title }
groups-open = 👥 Groups
groups-allow = 💬 Answer me in this group
groups-allowed = ✅ I answer in the group “{ $title }” from now on.
groups-ask = 👥 <b>Which group?</b>
    Add me to it first, then send its name (<code>@name</code>), a t.me link or its numeric id.
groups-bad-name = This does not look like a group. Send <code>@name</code>, a t.me/… link, or an id such as <code>-1001234567890</code>.
groups-unknown = I see no such group. Add me to it and try again.
groups-no-group = This is no group. Channels are connected in /channels.
groups-too-many = There are { $limit } groups already, which is the most. Take one off first.
groups-private = 💬 Private chat
groups-not-here = That is done in the private chat.
groups-secret = Keys and tokens do not belong into a group. Send them in the private chat when I ask; better make this one anew.
