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
  'line.which-invitation': 'Какое? отозвать и номер приглашения.',
  'line.which-person': 'Кого? удалить и номер человека.',
  'line.no-invitation': 'Приглашения {number} нет.',
  'line.no-person': 'Человека с номером {number} в комнате нет.',
  'line.help': `новая        новая ссылка; по нынешней больше никто не войдёт, а те, кто в комнате, останутся
разовая      ссылка для одного: войдёт первый, кто ею воспользуется
срок 1ч      ссылка на час (1д — на день, 1н — на неделю)
отозвать N   закрыть приглашение N
удалить N    удалить человека N и закрыть ссылку, по которой он пришёл
закрыть      закрыть страницу тем, кто не вошёл, и ссылки, по которым они пришли
https://…    добавить адрес своего туннеля или прокси
q            закончить; то же самое: стоп`,
  'link.renewed': 'Теперь ссылка новая. По прежней больше никто не войдёт.',
  'invitation.one-time': 'Приглашение {number}, для одного человека',
  'invitation.expiring': 'Приглашение {number}, до {time}',
  'invitation.made': 'Приглашение готово, оно среди ссылок выше.',
  'invitation.ended': 'Приглашение {number} отозвано.',
  'person.removed': 'Больше не в комнате: {name}.',
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
  'argument.see-help': 'Все параметры: npm run host -- --help',

  help: `Secret Call: голосовой звонок прямо из терминала.

  npm run host -- [параметры]

  --mode 1x1|group         вдвоём или группой (по умолчанию group)
  --capacity N             сколько человек помещается в комнате, от {min} до {max} (по умолчанию 6; в режиме 1x1 — 2)
  --port N                 порт на этом компьютере; 0 — любой свободный (по умолчанию 8790)
  --tunnel NAME            откуда берётся публичная ссылка: localhost.run, cloudflared или none
                           (по умолчанию localhost.run)
  --origin URL             публичный https-адрес вашего туннеля или прокси; можно указать несколько раз
  --lan                    пускать напрямую компьютеры из локальной сети
  --keep-room              хранить комнату в папке с данными, пока она открыта: если программа оборвётся или получит
                           SIGTERM, разговор не прервётся, а следующий запуск с --keep-room продолжит ту же комнату с той
                           же ссылкой и настройками. Кто прочтёт этот файл, сможет войти. q, стоп и Ctrl-C закрывают комнату
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
