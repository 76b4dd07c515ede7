templates-title = 🧩 <b>Шаблоны</b> · { $n }
templates-empty = 🧩 Шаблонов нет. Создайте первый.
templates-empty-narrowed = 🧩 Таких шаблонов нет.
templates-line-alike = {"  "}<b>{ $name }</b> · { $source }
templates-line = {"  "}<b>{ $name }</b> · { $kind } · { $source }
templates-narrowed = Отбор: { $what }
templates-narrow = 🏷 Отобрать
templates-narrow-about = 🏷 Что показать? Отбор действует сразу.
templates-new = ➕ Новый шаблон
templates-back = ‹ Шаблоны
templates-source-all = все
templates-source-system = готовые
templates-source-global = общие
templates-source-product = этого продукта
template-from-system = готовый
template-from-global = общий
template-from-product = этого продукта
templates-kind-any = любой пост
templates-language-any = любой язык
templates-language-ru = русский
templates-language-en = английский

template-title = 🧩 <b>{ $name }</b> · { $source }
template-kind = Пост: { $kind }
template-format = Вид: { $format }
template-single = один пост
template-thread = тред
template-language = Язык: { $language }
template-variables = Переменные: <code>{ $names }</code>
template-no-variables = Переменных нет
template-platforms = Площадки: { $platforms }
template-no-text = <i>Текста нет: пишет только ИИ, по подсказкам.</i>
template-hints = ✨ <b>Подсказки ИИ:</b> { $hints }
template-example = 💡 <b>Пример:</b> { $example }
template-unreadable = ⚠️ Этот шаблон записан неверно, заполнить его нельзя.
template-fill = ✍️ Заполнить
template-with-ai = ✨ По идее, с ИИ
template-edit = ✏️ Изменить
template-copy = 📄 Копия
template-copy-name = { $n ->
    [1] { $name } (копия)
   *[other] { $name } (копия { $n })
}
template-copied = 📄 Вот копия. Она ваша: меняйте что угодно.
template-delete = 🗑 Удалить
template-delete-yes = 🗑 Удалить шаблон
template-ask-delete = Удалить шаблон «{ $name }»? Вернуть его будет нельзя. { $n ->
    [0] Постов из него не делали.
    [one] { $n } пост, сделанный из него, останется как есть.
    [few] { $n } поста, сделанных из него, останутся как есть.
   *[many] { $n } постов, сделанных из него, останутся как есть.
}
template-deleted = 🗑 Шаблон удалён.
template-stale = Эта кнопка от прежнего экрана, поэтому ничего не сделано. Вот как сейчас.

template-ask-variable = ✍️ <b>{ $name }</b> · { $number } из { $total }
    Что сюда подставить? Напишите сообщением, оформление сохранится.
template-variable-example = 💡 Например: { $example }
template-skip = Пропустить
template-use-example = 💡 Подставить пример
template-preview = 🧩 <b>{ $name }</b> · так это выглядит в { $platform }
template-missing = { $n ->
    [one] ▫️ Не заполнено <code>{ $names }</code>: строка с этой переменной пропущена.
   *[other] ▫️ Не заполнено <code>{ $names }</code>: строки с этими переменными пропущены.
}
template-count = 📏 Знаков: { $counts }
template-draft = 📝 Сделать черновик
template-keep-example = 💡 Запомнить как пример
template-example-kept = 💡 Теперь это пример шаблона.
template-fill-again = ✍️ Заполнить заново
template-drafted = 🧩 Черновик из шаблона.
template-nothing = Ничего не заполнено, черновика не из чего сделать. Заполните хотя бы одну переменную.
template-no-product = Сначала нужен продукт: черновик должен кому-то принадлежать. Добавьте его в /products.
template-ask-idea = ✨ О чём пост? Напишите мысль, и ИИ напишет по ней пост по шаблону «{ $name }».

template-editing = ✏️ <b>{ $name }</b>
    Что изменить?
template-edit-name = 🏷 Название
template-edit-about = 📄 Описание
template-edit-text = ✏️ Текст
template-edit-hints = ✨ Подсказки ИИ
template-edit-kind = 📣 Какой пост
template-edit-platforms = 🌐 Площадки
template-make-thread = 🧵 Сделать тредом
template-make-single = 📄 Сделать одним постом
template-for-all = 📦 Сделать общим
template-for-one = 📦 Только для «{ $name }»
template-ask-kind = 📣 Для каких постов этот шаблон?
template-ask-format = Из шаблона выйдет один пост или тред?
template-ask-platforms = 🌐 Для каких площадок шаблон? Если не отмечена ни одна, он для всех.
template-ask-new = 🧩 Как назвать шаблон? Напишите название.
template-ask-name = 🏷 Напишите новое название.
template-ask-about = 📄 Для чего шаблон? Напишите одним сообщением, до { $limit } знаков.
template-ask-text = ✏️ Напишите текст. Переменные в фигурных скобках: <code>&#123;title&#125;</code>. Строка, для которой нет значения, пропадёт. Без спроса подставлю <code>&#123;product.name&#125;</code>, <code>&#123;emoji?&#125;</code> и <code>&#123;must_say&#125;</code>.
template-ask-thread = 🧵 Напишите части треда одним сообщением, между ними строку из трёх дефисов: <code>---</code>. Переменные в фигурных скобках: <code>&#123;title&#125;</code>. Строка, для которой нет значения, пропадёт.
template-ask-hints = ✨ Что должен учесть ИИ, когда пишет по этому шаблону? До { NUMBER($limit) } знаков.
template-clear = 🧹 Убрать
template-saved = ✅ Сохранено.
template-saved-as = ✅ «{ $name }»: сохранено.
template-made = ✅ Шаблон готов. Попробуйте заполнить его.
template-tap = Здесь выбирают кнопкой.
