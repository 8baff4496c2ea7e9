import { useEffect, useState } from 'react';
import type { Schemas } from '../api/client';
import { isOver } from '../api/queries';
import { duration } from '../parts/times';
import type { RunLive } from './run-events';
import { stageLines } from './stages';

const TICK_MS = 500;

/** The stages as they come, each with its time; what is left, as far as earlier films tell. */
export function StageList({ run, live }: { run: Schemas['RunReport']; live: RunLive }) {
  const state = live.state ?? run.state;
  const isLive = !isOver(state);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isLive]);
  const timings = isLive ? live.stages : run.stages;
  const lines = stageLines(state, timings, live, now);
  const { share = 0, etaMs = null } = (isLive ? live.progress : undefined) ?? {};
  return (
    <section className="card stack" aria-labelledby="stages">
      <div className="row spread">
        <h2 id="stages">Stages</h2>
        {etaMs === null ? null : (
          <span className="muted small">about {duration(Math.max(etaMs, 1000))} left</span>
        )}
      </div>
      {isLive ? <progress className="share" max={1} value={share} aria-label="How far the film is" /> : null}
      <ol className="stages">
        {lines.map(({ state: stage, label, is, ms }) => (
          <li key={stage} className={is} aria-current={is === 'now' ? 'step' : undefined}>
            <span>
              {label}
              <span className="visually-hidden">
                {is === 'over' ? ', over' : is === 'now' ? ', under way' : ', to come'}
              </span>
            </span>
            <span className="time">
              {stage === 'exporting' && is === 'now' && live.rendered !== undefined
                ? `${Math.round(live.rendered * 100)} %`
                : ms === undefined
                  ? ''
                  : duration(ms)}
            </span>
          </li>
        ))}
      </ol>
      {isLive && live.message !== '' ? (
        <p className="muted small" aria-live="polite">
          {live.message}
        </p>
      ) : null}
    </section>
  );
}
