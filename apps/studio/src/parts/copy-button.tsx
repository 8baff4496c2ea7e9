import { useState } from 'react';

/** Puts `text` where it can be pasted from; where the browser does not let pages do so, shows it to be copied by hand. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  const copy = async (): Promise<void> => {
    try {
      // Missing on pages that came without TLS from another machine.
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  };
  return (
    <>
      <button type="button" className="button small" onClick={() => void copy()}>
        {outcome === 'copied' ? 'Copied' : label}
      </button>
      {outcome === 'refused' ? <code className="breaks">{text}</code> : null}
      <span className="visually-hidden" role="status">
        {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Copy it by hand' : ''}
      </span>
    </>
  );
}
