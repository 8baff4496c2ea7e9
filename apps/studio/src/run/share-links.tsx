import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { sharesQuery } from '../api/queries';
import { Confirm } from '../parts/confirm';
import { ProblemNote } from '../parts/problem-note';

type Share = Schemas['Share'];
const HOUR_SECONDS = 3600;
const ENDS = [
  { seconds: 24 * HOUR_SECONDS, label: 'a day' },
  { seconds: 7 * 24 * HOUR_SECONDS, label: 'a week' },
  { seconds: 30 * 24 * HOUR_SECONDS, label: '30 days' },
  { seconds: 365 * 24 * HOUR_SECONDS, label: 'a year' },
];
const USUAL = 30 * 24 * HOUR_SECONDS;

/** Links by which anybody may watch this film: make, copy, take back. */
export function ShareLinks({ runId }: { runId: string }) {
  const queries = useQueryClient();
  const [seconds, setSeconds] = useState(USUAL);
  const { data } = useQuery(sharesQuery(runId));
  const renew = () => queries.invalidateQueries({ queryKey: ['shares', runId] });
  const make = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/runs/{runId}/shares', {
          params: { path: { runId } },
          body: { expiresInSeconds: seconds },
        }),
      ),
    onSuccess: renew,
  });
  const revoke = useMutation({
    mutationFn: (shareId: string) =>
      answerOf(api.DELETE('/runs/{runId}/shares/{shareId}', { params: { path: { runId, shareId } } })),
    onSuccess: renew,
  });
  const live = (data?.data ?? []).filter(({ state }) => state === 'live');
  return (
    <section className="card stack" aria-labelledby="share">
      <h2 id="share">Share</h2>
      <p className="muted small">Whoever has a link may watch this film, and see nothing else.</p>
      <div className="row">
        <button
          type="button"
          className="button small primary"
          disabled={make.isPending}
          onClick={() => make.mutate()}
        >
          Make a link
        </button>
        <label className="row small muted">
          for
          <select
            className="input"
            value={seconds}
            onChange={({ target }) => setSeconds(Number(target.value))}
          >
            {ENDS.map((end) => (
              <option key={end.seconds} value={end.seconds}>
                {end.label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ProblemNote error={make.error ?? revoke.error} />
      {live.length === 0 ? null : (
        <ul className="stack">
          {live.map((share) => (
            <ShareLine key={share.id} share={share} onRevoke={() => revoke.mutate(share.id)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ShareLine({ share, onRevoke }: { share: Share; onRevoke: () => void }) {
  const [copied, setCopied] = useState<'link' | 'embed'>();
  const address = (path: string): string => `${window.location.origin}${path}`;
  const texts = {
    link: address(share.path),
    embed: `<iframe src="${address(share.embedPath)}" width="960" height="540" style="border:0" allowfullscreen title="Film"></iframe>`,
  };
  const copy = (what: 'link' | 'embed'): void =>
    void navigator.clipboard.writeText(texts[what]).then(() => setCopied(what));
  return (
    <li className="stack tight">
      <span className="small">
        <a href={share.path} target="_blank" rel="noreferrer">
          Open the page
        </a>{' '}
        <span className="muted">until {new Date(share.expiresAt).toLocaleDateString()}</span>
      </span>
      <div className="row">
        <button type="button" className="button small" onClick={() => copy('link')}>
          {copied === 'link' ? 'Copied' : 'Copy the link'}
        </button>
        <button type="button" className="button small" onClick={() => copy('embed')}>
          {copied === 'embed' ? 'Copied' : 'Copy to embed'}
        </button>
        <Confirm label="Take it back" title="Take this link back?" onConfirm={onRevoke}>
          It opens nothing from then on, for nobody.
        </Confirm>
      </div>
    </li>
  );
}
