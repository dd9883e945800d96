/** Owns what a hostile page would try: to go elsewhere, to reach out, and to get powers. What is no list runs in the page. */

/** Tries to leave the page for each of the addresses in every way there is. */
export async function goEverywhere(targets: readonly string[]): Promise<void> {
  const click = (target: string, frame: string) => {
    const link = document.createElement('a');
    link.href = target;
    link.target = frame;
    document.body.append(link);
    link.click();
    link.remove();
  };
  const ways: ((target: string) => void)[] = [
    (target) => location.assign(target),
    (target) => location.replace(target),
    (target) => click(target, ''),
    (target) => click(target, '_top'),
    (target) => {
      const form = document.createElement('form');
      form.action = target;
      document.body.append(form);
      form.submit();
      form.remove();
    },
    (target) => {
      const refresh = document.createElement('meta');
      refresh.httpEquiv = 'refresh';
      refresh.content = `0; url=${target}`;
      document.head.append(refresh);
      refresh.remove();
    },
  ];
  for (const target of targets)
    for (const go of ways) {
      go(target);
      // The next would take the place of one that is still on its way.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

/** The two that the page may ask, and those beside them that it may not. */
export function addressesAround(server: string, otherPort: number): readonly string[] {
  const { host, port } = new URL(server);
  const others = [`localhost:${otherPort}`, `127.0.0.1:${port}`, `[::1]:${port}`];
  return [
    `http://${host}/healthz`,
    `ws://${host}/ws`,
    ...[host, ...others].flatMap((name) => [
      `http://${name}/`,
      `http://${name}/healthz/`,
      `https://${name}/healthz`,
      `ws://${name}/`,
      `wss://${name}/ws`,
    ]),
    ...others.flatMap((name) => [`http://${name}/healthz`, `ws://${name}/ws`]),
    'file:///etc/passwd',
    'ftp://localhost/',
  ];
}

/** Tries to reach each of the addresses in every way there is; gives how often a policy of the page stood in between. */
export async function reach(addresses: readonly string[]): Promise<number> {
  let refusals = 0;
  document.addEventListener('securitypolicyviolation', () => refusals++);
  const load = (tag: 'img' | 'script' | 'link' | 'iframe', address: string) => {
    const element = document.createElement(tag);
    if (element instanceof HTMLLinkElement) Object.assign(element, { rel: 'stylesheet', href: address });
    else {
      try {
        element.setAttribute('src', address);
      } catch {
        // Trusted Types refuse it before the policy would.
      }
    }
    document.body.append(element);
  };
  const open = (address: string) =>
    new Promise<void>((resolve) => {
      const socket = new WebSocket(address);
      socket.onopen = () => socket.close();
      socket.onclose = () => resolve();
      // One that the policy refuses is never closed.
      socket.onerror = () => resolve();
    });
  const ask = async (address: string) => {
    if (address.startsWith('ws')) return open(address);
    if (address.startsWith('http')) navigator.sendBeacon(address, 'x');
    for (const tag of ['img', 'script', 'link', 'iframe'] as const) load(tag, address);
    await Promise.allSettled([fetch(address, { mode: 'no-cors' }), fetch(address)]);
  };
  await Promise.all(addresses.map(ask));
  return refusals;
}

/** What `askForPowers` finds in a page that may use the microphone and nothing else. */
export const MICROPHONE_ALONE = { given: ['microphone'], states: ['microphone'] };

/** In a page: which powers it gets, asked for and looked up. */
export async function askForPowers() {
  const some = (given: unknown) => {
    if (!given) throw new Error('refused');
  };
  const devices = async (kind: string) =>
    some([await Reflect.get(navigator, kind).requestDevice({ filters: [] })].flat().length);
  const media = (constraints: object) => () => navigator.mediaDevices.getUserMedia(constraints);
  const asks: Record<string, () => Promise<unknown> | undefined> = {
    microphone: media({ audio: true }),
    camera: media({ video: true }),
    'camera and microphone': media({ audio: true, video: true }),
    'the screen’s picture': media({ video: { mandatory: { chromeMediaSource: 'desktop' } } }),
    screen: () => navigator.mediaDevices.getDisplayMedia(),
    'read the clipboard': () => navigator.clipboard.readText(),
    'write the clipboard': () => navigator.clipboard.writeText('x'),
    location: () =>
      new Promise((resolve, reject) => {
        navigator.geolocation.getCurrentPosition(resolve, reject);
      }),
    notifications: async () => some((await Notification.requestPermission()) === 'granted'),
    midi: () => navigator.requestMIDIAccess(),
    usb: () => devices('usb'),
    hid: () => devices('hid'),
    fonts: async () =>
      some((await (Reflect.get(globalThis, 'queryLocalFonts') as () => Promise<unknown[]>)()).length),
    idleness: async () =>
      some((await Reflect.get(globalThis, 'IdleDetector').requestPermission()) === 'granted'),
    'stay for good': async () => some(await navigator.storage.persist()),
  };
  const given: string[] = [];
  for (const [name, ask] of Object.entries(asks)) {
    try {
      await ask();
      given.push(name);
    } catch {
      // Refused.
    }
  }
  const names = [
    'microphone',
    'camera',
    'geolocation',
    'notifications',
    'clipboard-read',
    'clipboard-write',
    'midi',
    'persistent-storage',
    'window-management',
    'local-fonts',
    'idle-detection',
    'screen-wake-lock',
  ];
  const states: string[] = [];
  for (const name of names) {
    const { state } = await navigator.permissions.query({ name: name as PermissionName });
    if (state !== 'denied') states.push(name);
  }
  return { given, states };
}
