finding-number = 🔎 «{ $value }»: такого числа вы не называли, проверьте.
finding-percent = 🔎 «{ $value }»: таких процентов вы не называли, проверьте.
finding-price = 🔎 «{ $value }»: такой цены вы не называли, проверьте.
finding-date = 🔎 «{ $value }»: такого дня вы не называли, проверьте.
finding-time = 🔎 «{ $value }»: такого времени вы не называли, проверьте.
finding-quote = 🔎 { $value }: этих слов в том, что вы дали, не было, проверьте.
finding-handle = 🔎 { $value }: такого адреса вы не давали, проверьте.
finding-link = 🔎 { $value }: такой ссылки вы не давали, проверьте.
finding-avoided = 🔎 В тексте есть «{ $value }»: таких слов голос продукта избегает.
finding-never-say = 🔎 В тексте есть «{ $value }»: так голос продукта не говорит никогда.
finding-must-say = 🔎 В тексте нет обязательного «{ $value }».
finding-language = 🔎 Текст не на том языке, на котором говорит продукт.
finding-length = 🔎 Слишком длинно для площадки: { $value }.
finding-emoji = 🔎 Эмодзи { $value } нет в наборе голоса.
finding-emoji-count = 🔎 Многовато эмодзи: { $value }.
finding-hashtag = 🔎 Хештега { $value } вы не давали.
finding-hashtag-count = 🔎 Многовато хештегов для площадки: { $value }.
findings-more = 🔎 И ещё { $n } { $n ->
    [one] замечание
    [few] замечания
   *[many] замечаний
}
findings-marked = <i>Подчёркнуто только здесь, в пост это не попадёт.</i>
findings-right = 👌 Так и надо
findings-all-right = 👌 Всё так и надо
findings-each = 🔎 По одному ({ $n })
findings-right-one = 👌 { $n }: так и надо
findings-title = 🔎 <b>#{ $number }</b>: { $n } { $n ->
    [one] замечание
    [few] замечания
   *[many] замечаний
}
findings-none = 🔎 <b>#{ $number }</b>: замечаний больше нет.
findings-where = <blockquote>{ $before }<u>{ $words }</u>{ $after }</blockquote>
findings-accepted = 👌 Понятно, так и надо. В этой версии больше не напомню.
card-cost = 💳 ИИ: { $cost } за { NUMBER($calls) } { $calls ->
    [one] вызов
    [few] вызова
   *[many] вызовов
}
card-cost-partly = 💳 ИИ: { $cost } и ещё вызовы с неизвестной ценой, всего { NUMBER($calls) }
card-cost-unknown = 💳 ИИ: цена модели неизвестна ({ NUMBER($calls) } { $calls ->
    [one] вызов
    [few] вызова
   *[many] вызовов
})
