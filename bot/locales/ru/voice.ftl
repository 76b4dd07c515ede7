voice-title = 🗣 <b>Голос</b> · { $name }
    Так ИИ пишет за этот продукт. Нажмите на поле, чтобы изменить его.
voice-line = <b>{ $field }:</b> { $value }
voice-line-empty = { $field }: –
voice-stale = Эта кнопка от прежнего экрана, поэтому ничего не сделано. Вот как сейчас.
voice-saved = ✅ Сохранено.
voice-removed = 🧹 Убрано.
voice-cleared = 🧹 Поле очищено.
voice-field-title = 🗣 <b>{ $field }</b> · { $name }
voice-nothing = Пока пусто.
voice-add = ➕ Добавить
voice-remove-entry = ✖️ { $value }
voice-clear = 🧹 Очистить
voice-own-words = ✍️ Своими словами
voice-ask-clear = Очистить поле «{ $field }»? { $n ->
    [one] Пропадёт { $n } запись.
    [few] Пропадут { $n } записи.
   *[many] Пропадут { $n } записей.
}
voice-ask-list = ➕ <b>{ $field }.</b> { $hint }

    Пришлите через запятую или каждую запись с новой строки. Если запятая внутри самой записи, возьмите её в кавычки. До { $entries } { $entries ->
    [one] записи
   *[other] записей
}, каждая до { NUMBER($length) } знаков.
voice-ask-emoji = ➕ <b>{ $field }.</b> { $hint }

    Пришлите эмодзи подряд или через пробел, до { $entries }.
voice-ask-text = ✍️ <b>{ $field }.</b> { $hint }

    Напишите своими словами, до { NUMBER($length) } знаков.
voice-ask-example = ✍️ Пришлите пример для вида «{ $kind }»: фразу или целый пост, до { NUMBER($length) } знаков. ИИ возьмёт из него манеру, а не слова.
voice-example-line = <b>{ $kind }:</b> { $text }
voice-example-title = 🗣 <b>Пример</b> · { $kind }
voice-example-none = Примера пока нет.
voice-example-write = ✍️ Написать
voice-example-replace = ✏️ Заменить
voice-example-remove = 🧹 Убрать

voice-field-personality = Характер
voice-field-preferred = Любимые слова
voice-field-avoid = Лишние слова
voice-field-tone_examples = Примеры
voice-field-emoji_set = Эмодзи
voice-field-language = Язык
voice-field-formality = Тон
voice-field-must_say = Обязательно
voice-field-never_say = Никогда
voice-field-rules = Правила
voice-hint-personality = Какой он, если бы был человеком: «спокойный», «с иронией», «дотошный».
voice-hint-preferred = Слова и обороты, которые звучат по-вашему.
voice-hint-avoid = Слова, без которых лучше обойтись. Если одно проскочит, карточка поста об этом скажет.
voice-hint-tone_examples = Как это звучит: по примеру на вид поста.
voice-hint-emoji_set = Только эти эмодзи и появятся в текстах.
voice-hint-language = На каком языке писать, если не сказано иначе.
voice-hint-formality = Как обращаться к читателю.
voice-hint-must_say = Фразы, которые войдут в каждый пост слово в слово.
voice-hint-never_say = Чего продукт не скажет ни в каком виде.
voice-hint-rules = Как писать: каждое правило одной фразой. «Ссылку ставить последней строкой».
voice-kind-announcement = Анонс
voice-kind-spotlight = В центре внимания
voice-kind-milestone = Веха
voice-kind-social_proof = Отзывы
voice-kind-educational = Полезное
voice-kind-behind_the_scenes = За кулисами
voice-kind-question = Вопрос
voice-kind-recap = Итоги
voice-kind-promotion = Предложение
voice-kind-thread = Тред
voice-preset-language-0 = русский
voice-preset-language-1 = английский
voice-preset-formality-0 = На «ты», по-дружески
voice-preset-formality-1 = На «вы», тепло и просто
voice-preset-formality-2 = На «вы», сдержанно и по-деловому

error-voice-input = Так не получится. Проверьте и пришлите ещё раз.
error-voice-empty = ⚠️ Здесь ничего не нашлось, кроме разделителей. Пришлите хотя бы одну запись.
error-voice-too-many = ⚠️ Получится { $n }, а помещается { $limit }. Ничего не изменено: уберите лишнее и пришлите ещё раз.
error-voice-too-long = ⚠️ Слишком длинно: «{ $value }…», { NUMBER($length) } { $length ->
    [one] знак
    [few] знака
   *[many] знаков
} при пределе { NUMBER($limit) }. Ничего не изменено: сократите и пришлите ещё раз.
error-voice-not-emoji = ⚠️ «{ $value }» не эмодзи. Ничего не изменено: пришлите одни эмодзи.
error-voice-contradiction = ⚠️ «{ $value }» уже стоит в поле { $field ->
    [preferred] «Любимые слова»
    [avoid] «Лишние слова»
    [must_say] «Обязательно»
   *[never_say] «Никогда»
}. Одно другому противоречит, поэтому ничего не изменено.

