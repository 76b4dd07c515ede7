outlets-title = 📣 <b>Where does post #{ $number } go out?</b> { $on } of { $total } are on.
    A platform that is off does not get the post. This is part of the version: a change wants an approval.
outlets-last = ☝️ At least one platform has to stay on.
