events-title = 📨 <b>События</b> · { $n }
events-title-narrowed = 📨 <b>События</b> · { $filters } · { $n }
events-not-received = ⚠️ Принимать события эта версия ещё не умеет, и автоматизации по ним не запускаются. Здесь видно то, что есть в базе.
events-empty = Событий пока нет.
events-none = По этим условиям событий нет.
events-line = { $mark } { $when } · <b>{ $type }</b> · { $product }
events-by-type = 🏷 Тип
events-all = ✖️ Сбросить
events-which-type = 🏷 События какого типа показать?
events-every-type = Все типы
events-back = ‹ События
events-clear = 🧹 Удалить старые
events-clear-yes = 🗑 Удалить
events-ask-age = 🧹 Какие события удалить?
events-ask-age-of = 🧹 Какие события продукта «{ $name }» удалить?
events-older = Старше { $days } { $days ->
    [one] дня
   *[other] дней
} · { $n }
events-ask-clear = Удалить { $n } { $n ->
    [one] событие
    [few] события
   *[many] событий
} старше { $days } { $days ->
    [one] дня
   *[other] дней
}? Вернуть их будет нельзя.
events-ask-clear-of = Удалить { $n } { $n ->
    [one] событие
    [few] события
   *[many] событий
} продукта «{ $name }» старше { $days } { $days ->
    [one] дня
   *[other] дней
}? Вернуть их будет нельзя.
events-nothing-old = Событий старше { $days } { $days ->
    [one] дня
   *[other] дней
} нет: удалять нечего.
events-cleared = 🧹 Удалено: { $n } { $n ->
    [one] событие
    [few] события
   *[many] событий
}.
events-cleared-already = Удалять уже нечего.
event-title = 📨 <b>{ $type }</b> · { $product }
    { $when }
event-processed = ✅ Обработано
event-waiting = ⏳ Не обработано
event-copy-id = 📋 Скопировать номер
