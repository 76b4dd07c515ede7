events-title = 📨 <b>События</b> · { $n }
events-title-narrowed = 📨 <b>События</b> · { $filters } · { $n }
events-nobody-takes = Ни один продукт событий пока не принимает. Включить: продукт → «События».
events-by-outcome = 🎯 Итог
events-which-outcome = 🎯 События с каким итогом показать?
events-every-outcome = Любой итог
events-outcome-waiting = Ждут обработки
events-outcome-started = Запустили автоматизацию
events-outcome-nothing = Ничего не запустили
events-receiving = ⚙️ Приём событий
events-receiving-title = ⚙️ <b>Приём событий</b>
events-receiving-saved = ✅ Сохранено.
events-kept = 🗓 Обработанные события хранятся { $days } { $days ->
    [one] день
    [few] дня
   *[many] дней
}, потом удаляются сами.
events-kept-for-ever = 🗓 События хранятся, пока вы не удалите их сами.
events-limited = 🚦 Один продукт может прислать до { NUMBER($n) } { $n ->
    [one] события
   *[other] событий
} в минуту. Лишние получат отказ и подсказку, когда повторить.
events-days = { $days } { $days ->
    [one] день
    [few] дня
   *[many] дней
}
events-for-ever = Всегда
events-share = { NUMBER($n) } в минуту
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
event-nothing = ✅ Обработано, ни одна автоматизация не подошла
event-started = ⚡ { $n ->
    [one] Сработала { $n } автоматизация
    [few] Сработали { $n } автоматизации
   *[many] Сработало { $n } автоматизаций
}
event-replayed = 🔁 Это повтор более раннего события
event-replay = 🔁 Повторить
event-replay-yes = 🔁 Повторить
event-ask-replay = Обработать событие <b>{ $type }</b> продукта «{ $product }» ещё раз? Автоматизации увидят его как новое, с пометкой о повторе.
event-replay-done = 🔁 Событие повторено. Вот оно.
event-replayed-already = Это событие уже повторено. Вот последние события.
event-waiting = ⏳ Не обработано
event-copy-id = 📋 Скопировать номер
