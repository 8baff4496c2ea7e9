import { useState } from 'react';
import { TextArea } from '../parts/field';
import { ProblemNote } from '../parts/problem-note';
import { SourceForm } from './source-form';
import type { GivenSource } from './source';

/** Where the app is, and what is to be shown of it. */
export function SourceStep({
  intent,
  onIntent,
  error,
  isBusy,
  onSource,
}: {
  intent: string;
  onIntent: (intent: string) => void;
  error: unknown;
  isBusy: boolean;
  onSource: (source: GivenSource) => void;
}) {
  const [source, setSource] = useState<GivenSource>();
  return (
    <form
      className="card stack start-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (source !== undefined && !isBusy) onSource(source);
      }}
    >
      <SourceForm onSource={setSource} />
      <TextArea
        label="What should the film show?"
        hint="In your own words, or leave it empty: then the film shows what the app does best."
        placeholder="Show how a team plans a release: add a card, move it to done, and search for it."
        rows={3}
        value={intent}
        onChange={onIntent}
      />
      <ProblemNote error={error} />
      <div className="row spread">
        <button type="submit" className="button primary" disabled={isBusy || source === undefined}>
          {isBusy ? 'Looking at the app …' : 'Look at the app'}
        </button>
        <p className="muted small">Nothing is filmed yet: you see first what was found.</p>
      </div>
    </form>
  );
}
