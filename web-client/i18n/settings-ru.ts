/** Owns the Russian texts of the settings. */

import type { Message } from '../../main/common/translate.ts';
import type { SettingsKey } from './settings-en.ts';

export const settingsRu = {
  'settings.title': 'Настройки',
  'settings.close': 'Закрыть',

  'devices.microphone': 'Микрофон',
  'devices.microphone-number': 'Микрофон {number}',
  'devices.speaker': 'Динамик',
  'devices.speaker-number': 'Динамик {number}',
  'devices.system': 'Как выбрано в системе',
  'devices.missing': 'Выбранное ранее (не подключено)',
  'devices.system-speaker': 'Звук идёт туда, куда его направляет система.',
  'devices.denied': 'Разрешите микрофон в настройках сайта рядом с адресом и попробуйте снова.',
  'devices.absent': 'Подключите микрофон или гарнитуру и попробуйте снова.',
  'devices.busy': 'Закройте программу, которая занимает микрофон, и попробуйте снова.',
  'devices.failed': 'Проверьте, работает ли микрофон в других программах, и попробуйте снова.',
  'devices.refused': 'Поэтому работает прежний: вас слышно через него.',
  'devices.retry': 'Попробовать снова',
  'devices.test': 'Проиграть пробный звук',
  'devices.start': 'Проверить микрофон',
  'devices.level': 'Уровень микрофона',
  'devices.percent': '{percent} %',
  'devices.say': 'Скажите что-нибудь: полоска следует за голосом.',
  'devices.heard': 'Микрофон работает.',
  'devices.silent': 'С этого микрофона ничего не слышно. Возможно, он выключен или нужен другой.',
  'devices.asking': 'Ответьте на вопрос браузера.',

  'sound.section': 'Звук',
  'sound.echo': 'Подавление эха',
  'sound.echo.text': 'Остальные не услышат самих себя через ваш динамик.',
  'sound.noise': 'Подавление шума',
  'sound.noise.text': 'Убирает вентилятор, клавиатуру и улицу.',
  'sound.gain': 'Автоматическая громкость',
  'sound.gain.text': 'Выравнивает голос, близко вы к микрофону или далеко.',
  'sound.music': 'Режим для музыки',
  'sound.music.text': 'Звук идёт без обработки: всё перечисленное выключено. Наденьте наушники.',
  'sound.cues': 'Звуки событий',
  'sound.cues.text': 'Когда кто-то входит, выходит или пишет.',

  'talking.title': 'Разговор',
  'talking.push': 'Режим рации',
  'talking.push.text': 'Вас слышно, только пока вы держите клавишу.',
  'talking.key': 'Клавиша',
  'talking.key-change': 'Изменить',
  'talking.key-name': 'Изменить клавишу для разговора, сейчас «{key}»',
  'talking.key-wait': 'Нажмите клавишу…',
  'talking.key-refused': 'Эта клавиша нужна для другого. Нажмите другую или Esc, чтобы оставить прежнюю.',
  'everywhere.switch': 'Рация поверх всех окон',
  'everywhere.text':
    'Клавиша работает, даже когда вы в другой программе. Приложение следит за ней только во время звонка, а остальные не запоминает.',
  'everywhere.mode': 'Пока она нажата',
  'everywhere.talk': 'Меня слышно',
  'everywhere.mute': 'Меня не слышно',
  'everywhere.key': 'Клавиша для всех окон',
  'everywhere.writes':
    'Другая программа тоже получит эту клавишу и напечатает её. Правый Ctrl или F9, например, ничего не печатают.',
  'everywhere.no-display': 'Для этого нужен сеанс X11, а его нет. В этом окне можно включить «Режим рации».',
  'everywhere.wayland':
    'Wayland показывает клавиши только активной программе. Войдите в сеанс X11 (Xorg), а в этом окне можно включить «Режим рации».',
  'everywhere.no-permission':
    'Нужно разрешение macOS: откройте «Системные настройки», «Конфиденциальность и безопасность», «Универсальный доступ» и включите там Secret Call.',
  'everywhere.unknown-key': 'Вне этого окна эту клавишу не отличить от других. Выберите другую.',
  'everywhere.failed':
    'Клавишу не слышно. Выключите и включите этот переключатель; в Linux, возможно, сначала нужно установить libXt и libXtst.',

  'talking.keys': 'Сочетания клавиш',
  'talking.keys.mute': 'Включить или выключить микрофон во время звонка',
  'talking.keys.talk': 'Говорить, пока клавиша нажата, во время звонка',
  'talking.keys.close': 'Закрыть то, что открыто',

  'connection.title': 'Соединение',
  'connection.hide': 'Скрывать мой адрес',
  'connection.hide.text':
    'Вместо вашего сетевого адреса участники звонка видят адрес сервера TURN, который указал ведущий. Кто узнал ваш адрес раньше, тот его знает, и серверам ведущего он по-прежнему виден.',
  'connection.hide.none':
    'В этом звонке недоступно: у ведущего нет сервера TURN, за которым можно скрыть адрес.',
  'connection.hide.stuck':
    'У ведущего этого звонка нет сервера TURN, за которым можно скрыть адрес. Пока переключатель включён, вас ни с кем не соединить.',
  'connection.hide.host': 'В этом звонке ведущий скрывает адреса всех участников.',
  'connection.stun': 'Сервер STUN',
  'connection.stun.text':
    'Сообщает этой странице её сетевой адрес и сам его видит. Пустое поле — серверы, которые указал ведущий.',
  'connection.save': 'Сохранить',
  'connection.saved': 'Сохранено: этот сервер будет использован со следующего соединения.',
  'connection.cleared': 'Сохранено: снова используются серверы ведущего.',
  'connection.not-stun': 'Это не адрес STUN. Он выглядит так: stun:stun.example.org:3478.',
  'connection.turn': 'Это сервер TURN, его может указать только ведущий. Здесь нужен сервер STUN.',
  'connection.host':
    'Имени сервера нет или в нём лишний знак. Правильный адрес выглядит так: stun:stun.example.org:3478.',
  'connection.port': 'Порт — это число от 1 до 65535.',

  'appearance.title': 'Внешний вид',
  'appearance.language': 'Язык',
  'appearance.language.browser': 'Авто',
  'appearance.language.en': 'English',
  'appearance.language.ru': 'Русский',
  'appearance.theme': 'Тема',
  'appearance.theme.system': 'Авто',
  'appearance.theme.dark': 'Тёмная',
  'appearance.theme.light': 'Светлая',

  'settings.unkept':
    'Браузер не даёт странице хранить настройки. Ваш выбор действует, пока вы её не закроете и не обновите.',
  'settings.reset': 'Вернуть исходные настройки',
  'settings.was-reset': 'Все настройки снова такие, какими были вначале.',
} as const satisfies Record<SettingsKey, Message>;
