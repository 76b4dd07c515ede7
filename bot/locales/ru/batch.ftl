batch-title = ☑️ <b>Одобрить несколько</b> · отмечено { $ticked } из { $n }
batch-line = { $box } <b>#{ $number }</b> · { $product } · v{ $version }
batch-excerpt = <blockquote>{ $excerpt }</blockquote>
batch-files = 📎 { $n } { $n ->
    [one] файл
    [few] файла
   *[many] файлов
}
batch-all = Отметить все
batch-none = Снять отметки
batch-approve = ✅ Одобрить · { $n }
batch-open = ☑️ Одобрить несколько
batch-drafts = 📝 Черновики
batch-done = { $n ->
    [one] ✅ Одобрен { $n } черновик: { $numbers }.
    [few] ✅ Одобрено { $n } черновика: { $numbers }.
   *[many] ✅ Одобрено { $n } черновиков: { $numbers }.
}
batch-changed = { $n ->
    [one] ⚠️ Изменился, пока вы выбирали, и не одобрен: { $numbers }.
   *[other] ⚠️ Изменились, пока вы выбирали, и не одобрены: { $numbers }.
}
batch-refused = { $n ->
    [one] ⛔️ Площадка его не примет, поэтому не одобрен: { $numbers }.
   *[other] ⛔️ Площадка их не примет, поэтому не одобрены: { $numbers }.
}
batch-again = ☑️ К списку
batch-spread = 🗓 Разложить по времени
batch-whole = 🔎 #{ $number } целиком
batch-homeless = 🔌 Выйти им пока негде: подключите канал, и я разложу их по времени.
batch-planned = { $n ->
    [0] 🗓 Никому не нашлось времени.
    [one] 🗓 <b>В расписании { $n } пост</b>
    [few] 🗓 <b>В расписании { $n } поста</b>
   *[many] 🗓 <b>В расписании { $n } постов</b>
}
batch-planned-line = • <b>#{ $number }</b> { $when }
batch-unplanned-line = ⚠️ <b>#{ $number }</b> { $reason }
batch-stale = ⚠️ Список с тех пор изменился, поэтому ничего не сделано. Вот как сейчас.
batch-spread-stale = ⚠️ Эти посты уже разложены или изменились, поэтому ничего не сделано.
approve-usage = Напишите номера черновиков, например <code>/approve 12</code> или <code>/approve #12 #13 #14</code> (до 20 за раз). Номера видны в /drafts.
approve-look = { $n ->
    [one] 👀 Таким, как сейчас, вы этот черновик ещё не видели, поэтому он не одобрен: { $numbers }. Откройте и одобрите кнопкой.
   *[other] 👀 Такими, как сейчас, вы эти черновики ещё не видели, поэтому они не одобрены: { $numbers }. Откройте и одобрите кнопкой.
}
approve-look-here = 👀 Таким вы его ещё не видели. Посмотрите и одобрите кнопкой.
approve-missing = { $n ->
    [one] Такого черновика нет: { $numbers }.
   *[other] Таких черновиков нет: { $numbers }.
}
