/** Owns the sheet that says what is protected and what is not, and the line at the bottom that opens it. */

import { useState } from 'react';
import { useTexts } from '../../i18n/texts.ts';
import { Sheet } from '../parts/Sheet.tsx';

const PROTECTED = ['privacy.voice', 'privacy.sealed', 'privacy.own-code'] as const;
const OPEN = [
  'privacy.page',
  'privacy.link',
  'privacy.names',
  'privacy.addresses',
  'privacy.traffic',
] as const;

export function PrivacyDialog() {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <>
      <footer className="footer">
        <button type="button" className="text-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          {t('privacy.title')}
        </button>
      </footer>
      <Sheet title={t('privacy.title')} close={t('app.close')} open={open} onClose={() => setOpen(false)}>
        <div className="sheet-body">
          <Facts title={t('privacy.protected')} facts={PROTECTED.map((key) => t(key))} good />
          <Facts title={t('privacy.open')} facts={OPEN.map((key) => t(key))} />
        </div>
      </Sheet>
    </>
  );
}

interface FactsProps {
  readonly title: string;
  readonly facts: readonly string[];
  readonly good?: boolean;
}

function Facts({ title, facts, good = false }: FactsProps) {
  return (
    <section className={good ? 'facts facts-good' : 'facts'}>
      <h3>{title}</h3>
      <ul className="facts-list">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </section>
  );
}
