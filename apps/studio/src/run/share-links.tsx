import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { sharesQuery } from '../api/queries';
import { Choice } from '../parts/choice';
import { Confirm } from '../parts/confirm';
import { CopyButton } from '../parts/copy-button';
import { ProblemNote } from '../parts/problem-note';

type Share = Schemas['Share'];
const DAY_SECONDS = 86_400;
const USUAL = '30';
/** By days. */
const ENDS = [
  { value: '1', label: 'a day' },
  { value: '7', label: 'a week' },
  { value: USUAL, label: '30 days' },
  { value: '365', label: 'a year' },
] as const;

/** Links by which anybody may watch this film: make, copy, take back. */
export function ShareLinks({ runId }: { runId: string }) {
  const queries = useQueryClient();
  const [ends, setEnds] = useState<string>(USUAL);
  const { data } = useQuery(sharesQuery(runId));
  const renew = () => queries.invalidateQueries({ queryKey: ['shares', runId] });
  const make = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/runs/{runId}/shares', {
          params: { path: { runId } },
          body: { expiresInSeconds: Number(ends) * DAY_SECONDS },
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
      <div className="row ends">
        <button
          type="button"
          className="button small primary"
          disabled={make.isPending}
          onClick={() => make.mutate()}
        >
          Make a link
        </button>
        <Choice isSmall label="It is good for" value={ends} offered={ENDS} onChange={setEnds} />
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
  const address = (path: string): string => `${window.location.origin}${path}`;
  const texts = {
    link: address(share.path),
    embed: `<iframe src="${address(share.embedPath)}" width="960" height="540" style="border:0" allowfullscreen title="Film"></iframe>`,
  };
  return (
    <li className="stack tight">
      <span className="small">
        <a href={share.path} target="_blank" rel="noreferrer">
          Open the page
        </a>{' '}
        <span className="muted">until {new Date(share.expiresAt).toLocaleDateString()}</span>
      </span>
      <div className="row">
        <CopyButton text={texts.link} label="Copy the link" />
        <CopyButton text={texts.embed} label="Copy to embed" />
        <Confirm label="Take it back" title="Take this link back?" onConfirm={onRevoke}>
          It opens nothing from then on, for nobody.
        </Confirm>
      </div>
    </li>
  );
}
