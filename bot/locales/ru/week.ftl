week-title = 🗓 <b>Неделя «{ $product }»</b> · { $n } { $n ->
    [one] пост
    [few] поста
   *[many] постов
}
week-line = • { $day } · <b>{ $kind }</b>
week-idea = <i>{ $idea }</i>
week-hint = Нажмите на пост, чтобы сменить вид, день или подсказать мысль. Сверху число постов. Без вашего одобрения ничего не выйдет.
week-needs-facts = ☝️ Здесь лучше подсказать, о чём речь, иначе фактам неоткуда взяться: { $kinds }.
week-no-description = ✏️ Сначала расскажите, что это за продукт: из описания берутся темы. Или подскажите мысль для каждого поста.
week-describe = ✏️ Описать продукт
week-write = ✨ Написать · { $n }
week-post = 🗓 <b>{ $day }</b> · { $kind }
week-thought-line = 💭 { $idea }
week-thought-none = О чём писать, возьмём из описания продукта.
week-thought = 💭 Подсказать мысль
week-thought-change = 💭 Другая мысль
week-thought-forget = Убрать мысль
week-thought-kept = 💭 Записано.
week-thought-stale = ⚠️ План изменился, пока вы писали, поэтому мысль не записана. Вот как сейчас.
week-ask-thought = 💭 О чём пост на <b>{ $day }</b> ({ $kind })? Одной-двумя фразами.
week-remove = 🗑 Убрать из плана
week-back = ‹ К плану
week-which = 🗓 Чью неделю планируем?
week-usage = Напишите <code>/week</code> для текущего продукта или назовите его: <code>/week Чайная</code>, <code>/week «Чай и Ко»</code>.
week-writing = ✨ <b>Пишу неделю «{ $product }»</b>: { $n } из { $total }
week-writing-now = Сейчас: { $day } · { $kind }…
week-still-writing = ✨ Ещё пишется.
week-stop = ⏹ Хватит
week-stopped = ⏹ Больше не пишу. Начатый пост ещё допишется.
week-written = { $total ->
    [one] 🗓 <b>Неделя «{ $product }»</b>: написан { $n } из { $total }
   *[other] 🗓 <b>Неделя «{ $product }»</b>: написано { $n } из { $total }
}
week-done-line = ✅ <b>#{ $number }</b> · { $day } · { $kind }: { $excerpt }
week-unwritten = { $line } · ещё не написан
week-approve = ☑️ Посмотреть и одобрить
week-go-on = ✨ Дописать остальные · { $n }
week-fresh = 🗓 Новый план
week-stale = ⚠️ План с тех пор изменился, поэтому ничего не сделано. Вот как сейчас.
week-not-again = Это пост из недельной серии. Возьми другую сторону темы и не повторяй уже написанное: { $said }
