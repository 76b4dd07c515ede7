schedule-title = 🗓 <b>Когда публикуем?</b> Сейчас { $clock } ({ $zone }).
schedule-defaults = ⭐ Это часы по умолчанию ({ $hours }), а не вывод из вашей истории.
schedule-optimal = 🎯 В ближайший удачный час
schedule-in = { $distance }
schedule-type = ⌨️ Ввести время
schedule-hours = 🗓 <b>{ $day }</b>: в котором часу?
schedule-day-over = 🗓 <b>{ $day }</b>: день уже закончился. Выберите другой.
schedule-echo = 🗓 Пост <b>{ $title }</b> выйдет
    <b>{ $when }</b> ({ $zone })
    { $distance }.
schedule-shift = { $sign }{ $minutes } мин
schedule-confirm = ✅ Запланировать
schedule-anyway = ✅ Всё равно на это время
schedule-done = 🗓 Запланировано: { $when }.
schedule-ask-time = ⌨️ Напишите, когда: <code>18:30</code>, <code>завтра 9:00</code>, <code>пт 18:30</code>, <code>через 5 минут</code>, <code>06.03 10:00</code> или <code>2026-12-01 10:00</code>.
schedule-not-a-time = Не понял время. Напишите, например, <code>завтра 18:30</code> или <code>через 5 минут</code>.
schedule-past = { $when }: это время уже прошло. Выберите другое.
