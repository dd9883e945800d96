/**
 * Owns the page's first moments, until its script runs: keeps what is pressed and typed, asks for the microphone inside the
 * tap, shows what this browser remembers, and says what keeps the script away. Stands in the document itself, so it imports
 * nothing, and is compiled for browsers that are too old for the page as well. What it found is on the document's element,
 * for ui/shell/document-start.ts.
 */

const { dataset } = document.documentElement;
const isOver = () => 'running' in dataset;

/** As ui/preferences/preference-store.ts and ui/entry/link-memory.ts keep it. */
const PREFERENCES_KEY = 'secret-call.preferences';
const LINK_KEY = 'secret-call.link';
const JOIN_BUTTON = 'join-leave';
/** As core/state/audio-state.ts has it. */
const DEFAULT_PROCESSING = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

const byId = (id: string) => document.getElementById(id);
const radios = () => Array.from(document.querySelectorAll<HTMLInputElement>('#join-mode input'));

/** null also where the storage is switched off. */
function recall(open: () => Storage, key: string): string | null {
  try {
    return open().getItem(key);
  } catch {
    return null;
  }
}

function readPreferences(): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(recall(() => localStorage, PREFERENCES_KEY) ?? ''));
  } catch {
    return {};
  }
}

function show(id: string, key: string): void {
  const element = byId(id);
  const texts = JSON.parse(byId('texts')?.textContent ?? '{}');
  if (element !== null) element.textContent = texts[key] ?? '';
}

const chosenMode = () => radios().find(({ checked }) => checked)?.value;

function showJoinMode(): void {
  const mode = chosenMode();
  if (mode !== undefined) show('join-mode-text', `join-mode.${mode}.text`);
}

const { theme, name, joinMode, audio } = readPreferences();
if (theme === 'dark' || theme === 'light') dataset.theme = theme;

// As default values, so that what the person changes can be told from them.
function showRemembered(): void {
  const field = byId('join-name');
  if (field instanceof HTMLInputElement && typeof name === 'string') field.defaultValue = name;
  if (!radios().some(({ value }) => value === joinMode)) return;
  for (const radio of radios()) radio.defaultChecked = radio.value === joinMode;
  showJoinMode();
}

/** What the page will show where it was opened without a link. */
function showNoLink(): void {
  // Who came by a link, as most do, is not made to wait for the storage.
  if (location.hash.length > 1 || typeof history.state === 'string') return;
  const room = byId('room');
  const paste = byId('paste');
  if (room === null || paste === null || recall(() => sessionStorage, LINK_KEY) !== null) return;
  room.hidden = true;
  // On the home screen it is asked for in other words.
  if (matchMedia('(display-mode: standalone)').matches) return;
  paste.hidden = false;
  show('status', 'status.no-link');
  byId('status')?.setAttribute('data-tone', 'trouble');
}

// The whole document is there, and its script, which comes later, has not run.
document.addEventListener(
  'readystatechange',
  () => {
    showRemembered();
    showNoLink();
  },
  { once: true },
);

document.addEventListener('change', () => {
  if (!isOver()) showJoinMode();
});

document.addEventListener('submit', (event) => {
  if (!isOver()) event.preventDefault();
});

/** As media/microphone.ts asks with these preferences: of another wish the page lets go, and asks anew. */
function askForMicrophone(): void {
  // One may press before the rest of the document is there.
  showRemembered();
  const field = byId('join-name');
  const named = field instanceof HTMLInputElement && field.value.trim() !== '';
  if (!named || chosenMode() === 'listen' || navigator.mediaDevices === undefined) return;
  const { microphoneId, processing } = Object(audio);
  const device = microphoneId ? { deviceId: { exact: microphoneId } } : {};
  const constraints = {
    audio: Object.assign({}, DEFAULT_PROCESSING, processing, { channelCount: { ideal: 1 } }, device),
  };
  const stream = navigator.mediaDevices.getUserMedia(constraints);
  window.askedByDocument = { constraints, stream };
  // Told by whoever takes it up.
  stream.catch(() => {});
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  if (isOver() || button === null || button.hasAttribute('aria-busy')) return;
  dataset.pressed = `${dataset.pressed ?? ''} ${button.id}`;
  button.setAttribute('aria-busy', 'true');
  if (button.id !== JOIN_BUTTON) return;
  button.dataset.busy = '';
  show('join-leave-text', 'join.joining');
  askForMicrophone();
});

function say(trouble: 'load' | 'old'): void {
  if (isOver()) return;
  dataset.trouble = trouble;
  window.askedByDocument?.stream.then((stream) => {
    for (const track of stream.getTracks()) track.stop();
  });
}

/** Whether a document of an older build, kept by the browser, may be got anew: once, for a reload tells that it is one. */
function mayReload(): boolean {
  const [arrival] = performance.getEntriesByType('navigation');
  return arrival instanceof PerformanceNavigationTiming && arrival.type !== 'reload';
}

function handleMissing(script: string): void {
  const asked = fetch(script, { method: 'HEAD', cache: 'no-store' });
  asked.then(
    ({ status }) => (status === 404 && mayReload() ? location.reload() : say('load')),
    () => say('load'),
  );
}

function handleError({ target }: Event): void {
  if (isOver()) return;
  if (target instanceof HTMLScriptElement) handleMissing(target.src);
  else if (target === window) say('load');
}

if ('noModule' in HTMLScriptElement.prototype) addEventListener('error', handleError, true);
else say('old');
