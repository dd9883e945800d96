/** Owns the Russian words of the terminal host. */

import type { Message } from '../../common/translate.ts';
import type { terminalEn } from './en.ts';

export const terminalRu = {
  title: 'Secret Call: {phase}',
  hint: 'Слово и Enter: новая (ссылка), разовая (на одного), срок 1ч, помощь. Чтобы закончить: q и Enter или Ctrl-C.',
  'hint.no-input': 'Чтобы закончить: Ctrl-C.',
  'qr.too-small': 'Увеличьте окно, чтобы увидеть ссылку в виде QR-кода.',
  'qr.caption': 'Та же ссылка для телефона:',
  tunnel: 'Туннель ({provider}): {state}',
  'origin.added': 'Добавлено: {origin}',
  'line.unknown': 'Непонятно. Что можно ввести: помощь и Enter.',
  'line.which-time': 'На какой срок? срок 1ч, срок 1д или срок 1н.',
  'line.which-revoke': 'Какое? отозвать и номер приглашения.',
  'line.which-remove': 'Кого? удалить и номер человека.',
  'line.which-admit': 'Кого? впустить и номер человека.',
  'line.which-refuse': 'Кому? отказать и номер человека.',
  'line.on-or-off-lobby': 'лобби вкл или лобби выкл.',
  'line.on-or-off-hide': 'скрыть вкл или скрыть выкл.',
  'line.on-or-off-files': 'файлы вкл или файлы выкл.',
  'line.no-invitation': 'Приглашения {number} нет.',
  'line.no-person': 'Человека с номером {number} в комнате нет.',
  'line.nobody-waits': 'Человек с номером {number} у входа не ждёт.',
  'line.help': `новая        новая ссылка; по нынешней больше никто не войдёт, а те, кто в комнате, останутся
разовая      ссылка для одного: войдёт первый, кто ею воспользуется
срок 1ч      ссылка на час (1д — на день, 1н — на неделю)
отозвать N   закрыть приглашение N
удалить N    удалить человека N и закрыть ссылку, по которой он пришёл
закрыть      закрыть страницу тем, кто не вошёл, и ссылки, по которым они пришли
запереть     больше никто не войдёт, а те, кто в комнате, останутся; отпереть: снова входят по ссылке
лобби вкл    каждого впускаете вы; лобби выкл: входят сами
файлы выкл   файлы в комнате отправлять нельзя; файлы вкл: можно
впустить N   впустить человека N, который ждёт
отказать N   не впускать человека N
скрыть вкл   скрыть адреса участников друг от друга: голоса идут только через серверы TURN; скрыть выкл: снова напрямую
завершить    завершить разговор для всех; комната останется открытой для следующего, с новой ссылкой
уйти         закончить здесь, а те, кто в комнате, продолжат разговор; больше никто не войдёт
https://…    добавить адрес своего туннеля или прокси
q            закончить разговор для всех и выйти; то же самое: стоп`,
  'link.renewed': 'Теперь ссылка новая. По прежней больше никто не войдёт.',
  'invitation.one-time': 'Приглашение {number}, для одного человека',
  'invitation.expiring': 'Приглашение {number}, до {time}',
  'invitation.made': 'Приглашение готово, оно среди ссылок выше.',
  'invitation.ended': 'Приглашение {number} отозвано.',
  'person.removed': 'Больше не в комнате: {name}.',
  'person.admitted': 'Можно войти: {name}.',
  'person.refused': 'Войти нельзя: {name}.',
  'waiting.more': {
    one: 'и ещё {count}',
    few: 'и ещё {count}',
    many: 'и ещё {count}',
    other: 'и ещё {count}',
  },
  'door.lock': 'Комната заперта. Больше никто не войдёт, пока вы не введёте «отпереть».',
  'door.unlock': 'Комната больше не заперта.',
  'door.lobby-on': 'Теперь каждого впускаете вы.',
  'door.lobby-off': 'Теперь все, у кого есть ссылка, входят сами.',
  'addresses.hidden':
    'Теперь голоса идут только через серверы TURN. Кто был в комнате раньше, уже видел адреса остальных.',
  'addresses.shown': 'Голоса снова идут напрямую, где это возможно, и участники видят адреса друг друга.',
  'files.on': 'Теперь в комнате можно отправлять файлы.',
  'files.off': 'Теперь файлы отправлять нельзя. То, что передавалось, остановлено.',
  'room.no-files': 'Файлы отключены: отправлять их в комнате нельзя',
  'call.ended': 'Разговор завершён для всех.',
  'waiting.shut-out': 'Тем, кто не вошёл, страница закрыта.',
  failed: 'Не удалось запустить Secret Call: {reason}',
  'kept.port':
    'Порт прерванной комнаты занят другой программой — возможно, второй копией Secret Call. Закройте её.',
  'kept.still':
    'Прерванная комната по-прежнему сохранена. Запустите снова, когда это исправите, и она продолжится.',

  'argument.unknown': 'Параметра {option} нет.',
  'argument.no-value': 'Параметру {option} нужно значение.',
  'argument.extra-value': 'У параметра {option} не бывает значения.',
  'argument.positional': 'Все параметры начинаются с --, а этот нет: {option}',
  'argument.mode': '--mode — это 1x1 или group.',
  'argument.capacity': '--capacity — целое число от {min} до {max}.',
  'argument.capacity-1x1': 'В режиме 1x1 говорят двое, поэтому --capacity может быть только 2.',
  'argument.port': '--port — целое число от 0 до 65535; 0 — любой свободный порт.',
  'argument.tunnel': '--tunnel — это localhost.run, cloudflared или none.',
  'argument.ssh-target': '--ssh-target записывается как пользователь@сервер.',
  'argument.ssh-port': '--ssh-port — целое число от 1 до 65535.',
  'argument.ssh-known-hosts':
    '--ssh-known-hosts — путь к файлу, без кавычек, обратных косых черт и ${ в нём.',
  'argument.origin': '--origin — адрес вида https://name.example, без продолжения.',
  'argument.turn-scheme':
    'Адрес сервера TURN начинается с turn: или turns:, строчными буквами. Этот начинается иначе: {option}',
  'argument.turn-slashes': 'После turn: косых черт не бывает: turn:name.example:3478. Введено: {option}',
  'argument.turn-login':
    'В адресе сервера TURN не бывает имени и пароля. Для них есть --turn-user и --turn-password-file или --turn-secret-file.',
  'argument.turn-host': 'Имя или адрес сервера TURN не подходит: {option}',
  'argument.turn-brackets':
    'Адрес IPv6 пишут в квадратных скобках: turn:[2001:db8::1]:3478. Введено: {option}',
  'argument.turn-port': 'Порт сервера TURN — целое число от 1 до 65535: {option}',
  'argument.turn-transport':
    'В конце адреса сервера TURN может стоять только ?transport=udp или ?transport=tcp, строчными буквами: {option}',
  'argument.turn-too-long': 'Слишком длинный адрес сервера TURN: {option}',
  'argument.turn-too-many': '--turn можно указать не больше восьми раз.',
  'argument.turn-no-server':
    'Какой сервер TURN? Укажите --turn и его адрес, например turn:name.example:3478.',
  'argument.turn-no-credentials':
    'К --turn нужны данные для входа: --turn-secret-file или --turn-user вместе с --turn-password-file.',
  'argument.turn-two-credentials':
    'С --turn-secret-file не нужны --turn-user и --turn-password-file: укажите что-то одно.',
  'argument.turn-no-user': 'К --turn-password-file нужно --turn-user — имя, к которому относится пароль.',
  'argument.turn-no-password': 'К --turn-user нужно --turn-password-file — файл с паролем.',
  'argument.turn-user-empty': 'Имя в --turn-user пустое.',
  'argument.turn-user-too-long': 'Имя в --turn-user слишком длинное.',
  'argument.turn-user-characters': 'В имени --turn-user есть невидимые знаки, например перевод строки.',
  'argument.turn-file-missing': 'Такого файла нет: {option}',
  'argument.turn-file-unreadable': 'Файл не удалось прочитать: {option}',
  'argument.turn-file-empty': 'Файл пуст: {option}',
  'argument.turn-file-too-long': 'В файле больше, чем секрет или пароль: {option}',
  'argument.turn-file-characters':
    'В файле должна быть одна строка текста (UTF-8) — секрет или пароль и ничего больше: {option}',
  'argument.see-help': 'Все параметры: npm run host -- --help',

  help: `Secret Call: голосовой звонок прямо из терминала.

  npm run host -- [параметры]

  --mode 1x1|group         вдвоём или группой (по умолчанию group)
  --capacity N             сколько человек помещается в комнате, от {min} до {max} (по умолчанию 6; в режиме 1x1 — 2)
  --port N                 порт на этом компьютере; 0 — любой свободный (по умолчанию 8790)
  --tunnel NAME            откуда берётся публичная ссылка: localhost.run, cloudflared или none
                           (по умолчанию localhost.run, а если не работает, то cloudflared)
  --origin URL             публичный https-адрес вашего туннеля или прокси; можно указать несколько раз
  --lan                    пускать напрямую компьютеры из локальной сети
  --keep-room              хранить комнату в папке с данными, пока она открыта: если программа оборвётся или получит
                           SIGTERM, разговор не прервётся, а следующий запуск с --keep-room продолжит ту же комнату с той
                           же ссылкой и настройками. Кто прочтёт этот файл, сможет войти. q, стоп и Ctrl-C закрывают комнату
  --lobby                  впускать каждого самому: кто хочет войти, ждёт, пока вы не введёте «впустить» и его номер
  --no-files               не давать отправлять файлы в комнате; «файлы вкл», введённое во время работы, разрешит
  --turn URL               сервер TURN, через который идут голоса, когда напрямую не получается, например
                           turn:name.example:3478 или turns:name.example:443?transport=tcp; можно указать до восьми раз
  --turn-secret-file FILE  файл с общим секретом этих серверов (в coturn — static-auth-secret). Секрет остаётся здесь:
                           каждый гость получает свои временные данные для входа, и их вовремя обновляют
  --turn-user NAME         или имя и
  --turn-password-file FILE
                           файл с паролем, общие для всех: их узнает каждый, кто вошёл в комнату
  --relay-only             скрыть сетевые адреса участников друг от друга: голоса идут только через серверы TURN;
                           позже: скрыть вкл, скрыть выкл
  --ssh-target USER@HOST   ssh-сервер вместо localhost.run
  --ssh-port N             его порт
  --ssh-known-hosts FILE   файл с его ключом
  --json                   в стандартный вывод идут только события, по одному объекту JSON в строке
  --help                   эта справка

Что можно вводить во время работы, подскажет слово «помощь» и Enter.

Переменные окружения:
  SECRET_CALL_DATA         папка для настроек и сертификата
  SECRET_CALL_LOG          debug, info, warn или error: писать журнал в стандартный поток ошибок`,
} satisfies Record<keyof typeof terminalEn, Message>;
