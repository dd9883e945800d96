/** Owns the texts by which a browser's page leads to the app, in both languages. */

export const appOfferEn = {
  question:
    'Is the Secret Call app on this device? It brings its own code, which nobody on the way can alter.',
  open: 'Open in the app',
} as const;

export const appOfferRu = {
  question:
    'На этом устройстве есть программа Secret Call? Её код приходит вместе с ней, и по дороге его никто не подменит.',
  open: 'Открыть в программе',
} as const satisfies Record<keyof typeof appOfferEn, string>;
