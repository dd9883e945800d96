/** Owns the Russian texts that window, terminal and page share. */

import type { Message } from '../translate.ts';
import type { privacyEn, sharedEn } from './en.ts';

/** SECURITY.md in a few sentences, apart so that the page need not carry the rest. */
export const privacyRu = {
  'privacy.title': 'Насколько это приватно?',
  'privacy.protected': 'Защищено',
  'privacy.voice': 'Голос идёт напрямую от человека к человеку и зашифрован.',
  'privacy.sealed': 'Имена и данные для соединения зашифрованы ключами из ссылки; туннелю они не достаются.',
  'privacy.open': 'Не защищено',
  'privacy.page': 'Ведущий или туннель могут подменить код страницы. Тогда всё сказанное выше неверно.',
  'privacy.link':
    'Пока комната открыта, войти может каждый, у кого есть ссылка, а браузер может сохранить её в истории.',
  'privacy.names': 'Имя человек вводит сам. Его никто не проверяет.',
  'privacy.addresses': 'Ваш сетевой адрес видят все, кто в звонке, и серверы STUN, если они используются.',
  'privacy.traffic':
    'Туннель и сети на пути видят, откуда, когда и сколько данных передаётся, но не слышат разговор.',
} satisfies Record<keyof typeof privacyEn, Message>;

export const sharedRu = {
  ...privacyRu,

  'host-error.bad-options': 'Эти настройки не сочетаются. Проверьте режим, число мест и порт.',
  'host-error.port-in-use':
    'Этот порт занят другой программой — возможно, второй копией Secret Call. Закройте её или выберите другой порт.',
  'host-error.port-denied': 'Система не разрешает занять этот порт. Выберите порт больше 1023.',
  'host-error.page-missing': 'В этой копии Secret Call нет страницы для гостей. Установите программу заново.',
  'host-error.certificate-failed':
    'Не удалось прочитать или создать сертификат. Проверьте, доступна ли для записи папка с данными.',
  'host-error.bad-origin':
    'По такому адресу гости не придут. Он должен выглядеть как https://name.example, без продолжения.',
  'host-error.not-live': 'Комната сейчас закрыта. Сначала откройте её.',
  'host-error.busy': 'Комната уже открыта либо как раз открывается или закрывается.',
  'host-error.internal':
    'В Secret Call произошла внутренняя ошибка. Попробуйте ещё раз; если не поможет, перезапустите программу.',

  'tunnel-error.ssh-not-found':
    'На этом компьютере нет программы ssh, а для localhost.run она нужна. Установите клиент OpenSSH или выберите другой туннель.',
  'tunnel-error.cloudflared-not-found':
    'На этом компьютере нет программы cloudflared. Установите её или выберите другой туннель.',
  'tunnel-error.network-unreachable': 'Служба туннеля недоступна. Проверьте подключение к интернету.',
  'tunnel-error.host-key-mismatch':
    'Служба туннеля показала чужой ключ: возможно, кто-то выдаёт себя за неё. Публичная ссылка не создана. Попробуйте другую сеть или другой туннель.',
  'tunnel-error.tunnel-refused':
    'Служба туннеля отказала в подключении. Подождите несколько минут или выберите другой туннель.',
  'tunnel-error.tunnel-timeout':
    'Служба туннеля не выдала адрес вовремя. Проверьте подключение к интернету или выберите другой туннель.',
  'tunnel-error.tunnel-lost':
    'Связь со службой туннеля оборвалась. Разговоры продолжаются; публичная ссылка может вернуться с другим адресом.',
  'tunnel-error.tunnel-not-answering':
    'Публичная ссылка не отвечает. Если так и останется, закройте комнату и откройте снова или выберите другой туннель.',

  'notice.settings-damaged':
    'Не удалось прочитать файл настроек. Он отложен в сторону, а настройки сброшены к исходным.',
  'notice.settings-not-saved':
    'Не удалось сохранить настройки. Они действуют до закрытия Secret Call. Проверьте, доступна ли для записи папка с данными.',
  'notice.certificate-renewed':
    'У этого компьютера новый сертификат. Браузеры, открывающие его адрес по https, спросят о нём ещё раз.',

  'tunnel-phase.off': 'Без туннеля',
  'tunnel-phase.connecting': 'Получаем публичную ссылку…',
  'tunnel-phase.connected': 'Публичная ссылка работает',
  'tunnel-phase.waiting': 'Публичной ссылки пока нет. Следующая попытка через {seconds} с.',
  'tunnel-phase.failed': 'Публичной ссылки нет',

  'host-phase.idle': 'Комната закрыта',
  'host-phase.starting': 'Открываем комнату…',
  'host-phase.live': 'Комната открыта',
  'host-phase.stopping': 'Закрываем комнату…',
  'host-phase.failed': 'Не удалось открыть комнату',

  'link.public': 'Ссылка для гостей',
  'link.local': 'На этом компьютере',
  'link.other': 'Другие адреса',
  'link.secret': 'Войти может каждый, у кого есть ссылка. Отправляйте её только тем, с кем хотите говорить.',

  'room.title': 'В комнате: {count} из {capacity}',
  'room.empty': 'В комнате пока никого нет',
  'room.name-hidden': 'Имя не читается',
} satisfies Record<keyof typeof sharedEn, Message>;
