resolve-retry = 🔁 Повторить
resolve-live = ✅ Пост на месте
resolve-again = 🔁 Его нет, отправить ещё раз
resolve-look = 🔍 Проверить ещё раз
resolve-late-publish = 🚀 Всё равно опубликовать
resolve-late-skip = ✖️ Пропустить
resolve-late-publish-all = 🚀 Опубликовать все
resolve-late-skip-all = ✖️ Пропустить все
resolve-late-choose = ☑️ Выбрать по одному
resolve-stale = ⚠️ С тех пор всё изменилось, поэтому ничего не сделано. Вот как сейчас.
resolve-already = Это уже решено. Вот как сейчас.
resolve-retrying = 🔁 Отправляю ещё раз.
resolve-noted-live = ✅ Записал: пост вышел.
resolve-skipped-one = ✖️ Пропущено.
resolve-look-live = ✅ Проверил: пост на месте.
resolve-look-absent = 🔍 Проверил: поста нет. Можно отправить ещё раз.
resolve-look-unknown = 🔍 Отсюда не видно: площадка не даёт заглянуть. Посмотрите в канал сами.
resolve-accepted = 🚀 Отправляю: { $n } { $n ->
    [one] пост
    [few] поста
   *[many] постов
}.
resolve-skipped = ✖️ Пропущено: { $n } { $n ->
    [one] пост
    [few] поста
   *[many] постов
}.
