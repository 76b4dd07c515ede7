search-ask = 🔎 Что ищем? Напишите слова из поста, начало слова, имя @канала, кусок ссылки или номер: <code>#12</code>.
search-title = 🔎 <b>{ $said }</b> · { $n ->
    [one] { NUMBER($n) } пост
    [few] { NUMBER($n) } поста
   *[many] { NUMBER($n) } постов
}
search-nothing = 🔎 По запросу «{ $said }» ничего нет. Попробуйте меньше слов, начало слова (хватит двух букв) или номер поста.
search-nothing-narrowed = 🔎 По запросу «{ $said }» здесь ничего нет. Снимите отбор по продукту или состоянию, а может, поможет начало слова.
search-item = <b>#{ $number }</b> · { $product } · { $status } · <i>{ $day }</i>
search-status-any = В любом состоянии
search-status-draft = черновик
search-status-ready = одобрен
search-status-published = вышел
search-status-archived = в архиве
search-all-products = Все продукты
search-which-product = 📦 В каком продукте искать?
search-which-status = 🏷 Какие посты искать?
search-newest = 🕒 Сначала новые
search-best = 🎯 Сначала точные
search-again = 🔎 Искать другое
search-forgotten = 🔎 Этот поиск был давно, и я его уже не помню. Начните новый.
