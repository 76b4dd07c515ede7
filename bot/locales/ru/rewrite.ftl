rewrite-title = ✨ Переписать <b>#{ $number }</b>
rewrite-excerpt = <blockquote>{ $text }</blockquote>
rewrite-menu = Что сделать с текстом? Прежняя версия сохранится.
rewrite-to-card = ‹ К черновику

rewrite-shorter = ✂️ Короче
rewrite-longer = ➕ Длиннее
rewrite-improve = 💎 Лучше
rewrite-tone-open = 🎭 Тон ›
rewrite-emoji-open = 😊 Эмодзи ›
rewrite-headlines = 📰 Заголовки
rewrite-thread-open = 🧵 Тред ›
rewrite-language-open = 🌐 Перевод ›
rewrite-anew = 🔄 Заново
rewrite-anew-own = 📝 Заново, но…

rewrite-tone-ask = Каким тоном сказать то же самое?
rewrite-friendlier = Дружелюбнее
rewrite-formal = Официальнее
rewrite-bolder = Смелее
rewrite-calmer = Спокойнее
rewrite-playful = С улыбкой
rewrite-tone-own = ✍️ Своими словами
rewrite-tone-type = 🎭 Опишите тон. Например: «как другу за чашкой чая» или «строго, но с уважением».

rewrite-emoji-ask = Сколько эмодзи оставить?
rewrite-emoji-more = Больше
rewrite-emoji-fewer = Меньше
rewrite-emoji-none = Ни одного

rewrite-thread-ask = Каким сделать тред? Первая часть зацепит, последняя позовёт к действию, части будут пронумерованы.
rewrite-thread-educational = 🎓 Обучающий
rewrite-thread-story = 📖 История
rewrite-thread-announcement = 📣 Анонс
rewrite-thread-list = 🗒 Список

rewrite-language-ask = На какой язык перевести?
rewrite-to-ru = Русский
rewrite-to-en = Английский
rewrite-language-own = ✍️ Другой язык
rewrite-language-type = 🌐 Напишите язык. Например: «немецкий».

rewrite-anew-type = 📝 Чего не хватает этому тексту? Напишите, и он будет написан заново с учётом ваших слов.

rewrite-headlines-title = 📰 <b>Заголовки</b> для #{ $number }. Выберите один: он станет первой строкой.
rewrite-headline = <b>{ $n }. { $headline }</b>
    <i>{ $reason }</i>
rewrite-headline-take = { $n }. { $headline }
rewrite-headlines-again = 🔄 Ещё три
rewrite-headlines-wait = 📰 Придумываю заголовки…
rewrite-headlines-stopped = ⏹ Остановлено, заголовков пока нет. Текст не изменился.
rewrite-headline-taken = 📰 Заголовок на месте. Прежняя версия сохранена.
rewrite-done = ✨ Переписано. Прежняя версия сохранена.

rewrite-unfit-empty = Переписывать нечего: в посте нет текста. Добавьте его кнопкой «Текст».
rewrite-unfit-too-long = Для переписывания за один раз текст слишком длинный. Сократите его сами хотя бы до 12 000 знаков.
rewrite-unfit-short-already = Короче уже некуда: здесь всего пара слов.
rewrite-unfit-long-already = Текст и так длинный, длиннее читать не станут. Попробуйте «Лучше» или тред.
rewrite-unfit-too-little = Для треда маловато: сначала сделайте текст длиннее.
rewrite-unfit-no-headline = Текст такой короткий, что сам себе заголовок.

rewrite-failed-no_key = 🔑 Чтобы переписывать, нужен ИИ, а ключа нет. Запишите <code>ANTHROPIC_API_KEY</code> в <code>.env</code> и перезапустите NEXUS. Текст остался прежним.
rewrite-failed-no_openai_key = 🔑 Чтобы переписывать, нужен ИИ, а ключа нет. Запишите <code>OPENAI_API_KEY</code> (а для своего сервера <code>OPENAI_BASE_URL</code>) в <code>.env</code> и перезапустите NEXUS. Текст остался прежним.
rewrite-failed-no_model = 🔑 Чтобы переписывать, нужна модель, а она не выбрана. Выберите её в /settings. Текст остался прежним.
rewrite-failed-bad_key = 🔑 Ключ <code>ANTHROPIC_API_KEY</code> не принят. Проверьте его. Текст остался прежним.
rewrite-failed-bad_openai_key = 🔑 Сервер ИИ нас не пустил. Проверьте <code>OPENAI_API_KEY</code>. Текст остался прежним.
rewrite-failed-no_credit = 💳 На счёте модели кончились деньги. Пополните его и попробуйте ещё раз. Текст остался прежним.
rewrite-failed-refused = Модель отказалась работать с этим текстом, он остался прежним.
rewrite-failed-cap_reached = 💳 Предел расходов на ИИ не даёт сделать этот запрос. Текст остался прежним.
rewrite-failed-price_unknown = 💳 Задан предел расходов, а цена этой модели неизвестна, поэтому запрос не сделан. Текст остался прежним.
rewrite-failed-overloaded = ⏳ ИИ сейчас перегружен. Подождите минуту и попробуйте ещё раз. Текст остался прежним.
rewrite-failed-timed_out = ⏳ Модель отвечала слишком долго. Попробуйте ещё раз. Текст остался прежним.
rewrite-failed-unreachable = ⏳ Связь с моделью оборвалась. Проверьте сеть и попробуйте ещё раз. Текст остался прежним.
rewrite-failed-model_gone = 🔑 Выбранной модели у поставщика больше нет. Выберите другую в /settings. Текст остался прежним.
rewrite-failed-truncated = Ответ модели не уместился. Сначала сделайте текст короче. Пока он остался прежним.
rewrite-failed-nonsense = Модель ответила не по форме. Попробуйте ещё раз. Текст остался прежним.
rewrite-failed-unavailable = ⏳ Модель не справилась. Попробуйте ещё раз чуть позже. Текст остался прежним.

versions-reason-shorter = короче
versions-reason-longer = длиннее
versions-reason-improve = улучшен
versions-reason-tone = другой тон
versions-reason-emoji = эмодзи
versions-reason-thread = тред
versions-reason-translate = перевод
versions-reason-headline = новый заголовок
