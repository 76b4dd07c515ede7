schedule-title = 🗓 <b>Когда публикуем?</b> Сейчас { $clock } ({ $zone }).
schedule-optimal = 🎯 Лучшее время
schedule-in = { $distance }
schedule-type = ⌨️ Ввести время
schedule-hours = 🗓 <b>{ $day }</b>: в котором часу?
schedule-day-over = 🗓 <b>{ $day }</b>: день уже закончился. Выберите другой.
schedule-echo = 🗓 Пост <b>{ $title }</b> выйдет
    <b>{ $when }</b> ({ $zone })
    { $distance }.
schedule-shift = { $sign }{ $minutes } мин
schedule-confirm = ✅ Запланировать
schedule-confirm-anyway = ✅ Всё равно запланировать
schedule-anyway = ✅ Всё равно на это время
schedule-done = 🗓 Запланировано: { $when }.
schedule-ask-time = ⌨️ Напишите, когда: <code>завтра 18:30</code>, <code>через 2 часа</code>, <code>в пятницу утром</code>, <code>5 марта в 10</code> или <code>2026-12-01 10:00</code>.
schedule-past = { $when }: это время уже прошло. Выберите другое.
schedule-maybe = Может быть, так? Или напишите другое время.
schedule-again = Напишите, например, <code>завтра 18:30</code>, <code>в пятницу утром</code> или <code>через 5 минут</code>.
schedule-doubt-hour = В котором часу? Выберите или напишите день вместе со временем.
schedule-doubt-half = Утром или вечером? Выберите или напишите точнее.
schedule-doubt-week = На этой неделе или на следующей? Выберите или напишите дату.
schedule-doubt-day = В какой день? Выберите или напишите точнее.
schedule-doubt-day-month = Где здесь день, а где месяц? Выберите или напишите месяц словом.
schedule-doubt-night = В какую из ночей? Выберите или напишите точное время.
schedule-doubt-twice = В эту ночь часы переводят назад, и такое время наступит дважды. Какое из двух?
schedule-doubt-meaning = Это можно понять по-разному. Что вы имели в виду?
schedule-refused-not-a-time = Не понял время.
schedule-refused-now = Чтобы опубликовать сразу, вернитесь к посту и нажмите «Сейчас».
schedule-refused-no-such-date = Такого дня в календаре нет.
schedule-refused-no-such-time = Такого времени на часах не бывает.
schedule-refused-past = Это время уже прошло.
schedule-refused-skipped = В эту ночь часы переводят вперёд, и такого времени не будет.
schedule-refused-too-far = Это дальше чем через год: так далеко не запланировать.
schedule-slot = ⏭ Ближайшее окно
schedule-calendar = 📆 Календарь
schedule-best = ⭐ { $when } · +{ $percent } % · постов: { $n }
schedule-usual = 🕙 { $when }
schedule-why-own = ⭐ В эти часы ваши посты набирали больше обычного. Вывод по { $n } { $n ->
    [one] посту
   *[other] постам
} с показателями.
schedule-why-few = 🕙 Это часы по умолчанию. Чтобы подсказать лучшие, нужно { $needed } постов с показателями, а пока их { $n }.
schedule-why-even = 🕙 Это часы по умолчанию: по { $n } { $n ->
    [one] посту
   *[other] постам
} с показателями разницы между часами не видно.
schedule-spread = ↔️ По очереди: площадки с шагом 2–4 часа
schedule-month = 📆 <b>{ $month }</b>: в какой день?
schedule-month-busy = Точка у числа: посты на этот день уже есть.
schedule-hours-taken = В скобках: занято или тихие часы.
schedule-warning-same-text = ⚠️ Такой же текст уже есть в посте #{ $number } на той же площадке: { $when }.
schedule-warning-same-hour = ⚠️ Меньше чем в часе от этого времени выходит пост #{ $number }: { $when }.
