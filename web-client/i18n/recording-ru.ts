/** Owns the Russian texts of recordings. */

import type { Message } from '../../main/common/translate.ts';
import type { recordingEn } from './recording-en.ts';

export const recordingRu = {
  'recording.record': 'Записать',
  'recording.list': 'Записи',
  'recording.choose': 'Записать звонок?',
  'recording.choose.text':
    'Спросят каждого, и в запись попадут только те, кто согласится, и только с этой минуты. Пока запись идёт, все видят, что вы записываете. Она остаётся на вашем устройстве.',
  'recording.mixed': 'Всех на одну дорожку',
  'recording.mixed.text': 'Чтобы слушать, как было.',
  'recording.each': 'Каждого на свою дорожку',
  'recording.each.text': 'Чтобы монтировать: каждый голос отдельно, всё в одном файле.',
  'recording.cancel': 'Отмена',
  'recording.may': '{name} хочет записать звонок. Можно?',
  'recording.may.text':
    'Вашего голоса в записи нет, пока вы не согласились. Согласие можно отозвать в любой момент.',
  'recording.asks': '{name} просит разрешения на запись. Ответить можно над списком участников.',
  'recording.agree': 'Согласиться',
  'recording.refuse': 'Без меня',
  'recording.later': 'Решить позже',
  'recording.status': 'Идёт запись: {names}',
  'recording.you': 'вы',
  'recording.others': '{name} записывает звонок',
  'recording.others.in': 'Ваш голос в записи есть.',
  'recording.others.out': 'Вашего голоса в записи нет.',
  'recording.withdraw': 'Не записывать меня',
  'recording.withdraw.name': 'Не записывать меня: {name}',
  'recording.join': 'Записывать и меня',
  'recording.join.name': 'Записывать и меня: {name}',
  'recording.agree.name': 'Согласиться на запись: {name}',
  'recording.refuse.name': 'Без меня: {name}',
  'recording.own': 'Вы записываете звонок',
  'recording.own.amount': '{time}, {size}.',
  'recording.own.in': 'В записи: {names}.',
  'recording.own.none': 'Ещё не ответили: {names}.',
  'recording.own.refused': 'Не в записи: {names}.',
  'recording.stop': 'Остановить запись',
  'recording.starting': 'Запись начинается…',
  'recording.stopping': 'Запись завершается…',
  'recording.is-in': '{name} даёт согласие и теперь в вашей записи',
  'recording.is-out': '{name}: в вашей записи этого голоса нет',
  'recording.ended': '{name} больше не записывает',
  'recording.failed.missing': 'Запись пока недоступна',
  'recording.failed.missing.text':
    'Часть страницы, которая ведёт запись, не загрузилась: компьютер ведущего не отвечает. Звонок продолжается; нажмите «Записать» ещё раз позже.',
  'recording.failed.unsupported': 'Запись здесь не работает',
  'recording.failed.unsupported.text':
    'Звук здесь не кодируется. Это умеют новые версии Chrome, Edge и Firefox.',
  'recording.failed.no-output': 'Для записи нужен вывод звука',
  'recording.failed.no-output.text':
    'Этот браузер записывает, только когда ему есть на чём воспроизводить звук, а сейчас не на чем. Подключите наушники или колонки, загрузите страницу заново и попробуйте ещё раз. Или запишите звонок в другом браузере.',
  'recording.failed.no-storage': 'Запись негде хранить',
  'recording.failed.no-storage.text':
    'На этом устройстве ничего нельзя сохранить. Разрешите странице хранить данные или откройте обычное, не приватное окно и попробуйте ещё раз.',
  'recording.failed.no-space': 'Запись остановилась: кончилось место',
  'recording.failed.no-space.text':
    'То, что успело записаться, не пропало. Освободите место на устройстве. Если сохранить запись здесь не предлагается, загрузите страницу заново.',
  'recording.failed.failed': 'Запись остановилась',
  'recording.failed.failed.text':
    'То, что успело записаться, по возможности сохранено. Попробуйте ещё раз; если не поможет, выйдите из звонка и войдите снова.',
  'recording.close': 'Закрыть',
  'recording.kept': 'Ваша запись готова',
  'recording.cut-off': 'Запись оборвалась',
  'recording.kept.text': 'Начата {date}, {size}. С ней сохраняется текст о том, кто когда был.',
  'recording.saving': 'Сохраняется…',
  'recording.saved': 'Сохранено в загрузки. Когда найдёте её там, держать её на этой странице незачем.',
  'recording.not-saved': 'Сохранить не удалось. Проверьте, есть ли место, и попробуйте ещё раз.',
  'recording.save': 'Сохранить',
  'recording.save-again': 'Сохранить ещё раз',
  'recording.discard': 'Выбросить',
  'recording.done': 'Готово',
  'recording.discard.title': 'Выбросить эту запись?',
  'recording.discard.text': 'Она не сохранена, и вернуть её будет нельзя.',
  'recording.keep': 'Оставить',
} as const satisfies Record<keyof typeof recordingEn, Message>;
