days-silence = 💤 <b>“{ $product }”: no posts for a while</b>
    The last one went out { $when }, and nothing is planned for the next day.
days-tomorrow = 🗓 <b>“{ $product }”: nothing planned for tomorrow</b>
    { $day }: the calendar is empty.
days-too-many = 🚦 <b>“{ $product }”: rather many posts today</b>
    { $where }: { $n }, and the limit is { $limit }. Some can be moved.
days-where-all = Published and planned
days-where-platform = Published and planned on { $platform }
days-show = 📅 Show this day
days-new = ✏️ New post
days-week = 🗓 Plan a week
days-quiet = 🔕 Do not tell me of this again
