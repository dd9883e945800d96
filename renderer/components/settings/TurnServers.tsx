/** Owns the list of TURN servers, what their test says, and the form for one more; what is secret is typed here and shown nowhere. */

import { useRef, useState } from 'react';
import type { HostSnapshot } from '../../../main/common/host-api/snapshot.ts';
import type { TurnCredentials } from '../../../main/common/host-api/turn-server.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useComingFocus } from '../../keyboard-place.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { ChoiceCards } from '../parts/ChoiceCards.tsx';
import { Problem } from '../parts/Problem.tsx';
import { TextField } from '../parts/TextField.tsx';
import { AddServerButton, RemoveServerButton } from './ServerButtons.tsx';
import { TurnTestLine, TurnTestSpeech } from './TurnTestLine.tsx';
import { faultsOf, type TurnDraft, type TurnField } from './turn-draft.ts';
import { useTurnTests } from './use-turn-tests.ts';

const KINDS = ['shared-secret', 'static'] as const satisfies readonly TurnCredentials['kind'][];
const EMPTY: TurnDraft = { url: '', kind: 'shared-secret', secret: '', username: '', password: '' };
const FIELDS = {
  'shared-secret': ['secret'],
  static: ['username', 'password'],
} as const satisfies Record<TurnCredentials['kind'], readonly TurnField[]>;

export function TurnServers({
  servers,
  sealed,
  onSetUp,
}: {
  readonly servers: HostSnapshot['turnServers'];
  readonly sealed: boolean;
  /** Asks for files that make a machine of one's own such a server. */
  readonly onSetUp: () => void;
}) {
  const t = useTexts();
  const host = useHost();
  const { run, failure } = useCommand();
  const [adding, setAdding] = useState(false);
  const tests = useTurnTests();
  const addButton = useRef<HTMLButtonElement>(null);
  const testButton = useRef<HTMLButtonElement>(null);
  const focusOn = useComingFocus();
  /** @param added address of a server that there is now: what comes next is to test it */
  const close = (added?: string) => {
    setAdding(false);
    if (added !== undefined) tests.forget(added);
    // The buttons come back with a drawing, and the first one to test with the list.
    focusOn(() => (added === undefined ? addButton : testButton).current);
  };
  const remove = async (url: string) => {
    await run(() => host.removeTurnServer(url));
    addButton.current?.focus();
  };
  return (
    <fieldset className="stun">
      <legend className="field-label">{t('settings.turn')}</legend>
      <p className="field-hint">{t('settings.turn-hint')}</p>
      {servers.map(({ url, kind }) => (
        <div key={url} className="stun-entry turn-entry">
          <p>
            <span className="turn-url">{url}</span>
            <span className="field-hint">{t(`settings.turn-${kind}`)}</span>
          </p>
          <RemoveServerButton text={t('settings.turn-remove', { url })} onPress={() => void remove(url)} />
          <TurnTestLine url={url} state={tests.states.get(url)} />
        </div>
      ))}
      {failure && <Problem kind="error" text={t(`host-error.${failure}`)} />}
      {(servers.length > 0 || adding) && (
        <p className={sealed ? 'field-hint' : 'field-hint field-warning'}>
          {t(sealed ? 'settings.turn-sealed' : 'settings.turn-plain')}
        </p>
      )}
      <TurnTestSpeech tested={tests.latest} />
      {adding ? (
        <TurnForm onDone={close} />
      ) : (
        <div className="turn-buttons">
          {servers.length > 0 && (
            <button
              ref={testButton}
              type="button"
              className="button button-small"
              onClick={() => (tests.running ? tests.stop() : tests.start(servers.map(({ url }) => url)))}
            >
              {t(tests.running ? 'settings.turn-test-stop' : 'settings.turn-test')}
            </button>
          )}
          <AddServerButton
            ref={addButton}
            text={t('settings.turn-add')}
            count={servers.length}
            onPress={() => setAdding(true)}
          />
        </div>
      )}
      <button type="button" className="text-button relay-opener" aria-haspopup="dialog" onClick={onSetUp}>
        {t('relay.open')}
      </button>
    </fieldset>
  );
}

function TurnForm({ onDone }: { readonly onDone: (added?: string) => void }) {
  const t = useTexts();
  const host = useHost();
  const { run, pending, failure } = useCommand();
  const [draft, setDraft] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const { server, faults } = faultsOf(draft);
  const focusOn = useComingFocus();

  const submit = async () => {
    setTried(true);
    if (server === null) {
      focusOn(() => form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]'));
      return;
    }
    if (await run(() => host.addTurnServer(server))) onDone(server.url);
  };
  const field = (name: TurnField) => (
    <TextField
      key={name}
      label={t(`settings.turn-${name}`)}
      {...(name === 'url' && { placeholder: 'turn:name.example:3478' })}
      secret={name === 'secret' || name === 'password'}
      first={name === 'url'}
      value={draft[name]}
      fault={tried && faults[name] !== undefined ? t(`turn-fault.${faults[name]}`) : null}
      onChange={(text) => setDraft({ ...draft, [name]: text })}
      onEnter={() => void submit()}
    />
  );
  return (
    <div ref={form} className="turn-form">
      {field('url')}
      <ChoiceCards
        legend={t('settings.turn-kind')}
        layout="column"
        value={draft.kind}
        onChange={(kind) => setDraft({ ...draft, kind })}
        choices={KINDS.map((kind) => ({
          value: kind,
          label: t(`settings.turn-${kind}`),
          hint: t(`settings.turn-${kind}-hint`),
        }))}
      />
      {FIELDS[draft.kind].map(field)}
      {failure && <Problem kind="error" text={t(`host-error.${failure}`)} />}
      <div className="turn-actions">
        <button
          type="button"
          className="button button-primary"
          disabled={pending}
          onClick={() => void submit()}
        >
          {t('settings.turn-submit')}
        </button>
        <button type="button" className="button button-quiet" onClick={() => onDone()}>
          {t('settings.turn-cancel')}
        </button>
      </div>
    </div>
  );
}
