ways-discord = ➕ <b>Канал на сервере Discord</b>

    <b>Вебхук</b> проще: его адрес берут в настройках канала, и всё готово.
    <b>Свой бот</b> умеет больше: если связь оборвётся, сам посмотрит, вышел ли пост, и видит реакции.
way-discord-webhook = 🔗 Вебхук канала
way-discord-bot = 🤖 Свой бот
step-discord-webhook_url = 🔗 Пришлите адрес вебхука. Его берут в настройках канала: «Интеграции» → «Вебхуки» → «Новый вебхук» → «Копировать URL». Выглядит он как <code>https://discord.com/api/webhooks/…</code>. Я сразу удалю его из чата и сохраню зашифрованным.
step-discord-bot_token = 🔑 Пришлите токен бота: discord.com/developers/applications → ваше приложение → Bot → Reset Token. Я сразу удалю его из чата и сохраню зашифрованным.
step-discord-channel_id = 📣 В какой канал писать? Пришлите ссылку на него: правая кнопка по каналу → «Копировать ссылку». Бот уже должен быть на этом сервере.
connect-found-lacking-discord = Дайте роли бота недостающее право в настройках этого канала Discord и проверьте ещё раз.
right-discord-view-channel = видеть канал
right-discord-send-messages = писать сообщения
right-discord-attach-files = прикреплять файлы
right-discord-embed-links = показывать рамки и превью ссылок
right-discord-read-history = читать историю, чтобы найти потерявшийся пост
trouble-discord-not-a-webhook = Это не похоже на адрес вебхука. Он начинается с <code>https://discord.com/api/webhooks/</code>; скопируйте его в настройках канала целиком.
trouble-discord-not-a-channel = Не понял, какой это канал. Пришлите ссылку вида <code>https://discord.com/channels/…/…</code> или номер канала.
trouble-discord-bad-token = Discord не принимает этот ключ: возможно, его сбросили. Возьмите новый и пришлите ещё раз.
trouble-discord-webhook-gone = Такого вебхука больше нет. Создайте новый в настройках канала и пришлите его адрес.
trouble-discord-channel-gone = Такого канала Discord не нашёл. Проверьте ссылку.
trouble-discord-rights-missing = Бот не видит этот канал. Пригласите бота на сервер и дайте ему право видеть канал и писать в него.
trouble-discord-not-a-text-channel = Это не текстовый канал: сообщения туда не отправить. Пришлите ссылку на другой.

ways-bluesky = ➕ <b>Аккаунт Bluesky</b>

    Понадобятся имя аккаунта и <b>пароль приложения</b>: основной пароль не нужен и никому не показывайте его.
    Сервер найду по имени сам; если ваш сервер свой и закрытый, назовите его.
way-bluesky-app_password = 🦋 По имени аккаунта
way-bluesky-own_server = 🖥 Свой сервер
step-bluesky-api_base = 🖥 Какой сервер? Пришлите его адрес, например <code>pds.example.org</code>.
step-bluesky-identifier = 🦋 Как называется аккаунт? Пришлите <code>@имя.bsky.social</code>, свой домен или ссылку на профиль.
step-bluesky-app_password = 🔑 Пришлите пароль приложения: в Bluesky «Настройки» → «Конфиденциальность и безопасность» → «Пароли приложений» → «Добавить». Выглядит он как <code>xxxx-xxxx-xxxx-xxxx</code>. Я сразу удалю его из чата и сохраню зашифрованным.
said-bluesky-identifier = ✅ Аккаунт нашёлся на { $name }
trouble-bluesky-not-a-handle = Это не похоже на имя аккаунта. Пришлите его целиком, например <code>acme.bsky.social</code>.
trouble-bluesky-not-an-app-password = Это не пароль приложения: тот состоит из четырёх групп по четыре знака, <code>xxxx-xxxx-xxxx-xxxx</code>. Если это был основной пароль, смените его: он побывал в чате.
trouble-bluesky-no-such-handle = Аккаунта «{ $reason }» Bluesky не нашёл. Проверьте имя и пришлите ещё раз.
trouble-bluesky-no-server = У этого аккаунта не указан сервер, которому можно доверить пароль. Назовите сервер сами: «Свой сервер».
trouble-bluesky-bad-token = Bluesky не принимает имя и пароль приложения вместе. Проверьте имя или создайте новый пароль приложения.

