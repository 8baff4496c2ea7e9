import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import { TextArea } from '../parts/field';
import { ProblemNote } from '../parts/problem-note';
import { bodyOf } from './source-body';
import type { MadeSource } from './source-body';

type Tell = (source: MadeSource | undefined) => void;
const KINDS = [
  { value: 'webapp', label: 'A web app' },
  { value: 'api', label: 'An API, with a page that calls it' },
  { value: 'script', label: 'A script, with a page that shows what it prints' },
] as const;

/** What an app shall do that a model writes. */
export function PromptForm({ onSource }: { onSource: Tell }) {
  const [source, setSource] = useState({ kind: 'prompt', prompt: '', app: 'webapp' } as Extract<
    MadeSource,
    { kind: 'prompt' }
  >);
  const change = (changed: Partial<typeof source>): void => {
    const next = { ...source, ...changed };
    setSource(next);
    onSource(bodyOf(next) && next);
  };
  return (
    <>
      <TextArea
        label="What shall the app do?"
        hint="A model writes it; it is scanned, and runs in a closed sandbox. That takes up to a minute."
        placeholder="A habit tracker with streaks and a dark mode"
        rows={4}
        value={source.prompt}
        onChange={(prompt) => change({ prompt })}
      />
      <label className="field">
        <span className="label">What it is</span>
        <select
          className="input"
          value={source.app}
          onChange={({ target }) =>
            change({ app: KINDS.find(({ value }) => value === target.value)?.value ?? 'webapp' })
          }
        >
          {KINDS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** Apps to begin with. */
export function TemplateGallery({ onSource }: { onSource: Tell }) {
  const [chosen, setChosen] = useState('');
  const { data, error } = useQuery({
    queryKey: ['templates'],
    queryFn: () => answerOf(api.GET('/templates', {})),
    staleTime: Infinity,
  });
  return (
    <div className="gallery" role="group" aria-label="Apps to begin with">
      <ProblemNote error={error} />
      {data?.data.map(({ name, title, stack, description }) => (
        <button
          key={name}
          type="button"
          className="card template"
          aria-pressed={chosen === name}
          onClick={() => {
            setChosen(name);
            onSource({ kind: 'template', template: name });
          }}
        >
          <strong>{title}</strong>
          <span className="small">{description}</span>
          <span className="muted small">{stack}</span>
        </button>
      ))}
    </div>
  );
}
