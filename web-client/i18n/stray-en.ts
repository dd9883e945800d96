/** Owns the English texts of the page that answers for addresses where nothing is. */

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