way-mastodon-token = 🔑 Токен из настроек
step-mastodon-access_token = 🔑 Пришлите токен: на своём сервере «Настройки» → «Разработка» → «Новое приложение» с правами <code>read:accounts read:statuses write:statuses write:media</code>, затем скопируйте «Ваш токен доступа». Я сразу удалю его из чата и сохраню зашифрованным.
said-mastodon-api_base = ✅ Сервер отвечает: { $name }
connect-found-lacking-mastodon = Отметьте недостающие права у приложения в настройках Mastodon, создайте токен заново и пришлите его: «Исправить».
right-mastodon-write-statuses = публиковать посты
right-mastodon-write-media = прикреплять файлы
right-mastodon-read-statuses = читать свои посты, чтобы найти потерявшийся
trouble-mastodon-bad-token = Сервер не знает такого токена. Скопируйте «Ваш токен доступа» ещё раз: он работает только на том сервере, где создан.
trouble-mastodon-not-mastodon = По адресу { $reason } отвечает не Mastodon. Проверьте, как называется ваш сервер.

way-vk-community = 🔑 Ключ сообщества
way-vk-user = 👤 Токен пользователя
step-vk-access_token-community = 🔑 Пришлите ключ сообщества: «Управление» → «Дополнительно» → «Работа с API» → «Создать ключ», отметьте доступ к стене. Я сразу удалю его из чата и сохраню зашифрованным.

    С таким ключом VK принимает только тексты; чтобы прикреплять картинки, нужен токен редактора.
step-vk-access_token-user = 🔑 Пришлите токен редактора сообщества с правами <code>wall, photos, video, groups, offline</code>. Можно весь адрес страницы, на которой заканчивается вход: токен в нём я найду. Я сразу удалю его из чата и сохраню зашифрованным.
step-vk-owner_id = 📣 На чью стену писать? Пришлите ссылку на сообщество, например <code>vk.com/acme</code>, или его номер с минусом: <code>-123456</code>.
said-vk-access_token = ✅ Ключ от сообщества «{ $name }»
connect-found-lacking-vk = Дайте недостающее право в управлении сообществом и проверьте ещё раз.
right-vk-wall = публиковать на стене
right-vk-files = прикреплять картинки и видео
trouble-vk-not-a-community-key = Это не ключ сообщества. Создайте его в «Управление» → «Работа с API» или выберите «Токен пользователя».
trouble-vk-not-a-wall = Не понял, чья это стена. Пришлите ссылку вида <code>vk.com/имя</code> или номер: у сообществ он с минусом.
trouble-vk-no-wall = Такой стены VK не нашёл, или этот ключ её не видит. Проверьте ссылку.
trouble-vk-bad-token = VK не принимает этот ключ: { $reason }

way-linkedin-token = 👤 Токен, от своего имени
way-linkedin-page_token = 🏢 Токен, от имени страницы
step-linkedin-author = 🏢 Какая страница? Пришлите её номер или ссылку из режима администратора: <code>linkedin.com/company/2414183/admin</code>.
step-linkedin-access_token = 🔑 Пришлите токен: linkedin.com/developers → ваше приложение → Auth → OAuth 2.0 tools. Живёт он не больше 60 дней, об окончании я предупрежу. Я сразу удалю его из чата и сохраню зашифрованным.
trouble-linkedin-not-a-page = Не понял, какая это страница. Нужен её номер: он стоит в адресе, когда вы открываете страницу как администратор.
trouble-linkedin-bad-token = LinkedIn не принимает этот токен: возможно, он закончился. Выпустите новый.
trouble-linkedin-forbidden = У токена нет нужного права: { $reason }
trouble-linkedin-not-found = Такой страницы LinkedIn не нашёл, или токену её не видно. Проверьте номер.

