/** Owns the texts of the page that answers for addresses where nothing is, in both languages. */

export const strayEn = {
  'title.sent': 'This link lost its # on the way',
  'text.sent':
    'A program turned the # of the link into other signs. So your browser has just sent the secret part of the link to the host’s computer and, if the link leads through a tunnel, to that one too. Otherwise no browser ever sends it.',
  'advice.sent':
    'Best ask the host to press Stop, then Host, and to send you the new link another way. If you open this call all the same, compare the seven emoji with everyone.',
  'act.sent': 'Open the call all the same',
  'title.cut': 'This link lost its # on the way',
  'text.cut':
    'A program turned the # of the link into other signs, so your browser has sent what follows it to the host’s computer. What came here is not a whole link, and no call opens with it.',
  'advice.cut': 'Best ask the host to press Stop, then Host, and to send you the new link another way.',
  'act.cut': 'To the start page',
  'title.nothing': 'There is nothing at this address',
  'text.nothing':
    'A call opens with the link that you were sent, the whole of it, with all that follows the # sign.',
  'act.nothing': 'To the start page',
} as const;

export type StrayTextKey = keyof typeof strayEn;

export const strayRu = {
  'title.sent': 'По дороге ссылка лишилась знака #',
  'text.sent':
    'Какая-то программа заменила в ссылке знак # другими. Поэтому ваш браузер только что отправил секретную часть ссылки на компьютер ведущего, а если ссылка ведёт через туннель, то и туда. Обычно браузеры её никому не отправляют.',
  'advice.sent':
    'Лучше попросите ведущего завершить звонок, начать его заново и прислать новую ссылку другим способом. Если всё же откроете этот, сверьте с каждым семь эмодзи.',
  'act.sent': 'Всё равно открыть звонок',
  'title.cut': 'По дороге ссылка лишилась знака #',
  'text.cut':
    'Какая-то программа заменила в ссылке знак # другими, и ваш браузер отправил всё, что стояло за ним, на компьютер ведущего. Сюда ссылка дошла не целиком, открыть по ней звонок нельзя.',
  'advice.cut':
    'Лучше попросите ведущего завершить звонок, начать его заново и прислать новую ссылку другим способом.',
  'act.cut': 'На главную страницу',
  'title.nothing': 'По этому адресу ничего нет',
  'text.nothing':
    'Звонок открывается по присланной вам ссылке: она нужна целиком, со всем, что стоит после знака #.',
  'act.nothing': 'На главную страницу',
} as const satisfies Record<StrayTextKey, string>;
