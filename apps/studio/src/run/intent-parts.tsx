import type { Schemas } from '../api/client';

/** What was asked for, and whether the film shows it. */
export function IntentParts({ parts }: { parts: Schemas['RunReport']['intentParts'] }) {
  if (parts.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="asked">
      <h2 id="asked">What you asked for</h2>
      <ul className="asked">
        {parts.map(({ text, status, reason }) => (
          <li key={text}>
            <span className={`badge ${status === 'shown' ? 'ok' : 'bad'}`}>
              {status === 'shown' ? 'Shown' : 'Not shown'}
            </span>
            <span>
              {text}
              {reason === undefined ? null : <span className="muted small"> {reason}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