way-facebook-token = 🔑 Токен страницы
step-facebook-access_token = 🔑 Пришлите токен страницы (не свой личный): Graph API Explorer → «User or Page» → ваша страница, права <code>pages_manage_posts, pages_read_engagement</code>. Я сразу удалю его из чата и сохраню зашифрованным.
trouble-facebook-not-a-page-token = Это токен человека, а нужен токен страницы. В Graph API Explorer выберите страницу в списке «User or Page» и скопируйте токен ещё раз.
trouble-facebook-bad-token = Facebook не принимает этот токен: { $reason }

way-instagram-token = 🔑 Токен аккаунта
step-instagram-access_token = 🔑 Пришлите долгоживущий токен профессионального аккаунта: Meta for Developers → ваше приложение → Instagram → «Generate token». Я сразу удалю его из чата и сохраню зашифрованным.
trouble-instagram-bad-token = Instagram не принимает этот токен: { $reason }

way-threads-token = 🔑 Токен аккаунта
step-threads-access_token = 🔑 Пришлите долгоживущий токен: Meta for Developers → ваше приложение → Threads API → «User Token Generator». Я сразу удалю его из чата и сохраню зашифрованным.
trouble-threads-bad-token = Threads не принимает этот токен: { $reason }

way-twitter-tokens = 🔑 Токены из кабинета
step-twitter-client_id = 🪪 Пришлите Client ID приложения: developer.x.com → ваше приложение → Keys and tokens → OAuth 2.0. Понадобятся четыре значения: один access token живёт всего два часа.
step-twitter-client_secret = 🔑 Теперь Client Secret оттуда же. Этот и следующие ключи я сразу удаляю из чата и храню зашифрованными.
step-twitter-access_token = 🔑 Теперь access token пользователя (OAuth 2.0, с правами <code>tweet.read tweet.write users.read media.write offline.access</code>).
step-twitter-refresh_token = 🔑 И refresh token, выданный вместе с ним: по нему доступ продлевается сам.
trouble-twitter-bad-token = X не принимает access token: возможно, его два часа прошли. Выпустите пару токенов заново.
trouble-twitter-forbidden = X не пускает с этим токеном: { $reason }
trouble-twitter-not-a-client-id = Это не похоже на Client ID. Он стоит в кабинете X в разделе OAuth 2.0.

ways-webhook = ➕ <b>Вебхук</b>

    Посты уходят подписанным JSON на ваш адрес, а что с ними делать дальше, решаете вы. Подпись по правилам Standard Webhooks.
way-webhook-address = 🔗 Указать адрес
step-webhook-url = 🔗 Куда отправлять? Пришлите адрес целиком, с <code>https://</code>. Он должен принимать <code>POST</code> и отвечать кодом 200–299.
step-webhook-secret = 🔑 Вот секрет для проверки подписи. Скопируйте его получателю прямо сейчас: больше я его не покажу. Если секрет у получателя уже есть, пришлите его сообщением.
trouble-webhook-not-a-secret = Секрет должен быть в одну строку, от 16 до 500 знаков.
trouble-webhook-refused = Получатель нас не принял ({ $reason }). Проверьте адрес и то, что секрет у него этот же.

connect-plainly = Подключить
connect-found-no-test = Постов без файла здесь не бывает, поэтому тестового не будет.
step-copy = 📋 Скопировать
step-made = Готово, секрет у получателя
trouble-not-a-token = Это не похоже на ключ. Пришлите его целиком, одним сообщением.
trouble-not-a-server = Это не похоже на адрес сервера. Пришлите его, например, так: <code>mastodon.social</code>.
trouble-not-a-link = Это не похоже на веб-адрес. Пришлите его целиком, с <code>https://</code> в начале.
trouble-dns = Сервера с таким именем нет. Проверьте адрес.
trouble-redirect = Этот адрес переправляет на другой. Пришлите тот, на который он ведёт.
secret-platform_key = Это ключ от площадки. Черновиком он не станет. Его место: «Подключить канал», там я спрошу о нём и сохраню зашифрованным.
