/** Owns the window's Russian texts. */

import { sharedRu } from '../../main/common/i18n/ru.ts';
import type { Message } from '../../main/common/translate.ts';
import type { WindowText } from './en.ts';

export const windowRu = {
  ...sharedRu,

  'privacy.page':
    'Кто говорит из браузера, получает страницу с этого компьютера через туннель, а туннель может подменить её код. Тогда разговор с этим человеком не защищён.',
  'privacy.own-code':
    'Кто говорит из этой программы — вы через «Говорить здесь» и гости, у которых она тоже есть, — работает с кодом, который пришёл вместе с ней: туннель не может его подменить.',

  'app.loading': 'Секунду…',
  'app.unavailable': 'Окно потеряло связь с Secret Call. Закройте его и запустите программу снова.',
  'app.settings': 'Настройки',
  'app.dismiss': 'Скрыть',
  'app.close': 'Закрыть',
  'app.cancel': 'Отмена',

  'cut-off.title': 'Прошлая комната прервалась',
  'cut-off.text': 'Продолжить? Ссылка останется прежней, а те, кто ещё разговаривает, вернутся сами.',
  'cut-off.go-on': 'Продолжить',
  'cut-off.anew': 'Начать заново',
  'cut-off.anew-note': 'Если начать заново, прежняя ссылка больше никогда не сработает.',
  'cut-off.port':
    'Порт этой комнаты занят другой программой — возможно, второй копией Secret Call. Закройте её и нажмите «Продолжить» ещё раз: комната по-прежнему сохранена.',
  'cut-off.still': 'Комната по-прежнему сохранена. Когда исправите это, нажмите «Продолжить» ещё раз.',

  'setup.title': 'Новый звонок',
  'setup.lead':
    'Откройте комнату, отправьте ссылку и говорите. Голос идёт напрямую между людьми; сказанное нигде не хранится.',
  'setup.mode': 'Вид звонка',
  'setup.mode-pair': '1×1',
  'setup.mode-pair-hint': 'Два человека',
  'setup.mode-group': 'Группа',
  'setup.mode-group-hint': 'До 12 человек',
  'setup.capacity': 'Число мест',
  'setup.capacity-hint': 'Сколько человек в комнате вместе с вами',
  'setup.pair-note': 'За вторым человеком дверь закроется.',
  'setup.host': 'Открыть комнату',
  'setup.tunnel-note': 'Публичная ссылка через {tunnel}',
  'setup.no-tunnel-note': 'Без туннеля: публичной ссылки не будет',
  'setup.change': 'Изменить',
  'setup.any-port': 'Взять любой свободный порт',
  'setup.invited': 'Вам прислали ссылку?',

  'join.title': 'Войти в звонок',
  'join.lead':
    'Вы будете говорить из этой программы, в отдельном окне. Его код пришёл вместе с программой, и хозяин звонка не может его подменить.',
  'join.label': 'Ссылка',
  'join.hint': 'Вставьте её целиком; слова вокруг не мешают. Её можно и перетащить в это окно.',
  'join.submit': 'Войти',
  'join.drop': 'Отпустите ссылку, чтобы войти в звонок',

  'number.fewer': 'Меньше',
  'number.more': 'Больше',
  'number.range': 'Целое число от {least} до {most}',

  'live.stop': 'Закрыть комнату',
  'live.badge': 'Идёт',
  'live.badge-pair': 'Идёт, 1×1',
  'live.badge-group': {
    one: 'Идёт, группа на {count} место',
    few: 'Идёт, группа на {count} места',
    many: 'Идёт, группа на {count} мест',
    other: 'Идёт, группа на {count} места',
  },

  'progress.certificate': 'Сертификат',
  'progress.server': 'Сервер',
  'progress.server-on': 'Сервер на порту {port}',
  'progress.tunnel': 'Туннель',
  'progress.waiting': 'ожидает',
  'progress.working': 'выполняется',
  'progress.done': 'готово',
  'progress.failed': 'ошибка',

  'invite.local-only': 'Эта ссылка работает только на этом компьютере.',
  'invite.local-only-next':
    'Чтобы позвать других, выберите туннель в настройках и откройте комнату заново или добавьте свой адрес.',
  'invite.copy': 'Скопировать ссылку',
  'invite.copied': 'Скопировано',
  'invite.copy-origin': 'Скопировать {origin}',
  'invite.qr': 'QR-код',
  'invite.qr-label': 'QR-код ссылки для гостей',
  'invite.open-here': 'Открыть на этом компьютере',
  'invite.talk-here': 'Говорить здесь',
  'invite.own-seat':
    'Ваше место. «Говорить здесь» откроет окно с кодом, который пришёл вместе с программой; можно и из браузера.',
  'invite.retry': 'Следующая попытка через {seconds} с',
  'invite.retry-now': 'Пробуем снова…',

  'invite.new': 'Новая ссылка',
  'invite.new-title': 'Создать новую ссылку?',
  'invite.new-text': 'По нынешней ссылке больше никто не войдёт; те, кто уже в комнате, останутся.',
  'invite.new-confirm': 'Создать ссылку',
  'invite.is-new': 'Это новая ссылка: по прежней больше никто не войдёт. Отправляйте теперь эту.',

  'former.send-all':
    'Кто уже в звонке, остаётся в нём. Отправьте новую ссылку тем, кого вы пригласили и кто ещё не пришёл; у приглашений ниже ссылки тоже новые.',
  'former.copy': 'Скопировать новую ссылку',
  'former.copied': 'Прежний адрес, {origin}, не работает с {time}.',

  'invitations.title': 'Приглашения',
  'invitations.lead':
    'По ссылке для одного войдёт лишь первый, кто ею воспользуется. По ссылке со сроком — все, у кого она есть, пока срок не истёк.',
  'invitations.one-time': 'Пригласить одного',
  'invitations.expiring': 'Ссылка со сроком',
  'invitations.lifetime': 'Действует',
  'invitations.hour': '1 час',
  'invitations.day': '1 день',
  'invitations.week': '1 неделю',
  'invitations.create': 'Создать ссылку',
  'invitations.for-one': 'Для одного',
  'invitations.expires-minutes': {
    one: 'Ещё {count} минуту',
    few: 'Ещё {count} минуты',
    many: 'Ещё {count} минут',
    other: 'Ещё {count} минуты',
  },
  'invitations.expires-hours': {
    one: 'Ещё {count} час',
    few: 'Ещё {count} часа',
    many: 'Ещё {count} часов',
    other: 'Ещё {count} часа',
  },
  'invitations.expires-days': {
    one: 'Ещё {count} день',
    few: 'Ещё {count} дня',
    many: 'Ещё {count} дней',
    other: 'Ещё {count} дня',
  },
  'invitations.expires-soon': 'Меньше минуты',
  'invitations.expired': 'Срок истёк',
  'invitations.local-only': 'Пока нет публичной ссылки, они работают только на этом компьютере.',
  'invitations.copy': 'Скопировать',
  'invitations.copy-name': 'Скопировать приглашение {mark}',
  'invitations.revoke': 'Отозвать',
  'invitations.revoke-name': 'Отозвать приглашение {mark}',

  'address.add': 'Добавить адрес',
  'address.hint': 'Адрес туннеля или прокси, который вы запустили сами и направили на порт {port}.',
  'address.label': 'Адрес',
  'address.submit': 'Добавить',
  'address.cancel': 'Отмена',

  'people.hint': 'Отправьте ссылку. Чтобы говорить самому, нажмите «Говорить здесь».',
  'people.nameless': 'Гость {id}',
  'people.remove': 'Удалить',
  'people.remove-name': 'Удалить: {name}',
  'people.remove-title': 'Удалить участника «{name}»?',
  'people.remove-text':
    'Человек сразу окажется вне комнаты, а ссылка, по которой он пришёл, перестанет действовать. Если это ссылка для гостей, появится новая.',

  'waiting.admit': 'Впустить',
  'waiting.admit-name': 'Впустить: {name}',
  'waiting.admit-all': 'Впустить всех',
  'waiting.refuse': 'Отказать',
  'waiting.refuse-name': 'Отказать: {name}',
  'waiting.more': {
    one: 'и ещё {count}: появится здесь, когда вы ответите другим',
    few: 'и ещё {count}: появятся здесь, когда вы ответите другим',
    many: 'и ещё {count}: появятся здесь, когда вы ответите другим',
    other: 'и ещё {count}: появятся здесь, когда вы ответите другим',
  },

  'door.lock': 'Запереть комнату',
  'door.lock-hint':
    'Пока она заперта, никто новый не войдёт ни по какой ссылке; тем, кто ждёт, об этом скажут. Кто внутри, остаётся и может вернуться на своё место.',
  'door.lobby': 'Впускать по одному',
  'door.lobby-hint': 'Каждый, кто пришёл, ждёт, пока вы его не впустите.',
  'door.lobby-off-hint':
    'Каждый, кто пришёл, ждёт, пока вы его не впустите. Если выключить, войдут все, кто ждёт.',

  'end-call.action': 'Завершить для всех',
  'end-call.title': 'Завершить звонок для всех?',
  'end-call.text':
    'Все выйдут из звонка. Комната останется открытой и пустой, с новой ссылкой; прежние перестанут действовать.',
  'end-server.action': 'Остановить сервер',
  'end-server.title': 'Остановить только сервер?',
  'end-server.text':
    'Кто внутри, продолжит разговор сам: по ссылкам никто не войдёт, и удалить никого вы не сможете. Если комната сохраняется, потом её можно продолжить.',

  'onlookers.shut-out': 'Не впускать',
  'onlookers.title': 'Не впускать никого, кто ещё не вошёл?',
  'onlookers.text':
    'Страница у них закроется, а ссылки, по которым они пришли, перестанут действовать; если среди них ссылка для гостей, появится новая. Те, кто в комнате, останутся. Ваша собственная открытая страница тоже считается.',

  'settings.later': 'Изменения подключения подействуют, когда вы откроете комнату в следующий раз.',
  'settings.done': 'Готово',
  'settings.language': 'Язык',
  'settings.language-system': 'Как в системе',
  'settings.notifications': 'Уведомления',
  'settings.notifications-hint':
    'Когда кто-то вошёл, ждёт у входа, упомянул вас или перестала работать публичная ссылка, а вы заняты другим.',
  'settings.notification-texts': 'Показывать сообщения в уведомлениях',
  'settings.notification-texts-hint': 'Их прочтёт любой, кто видит ваш экран, а система может их сохранить.',
  'settings.connection': 'Публичная ссылка',
  'settings.tunnel-localhost.run': 'localhost.run',
  'settings.tunnel-localhost.run-hint':
    'По ssh, ничего не нужно устанавливать. Адрес меняется через несколько часов.',
  'settings.tunnel-cloudflared': 'Cloudflare',
  'settings.tunnel-cloudflared-hint': 'Нужна программа cloudflared. Адрес не меняется, пока открыта комната.',
  'settings.other-tunnel': 'Переходить на другой туннель, если выбранный не работает',
  'settings.other-tunnel-hint':
    'После трёх неудач и 20 секунд. Окно сообщит об этом и покажет, через кого идёт ссылка.',
  'settings.tunnel-none': 'Без туннеля',
  'settings.tunnel-none-hint': 'Только этот компьютер, ваша сеть или адрес, который вы добавите.',
  'settings.local': 'Этот компьютер',
  'settings.port': 'Порт',
  'settings.port-hint': '0 — любой свободный порт',
  'settings.lan': 'Доступ из локальной сети',
  'settings.lan-warning':
    'Страница будет доступна всем в вашей сети, но войти по-прежнему можно только по ссылке. Брандмауэр может задать вопрос, а браузеры предупредят о собственном сертификате этого компьютера.',
  'settings.keep': 'Сохранять комнату, если Secret Call прервётся',
  'settings.keep-hint':
    'Пока комната открыта, её секрет будет лежать незашифрованным в файле этой учётной записи: в этой системе нет хранилища ключей. Кто прочтёт файл, сможет войти.',
  'settings.keep-sealed':
    'Если Secret Call прервётся, он предложит продолжить комнату. Пока она открыта, её секрет лежит на диске, запечатанный хранилищем ключей системы.',
  'settings.stun': 'Серверы STUN',
  'settings.stun-hint':
    'Они сообщают гостям их внешний адрес, чтобы голос нашёл прямой путь. Им видны адреса, но не содержание.',
  'settings.stun-empty': 'Ни одного: звонки получатся только внутри одной сети.',
  'settings.stun-item': 'Сервер STUN {number}',
  'settings.stun-add': 'Добавить сервер',
  'settings.stun-remove': 'Удалить сервер {number}',
  'settings.stun-bad': 'Адрес должен выглядеть как stun:name.example:3478',

  'announce.live': 'Комната открыта',
  'announce.closed': 'Комната закрыта',
  'announce.joined': 'В комнате: {name}',
  'announce.waits': 'Ждёт у входа: {name}',
  'announce.left': 'Из комнаты: {name}',
  'announce.new-link': 'Теперь у гостей новая ссылка, прежняя больше не действует',
  'announce.invitations-ended': {
    one: 'Закончилось {count} приглашение',
    few: 'Закончились {count} приглашения',
    many: 'Закончилось {count} приглашений',
    other: 'Закончились {count} приглашения',
  },
  'announce.public': 'Ссылка для гостей готова',
  'announce.moved': 'У ссылки для гостей новый адрес; прежний больше не работает',
} as const satisfies Record<WindowText, Message>;
