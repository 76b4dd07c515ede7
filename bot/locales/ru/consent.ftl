consent-link = 🔗 <b>{ $platform }</b> для продукта «{ $product }»

    Откройте { $platform } кнопкой, войдите в тот аккаунт, где публикуем, и разрешите доступ. Потом возвращайтесь: это сообщение изменится само.

    Ссылка одноразовая, живёт { $n } { $n ->
    [one] минуту
    [few] минуты
   *[many] минут
}.
consent-open = 🔗 Открыть { $platform }
consent-again = 🔄 Новая ссылка
consent-other-way = ‹ Подключить иначе
consent-go-on = Продолжить настройку
consent-failed = ⚠️ <b>{ $platform } не подключён</b>
consent-choose = ✅ { $platform } нас пустил. Где публикуем? Аккаунтов на выбор: { $n }.
consent-confirm = ✅ { $platform } нас пустил. Публикуем здесь?
trouble-link-over = Ссылка больше не работает: её время вышло, или вход прервался на полпути. Возьмите новую.
trouble-consent-denied = Доступа вы не дали, поэтому ничего не изменилось. Чтобы попробовать ещё раз, возьмите новую ссылку.
trouble-consent-refused = { $platform } вернул вас без кода: <code>{ $reason }</code>. Чаще всего приложению там не хватает продукта, права или адреса возврата. Исправьте и возьмите новую ссылку.
trouble-code-expired = Код от { $platform } устарел раньше, чем я успел им воспользоваться. Возьмите новую ссылку и не задерживайтесь на странице.
trouble-application-refused = { $platform } не принимает ваше приложение. Проверьте <code>{ $settings }</code> в файле <code>.env</code> на сервере, перезапустите NEXUS и возьмите новую ссылку.
trouble-scopes-missing = На странице сняты не те галочки. Возьмите новую ссылку и оставьте все:
trouble-no-accounts = У этого логина нет страницы или сообщества, где можно публиковать. Войдите как тот, кто ими управляет, и возьмите новую ссылку.
trouble-unsupported = Этот способ закрыт: в файле <code>.env</code> не хватает настройки.
trouble-stale = Продукт тем временем ушёл в архив, поэтому ничего не подключено.
trouble-mastodon-no-registration = Этот сервер не принимает приложения. Проверьте адрес или пришлите токен.

ways-twitter = ➕ <b>Аккаунт в X</b>

    По ссылке вы даёте доступ на странице самого X: ни пароль, ни ключ через чат не идут. За публикации X берёт плату.
way-twitter-consent = 🔗 Войти в X
ways-linkedin = ➕ <b>LinkedIn</b>

    Доступ вы даёте на странице самого LinkedIn. <b>От моего имени</b> — посты выходят от вас; <b>от имени страницы</b> — от организации, которой вы управляете: для этого LinkedIn должен одобрить ваше приложение.
way-linkedin-consent = 👤 От моего имени
way-linkedin-consent_page = 🏢 От имени страницы
ways-facebook = ➕ <b>Страница Facebook</b>

    Доступ вы даёте на странице самого Facebook, потом выбираете, какая из ваших страниц нужна. В личный профиль публиковать нельзя: Facebook этого не разрешает.
way-facebook-consent = 🔗 Войти в Facebook
ways-instagram = ➕ <b>Аккаунт Instagram</b>

    Нужен профессиональный: бизнес или автор. Войдите в сам Instagram, а если аккаунт привязан к странице, можно через Facebook.
way-instagram-consent = 🔗 Войти в Instagram
way-instagram-consent_page = 🔗 Через страницу Facebook
ways-threads = ➕ <b>Аккаунт в Threads</b>

    По ссылке вы даёте доступ на странице самого Threads: ни пароль, ни ключ через чат не идут.
way-threads-consent = 🔗 Войти в Threads
ways-mastodon = ➕ <b>Аккаунт в Mastodon</b>

    Назовите свой сервер и дайте доступ на его странице: настраивать там ничего не нужно.
way-mastodon-consent = 🔗 Войти на сервере
step-mastodon-api_base = 🖥 На каком сервере аккаунт? Пришлите адрес, например <code>mastodon.social</code>, или имя целиком: <code>@acme@mastodon.social</code>.
ways-vk = ➕ <b>Сообщество ВКонтакте</b>

    По ссылке вы даёте доступ на странице самого VK и выбираете сообщество. Сначала поддержка VK должна выдать вашему приложению право <code>wall</code>.
way-vk-consent = 🔗 Войти через VK

right-twitter-scope-tweet-read = читать посты, чтобы найти потерявшийся
right-twitter-scope-tweet-write = публиковать посты
right-twitter-scope-users-read = видеть, чей это аккаунт
right-twitter-scope-media-write = прикладывать фото и видео
right-twitter-scope-offline-access = оставаться на связи дольше двух часов
right-linkedin-scope-openid = видеть, кто вошёл
right-linkedin-scope-profile = видеть ваше имя
right-linkedin-scope-w_member_social = публиковать от вашего имени
right-linkedin-scope-r_organization_social = читать посты и цифры страницы
right-linkedin-scope-w_organization_social = публиковать от имени страницы
right-linkedin-scope-rw_organization_admin = видеть, какими страницами вы управляете
right-facebook-scope-pages_show_list = видеть ваши страницы
right-facebook-scope-pages_manage_posts = публиковать на странице
right-facebook-scope-pages_read_engagement = читать посты страницы
right-facebook-scope-pages_read_user_content = читать комментарии
right-instagram-scope-instagram_business_basic = видеть аккаунт
right-instagram-scope-instagram_business_content_publish = публиковать
right-instagram-scope-instagram_business_manage_insights = смотреть статистику
right-instagram-scope-instagram_basic = видеть аккаунт
right-instagram-scope-instagram_content_publish = публиковать
right-instagram-scope-instagram_manage_insights = смотреть статистику
right-instagram-scope-pages_show_list = видеть ваши страницы
right-instagram-scope-pages_read_engagement = читать страницу
right-threads-scope-threads_basic = видеть аккаунт
right-threads-scope-threads_content_publish = публиковать
right-threads-scope-threads_manage_insights = смотреть статистику
right-threads-scope-threads_delete = удалять опубликованное
right-mastodon-scope-read-accounts = видеть, чей это аккаунт
right-mastodon-scope-read-statuses = читать посты, чтобы найти потерявшийся
right-mastodon-scope-write-statuses = публиковать посты
right-mastodon-scope-write-media = прикладывать фото и видео
right-vk-scope-wall = публиковать на стене
right-vk-scope-photos = прикладывать фото
right-vk-scope-video = прикладывать видео
right-vk-scope-groups = видеть ваши сообщества
right-vk-scope-offline = оставаться на связи
right-vk-not-editor = быть редактором сообщества
