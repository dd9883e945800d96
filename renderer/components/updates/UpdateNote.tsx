/** Owns the note on updates: one quiet line that says how they stand, and what can be done about it. */

import type { UpdateAction, UpdateErrorCode, UpdateStatus } from '../../../main/common/host-api/updates.ts';
import { assertNever } from '../../../main/common/result.ts';
import { useTexts, type WindowTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { Icon, Spinner } from '../parts/Icon.tsx';

/** Where a person gets further by hand. */
const HELPED_BY_PAGE: readonly UpdateErrorCode[] = [
  'no-file',
  'wrong-publisher',
  'not-writable',
  'not-installed',
];

export function UpdateNote({ updates }: { readonly updates: UpdateStatus }) {
  const { progress } = updates;
  const t = useTexts();
  const words = wordsOf(updates, t);
  const kind = progress.phase === 'failed' ? 'update-note update-note-failed' : 'update-note';
  return (
    <div className="update-place" aria-live="polite">
      {words !== null && (
        <div className={kind}>
          <UpdateSign phase={progress.phase} />
          <p>{words}</p>
          {progress.phase === 'downloading' && <Fetched percent={progress.percent} />}
          <UpdateChoices updates={updates} />
        </div>
      )}
    </div>
  );
}

/** What is under way by itself turns. */
function UpdateSign({ phase }: { readonly phase: UpdateStatus['progress']['phase'] }) {
  if (phase === 'checking' || phase === 'installing') return <Spinner />;
  return <Icon name={phase === 'failed' ? 'warning' : phase === 'newest' ? 'check' : 'renew'} />;
}

/** Not read aloud with each step. */
function Fetched({ percent }: { readonly percent: number }) {
  const t = useTexts();
  return (
    <span className="update-fetched" aria-live="off">
      <progress aria-label={t('update.progress')} max={100} value={percent} />
      <span aria-hidden="true">{percent} %</span>
    </span>
  );
}

function wordsOf({ current, source, held, progress }: UpdateStatus, t: WindowTexts): string | null {
  switch (progress.phase) {
    case 'quiet':
      return null;
    case 'checking':
      return t('update.checking');
    case 'newest':
      return t('update.newest', { version: current });
    case 'offered': {
      const versions = { version: progress.version, current };
      return t(source?.way === 'by-hand' ? 'update.offered-by-hand' : 'update.offered', versions);
    }
    case 'ready':
      return t(held ? 'update.ready-held' : 'update.ready', { version: progress.version });
    case 'held':
    case 'downloading':
    case 'installing':
      return t(`update.${progress.phase}`, { version: progress.version });
    case 'failed':
      return t(`update-error.${progress.code}`);
    default:
      return assertNever(progress);
  }
}

interface UpdateChoice {
  readonly action: UpdateAction;
  readonly label: string;
}

/** What helps first comes first. */
function choicesOf({ source, held, progress }: UpdateStatus, t: WindowTexts): readonly UpdateChoice[] {
  const page = { action: 'open-page', label: t('update.page') } as const;
  switch (progress.phase) {
    case 'offered':
      if (source?.way === 'by-hand') return [page];
      return [
        { action: 'download', label: t('update.download') },
        { action: 'open-page', label: t('update.whats-new') },
      ];
    case 'ready':
      return held ? [] : [{ action: 'install', label: t('update.restart') }];
    case 'failed': {
      const action = progress.version === null ? 'check' : 'download';
      const again = { action, label: t('update.again') } as const;
      return HELPED_BY_PAGE.includes(progress.code) ? [page, again] : [again];
    }
    default:
      return [];
  }
}

function UpdateChoices({ updates }: { readonly updates: UpdateStatus }) {
  const t = useTexts();
  const host = useHost();
  const { run } = useCommand();
  const { phase } = updates.progress;
  // What is under way by itself leaves nothing to choose.
  const mayPutAway = phase !== 'checking' && phase !== 'downloading' && phase !== 'installing';
  if (!mayPutAway) return null;
  return (
    <div className="update-choices">
      {choicesOf(updates, t).map(({ action, label }) => (
        <button
          key={action}
          type="button"
          className="button button-small"
          onClick={() => void run(() => host.update(action))}
        >
          {label}
        </button>
      ))}
      <button
        type="button"
        className="button button-quiet button-icon"
        onClick={() => void run(() => host.update('put-away'))}
      >
        <Icon name="close" />
        <span className="visually-hidden">{t('app.dismiss')}</span>
      </button>
    </div>
  );
}
