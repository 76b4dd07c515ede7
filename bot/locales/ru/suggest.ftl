suggest-title = 💡 <b>Что можно сделать</b> · { $name }
suggest-empty = Сейчас подсказать нечего. Загляните, когда выйдут новые посты.
suggest-no-product = Сначала нужен продукт: подсказки относятся к нему. Как он называется?
suggest-line-approvals_expiring = ⏳ { $n ->
    [one] Одобрение { $n } поста истечёт
    [few] Одобрения { $n } постов истекут
   *[many] Одобрения { $n } постов истекут
} в ближайшие сутки. Запланируйте, пока оно в силе.
suggest-line-empty_tomorrow = 📅 На завтра ничего не запланировано. { $n ->
    [0] Готовых черновиков нет.
    [one] Есть { $n } черновик.
    [few] Есть { $n } черновика.
   *[many] Есть { $n } черновиков.
}
suggest-line-drafts_waiting = 📝 { $n ->
    [one] { $n } черновик ждёт
    [few] { $n } черновика ждут
   *[many] { $n } черновиков ждут
} решения дольше трёх дней, самый старый { $days } { $days ->
    [one] день
    [few] дня
   *[many] дней
}.
suggest-line-milestone_followers = 🎯 { $platform }: подписчиков уже { $n }, до { $target } рукой подать. Пост можно подготовить заранее.
suggest-line-milestone_posts = 🎯 { $left ->
    [one] Остался { $left } пост
    [few] Осталось { $left } поста
   *[many] Осталось { $left } постов
} до { $target }-го.
suggest-line-works = 📈 { $platform }: { $what } { $change } к остальным постам, судя по { $n } { $n ->
    [one] посту
   *[other] постам
}.
suggest-line-gap = 🗓 Поста «{ $kind }» не было { $days } { $days ->
    [one] день
    [few] дня
   *[many] дней
}.
suggest-open = { $place } · 📝 Открыть пост
suggest-drafts = { $place } · 📝 Черновики
suggest-write = { $place } · ✨ Набросать
suggest-write-kind = { $place } · ✨ { $kind }
suggest-not-now = Не сейчас
suggest-put-away = Хорошо, неделю об этом не напомню.
suggest-stale = Этой подсказки уже нет. Вот что есть сейчас.
suggest-ask-idea = ✨ О чём пост для «{ $name }»? Напишите мысль, и я сделаю черновик.
suggest-ask-idea-kind = ✨ О чём пост «{ $kind }» для «{ $name }»? Напишите мысль, и я сделаю черновик этого вида.
