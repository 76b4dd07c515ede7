learning-title = 🧠 <b>Правила из ваших правок</b> · { $name }
learning-empty = Пока нечего предложить. Когда вы пять раз поправите тексты ИИ одинаково, здесь появится правило для голоса: с этими правками и с вашим решением.
learning-hint = Что я заметил, сравнив тексты ИИ с вашими правками. Голос меняется, только когда вы согласитесь. ✅ уже в голосе.
learning-told = 🧠 <b>Кажется, это ваше правило</b> · { $name }
learning-noticed = <b>{ $noticed }</b>
    Так вы поправили { $n } { $n ->
        [one] пост
        [few] поста
       *[many] постов
    }, которые написал ИИ.
learning-would-change = Запомнить для голоса?
learning-changed = ✅ Это уже в голосе:
learning-dismissed-line = Не взято в голос:
learning-undone-line = Убрано из голоса:
learning-evidence = <i>Правка { $n } из { $total } · #{ $number } · { $distance }</i>
learning-evidence-gone = <i>Постов, на которых это замечено, больше нет.</i>
learning-before = Было:
learning-after = Стало:
learning-accept = ✅ Запомнить
learning-dismiss = Не надо
learning-undo = ↩️ Убрать из голоса
learning-post = 📝 Пост #{ $number }
learning-back = ‹ Правила из правок
learning-open = 🧠 Правила из ваших правок
learning-open-new = 🧠 Правила из правок · { $n }
learning-accepted = ✅ Запомнил. Новые тексты ИИ напишет с этим правилом.
learning-dismissed = Хорошо, не беру. Спрошу снова, только если наберётся пять новых таких правок.
learning-undone = ↩️ Убрал. Голос снова такой, каким был.
learning-stale = По этому правилу вы уже решили. Вот как сейчас.

learning-sign-emoji_none = Вы убираете эмодзи
learning-sign-emoji_fewer = Вы оставляете меньше эмодзи
learning-sign-emoji_added = Вы добавляете { $value }
learning-sign-emoji_dropped = Вы убираете { $value }
learning-sign-shorter = Вы сокращаете текст
learning-sign-longer = Вы пишете подробнее
learning-sign-no_exclamation = Вы убираете восклицательные знаки
learning-sign-no_dash = Вы убираете длинные тире
learning-sign-no_bold = Вы убираете жирный шрифт
learning-sign-no_hashtags = Вы убираете хештеги
learning-sign-hashtag_added = Вы добавляете { $value }
learning-sign-link_last = Вы переносите ссылку в конец
learning-sign-paragraphs_split = Вы делите текст на абзацы
learning-sign-paragraphs_joined = Вы соединяете абзацы
learning-sign-formal = Вы переходите на «вы»
learning-sign-informal = Вы переходите на «ты»
learning-sign-opening_added = Вы начинаете с «{ $value }»
learning-sign-opening_removed = Вы убираете приветствие
learning-sign-closing_added = Вы заканчиваете словами «{ $value }»
learning-sign-closing_removed = Вы убираете последнюю фразу
learning-sign-word_replaced = Вы заменяете слово «{ $value }»
learning-sign-word_removed = Вы убираете слово «{ $value }»
