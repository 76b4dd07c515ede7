usage-title = 💳 <b>Расходы на ИИ</b>
usage-open = 💳 Расходы
usage-nothing = В этом месяце ИИ ещё не работал.
usage-day = <b>Сегодня:</b> { $cost } · { NUMBER($calls) } { $calls ->
    [one] вызов
    [few] вызова
   *[many] вызовов
}
    токенов: { $given } прочитано, { $made } написано
usage-month = <b>В этом месяце:</b> { $cost } · { NUMBER($calls) } { $calls ->
    [one] вызов
    [few] вызова
   *[many] вызовов
}
    токенов: { $given } прочитано, { $made } написано
usage-left-day = 🛑 Предел на день { $cap }: осталось { $left }
usage-left-month = 🛑 Предел на месяц { $cap }: осталось { $left }
usage-warn-day = 🔔 Предупрежу, когда за день выйдет больше { $limit }
usage-warn-month = 🔔 Предупрежу, когда за месяц выйдет больше { $limit }
usage-no-cap = Предел расходов не задан.
usage-unpriced = ❔ Цена неизвестна, в сумму не вошли: { $models }
usage-unknown = неизвестно
usage-by-products = 💳 <b>Расходы за месяц по продуктам</b>
usage-by-models = 💳 <b>Расходы за месяц по моделям</b>
usage-by-purposes = 💳 <b>Расходы за месяц по задачам</b>
usage-by-days = 💳 <b>Расходы за { $n } { $n ->
    [one] день
    [few] дня
   *[many] дней
}</b>
usage-column-calls = раз
usage-column-cost = цена
usage-no-product = Без продукта
usage-cut-total = Всего
usage-cut-products = По продуктам
usage-cut-models = По моделям
usage-cut-purposes = По задачам
usage-cut-days = По дням
usage-purpose-generate = Новые посты
usage-purpose-automation = Посты по правилам
usage-purpose-repair = Исправления
usage-purpose-improve = Улучшения
usage-purpose-voice = Чтение голоса
usage-purpose-adapt = Под площадки
usage-purpose-predict = Прогнозы
usage-cap-day = На сегодня осталось { $left } из { $cap }, а этот текст может стоить до { $needs }.
usage-cap-month = До конца месяца осталось { $left } из { $cap }, а этот текст может стоить до { $needs }.
usage-limits = 🛑 Пределы
