told-numbers-untold-posts = 📊 { $platform } не сообщает цифр о постах «{ $name }». Публикации идут как обычно, а в статистике этих постов не будет. Если при подключении были даны не все права, подключите канал заново.
told-numbers-untold-followers = 📊 { $platform } не сообщает, сколько подписчиков у «{ $name }». Публикации идут как обычно.
told-milestone-followers = 🎉 Подписчиков уже { $milestone }: «{ $name }», { $platform }

    Сейчас их { $value }.
told-milestone-reach = 🎉 Просмотров уже { $milestone }: «{ $name }», { $platform }

    Столько раз видели все посты канала вместе, сейчас { $value }.
celebrate-make = 🎉 Сделать об этом пост
celebrate-idea-followers = У нас { $milestone } подписчиков в { $platform } ({ $name }). Поблагодарить тех, кто с нами.
celebrate-idea-reach = Наши посты в { $platform } ({ $name }) увидели { $milestone } раз. Поблагодарить тех, кто читает.
told-numbers-open = 📊 Статистика
told-spike = 🚀 Пост #{ $number } набирает намного больше обычного: { $channel }

    Откликов { $value }, обычно { $average }. Обычное посчитано по { $n ->
        [one] { $n } посту
       *[other] { $n } постам
    } канала.

    <i>{ $excerpt }</i>
told-drop = 📉 Откликов намного меньше обычного: { $channel }

    { $days ->
        [one] { $days } день с постами
        [few] { $days } дня с постами
       *[many] { $days } дней с постами
    } подряд в среднем { $value } на пост, обычно { $average }. Обычное посчитано по { $n ->
        [one] { $n } посту
       *[other] { $n } постам
    } канала.
told-drop-suggest = 💡 Что можно сделать
