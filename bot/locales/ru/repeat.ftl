repeat-ask = 🔁 <b>Повторять пост { $number }</b>. Как часто?
repeat-already = Сейчас: { $rhythm }. Новый выбор заменит его.
repeat-daily = Каждый день
repeat-workdays = По будням
repeat-weekly = Раз в неделю…
repeat-monthly = Раз в месяц…
repeat-open = Открыть повтор
repeat-ask-weekday = 🔁 В какой день недели?
repeat-ask-month-day = 🔁 Какого числа?
repeat-ask-hour = 🔁 Во сколько? Часы: { $zone }.
repeat-type = ⌨️ Другое время
repeat-ask-typed = 🔁 Напишите время, например <code>18:30</code>.
repeat-bad-hour = Не разобрал. Напишите время так: 18:30.
repeat-look = 🔁 <b>Пост { $number }</b>, версия { $version }: { $rhythm } ({ $zone }). Ближайшие даты:
repeat-date = • { $when }
repeat-means = Каждый раз выйдет та же версия, уже без вопроса. За сутки копия появится в очереди: там её можно поправить или отменить.
repeat-start = 🔁 Повторять
repeat-other-hour = ⏰ Другое время
repeat-started = 🔁 Повторяю: { $rhythm }.
repeats-empty = 🔁 Ни один пост не повторяется. Повтор включается на карточке: «Ещё», потом «Повторять».
repeats-title = 🔁 <b>Повторы</b> · { $n }
repeats-line = { $mark } <b>#{ $number }</b> { $excerpt }
repeats-back = ‹ Повторы
repeats-open = 🔁 Повторы · { $n }
repeat-title = 🔁 <b>Пост #{ $number }</b>: { $excerpt }
repeat-next = { $rhythm }, следующий: { $when }
repeat-off = { $rhythm }, сейчас выключен
repeat-made = Поставлено в очередь: { $n } { $n ->
    [one] раз
    [few] раза
   *[many] раз
}.
repeat-other-version = Повторяется версия { $repeated }, у поста уже версия { $current }. Чтобы повторять её, нажмите «Изменить».
repeat-pause = ⏸ Выключить
repeat-resume = ▶️ Включить
repeat-change = ✏️ Изменить
repeat-card = 📄 Пост
repeat-stop = Больше не повторять
repeat-queue = 🗓 Очередь
repeat-gone = Этого повтора уже нет.
repeat-stale = Кнопка была со старого экрана, ничего не изменилось. Вот как сейчас.
repeat-stopped = Больше не повторяю. То, что уже стоит в очереди, осталось там.
told-repeat-skipped = 🔁 Повтор поста #{ $number } пропущен: { $moment }. { $why }
told-repeat-why-missed = NEXUS в это время не работал.
told-repeat-why-busy = Прошлая копия ещё не вышла.
told-repeat-why-full = По вашим правилам до следующего раза нет свободного времени.
told-repeat-why-refused = Ни один канал продукта не подключён.
told-repeat-next = Следующий: { $when }.
