import { useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { buildLogQuery } from '../api/queries';
import { Fold } from '../parts/fold';
import { printable } from './printable';

/** What installing and starting the app prints, as it comes. */
export function BuildLog({ buildId, isLive }: { buildId: string; isLive: boolean }) {
  return (
    <section className="card">
      <Fold title="Log of the app" open={isLive}>
        <Lines buildId={buildId} isLive={isLive} />
      </Fold>
    </section>
  );
}

/** The end is what one wants to see, unless one has scrolled away from it. */
function Lines({ buildId, isLive }: { buildId: string; isLive: boolean }) {
  const { data: text = '' } = useQuery(buildLogQuery(buildId, isLive));
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (box.current !== null && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    <pre
      ref={box}
      className="log"
      // What scrolls can be scrolled by keyboard.
      tabIndex={0}
      aria-label="Output of the app"
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 30;
      }}
    >
      {text === '' ? 'Nothing has been printed yet.' : printable(text)}
    </pre>
  );
}