voice-back = ‹ Голос
voice-try = 🎧 Попробовать на фразе
voice-try-again = 🎧 Другая фраза
voice-samples = 📚 Заполнить по примерам постов
voice-review = ▶️ Разобрать предложенное · { $n }
voice-pending = ✨ Ждёт вашего решения: { $n } { $n ->
    [one] предложение
    [few] предложения
   *[many] предложений
} по примерам постов.
voice-collected = 📚 Собрано примеров: { $n }.
voice-ask-sentence = 🎧 Напишите фразу обычными словами, и я скажу её голосом продукта. Ничего не сохранится.
voice-trying = 🎧 Подбираю слова…
voice-trial-before = 🎧 <b>Было</b>
voice-trial-after = <b>Стало</b>
voice-trial-hint = <i>Не похоже на вас? Поправьте поля голоса и попробуйте ещё раз.</i>
voice-samples-title = 📚 <b>Голос по примерам</b>
    Пришлите или перешлите от { $fewest } до { $most } своих постов, каждый отдельным сообщением. ИИ прочитает их и предложит голос, а вы решите по каждому полю.
voice-sample-line = { $n }. { $text }
voice-samples-more = Нужно ещё хотя бы { $left ->
    [1] один
    [2] два
   *[other] три
}.
voice-samples-enough = Этого уже хватит. Чем больше примеров (до { $most }), тем точнее.
voice-samples-full = Набралось { $most }, больше и не нужно.
voice-sample-no-text = ⚠️ В этом сообщении нет текста, поэтому оно не взято.
voice-sample-too-many = ⚠️ Уже есть { $most }, больше не поместится. Чтобы взять этот пост, уберите другой.
voice-sample-too-long = ⚠️ Пост длиннее { NUMBER($limit) } знаков, поэтому он не взят. Пришлите отрывок.
voice-sample-known = Такой пример уже есть.
voice-read = ✨ Прочитать голос · { $n }
voice-drop-sample = ✖️ Убрать последний
voice-drop-samples = 🧹 Начать заново
voice-reading = ✨ Читаю примеры… Обычно это меньше минуты.
voice-read-done = ✨ Готово: { $n } { $n ->
    [one] предложение
    [few] предложения
   *[many] предложений
}. Сохранится только то, что вы примете.
voice-read-nothing = ✨ Примеры прочитаны: к тому, что уже записано в голосе, добавить нечего.
voice-piece-title = ✨ <b>{ $field }</b> · { $number } из { $total }
voice-piece-now = <b>Сейчас:</b>
voice-piece-nothing = пусто
voice-piece-added = <b>Добавить:</b>
voice-piece-replaced = <b>Заменить на:</b>
voice-accept = ✅ Принять
voice-skip = Пропустить
voice-correct = ✏️ Поправить
voice-drop-review = 🗑 Отказаться от остального
voice-accepted = ✅ Сохранено: { $field }.
voice-corrected = ✏️ Поправлено. Сохранится, когда примете.
voice-review-done = Все предложения разобраны.
voice-review-dropped = Остальные предложения убраны. Принятое осталось.
voice-piece-decided = По этому предложению вы уже решили. Вот что сейчас.
voice-correction-title = ✏️ <b>{ $field }.</b> Предложено:
voice-ask-correction = Пришлите свой вариант, до { NUMBER($length) } знаков.
voice-ask-correction-list = Пришлите свой список: через запятую или каждую запись с новой строки, до { NUMBER($length) } знаков в записи. Он заменит предложенный.

voice-ai-no_key = 🔑 Для этого нужен ИИ, а ключа нет. Запишите <code>ANTHROPIC_API_KEY</code> в <code>.env</code> и перезапустите NEXUS. Поля голоса можно заполнить и вручную.
voice-ai-no_openai_key = 🔑 Для этого нужен ИИ, а ключа нет. Запишите <code>OPENAI_API_KEY</code> (а для своего сервера <code>OPENAI_BASE_URL</code>) в <code>.env</code> и перезапустите NEXUS. Поля голоса можно заполнить и вручную.
voice-ai-no_model = 🔑 Для этого нужен ИИ, а модель не выбрана. Впишите её имя в настройку <code>ai.openai_model</code> командой <code>nexus import ФАЙЛ</code>.
voice-ai-bad_openai_key = 🔑 Сервер ИИ нас не пустил. Проверьте <code>OPENAI_API_KEY</code> и попробуйте ещё раз.
voice-ai-bad_key = 🔑 Ключ <code>ANTHROPIC_API_KEY</code> не принят. Проверьте его и попробуйте ещё раз.
voice-ai-no_credit = 💳 На счёте модели кончились деньги. Пополните его и попробуйте ещё раз.
voice-ai-refused = Модель отказалась работать с этим текстом. Попробуйте другой.
voice-ai-cap_reached = 💳 Дневной предел расходов на ИИ исчерпан. Завтра можно будет продолжить.
voice-ai-price_unknown = 💳 Задан предел расходов, а цена этой модели неизвестна, поэтому запрос не отправлен.
voice-ai-overloaded = ⏳ ИИ сейчас перегружен. Подождите минуту и попробуйте ещё раз.
voice-ai-timed_out = ⏳ Модель отвечала слишком долго. Ничего не потеряно: попробуйте ещё раз.
voice-ai-unreachable = ⏳ Связь с моделью оборвалась. Проверьте сеть и попробуйте ещё раз.
voice-ai-model_gone = 🔑 Выбранной модели у поставщика больше нет. Впишите другую в настройках ИИ.
voice-ai-truncated = Ответ модели не уместился. Пришлите текст покороче.
voice-ai-nonsense = Модель ответила не по форме. Попробуйте ещё раз.
voice-ai-smaller = ✂️ Полный ответ не уместился, поэтому он короче.
voice-ai-stopped = ⏹ Остановлено.
voice-ai-unavailable = ⏳ Модель не ответила. Ничего не потеряно: попробуйте чуть позже.
voice-ai-fallback_model = ✨ Основная модель не ответила, прочитала запасная.
voice-ai-too_long = Для пробы это слишком длинно. Пришлите фразу покороче.
