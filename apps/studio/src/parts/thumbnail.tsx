import { useState } from 'react';

/** The first picture of a film; a plain surface where there is none. */
export function Thumbnail({ runId }: { runId: string }) {
  const [isMissing, setMissing] = useState(false);
  return (
    <span className="thumbnail">
      {isMissing ? null : (
        <img
          src={`/api/runs/${runId}/artifacts/c1.jpg`}
          alt=""
          loading="lazy"
          onError={() => setMissing(true)}
        />
      )}
    </span>
  );
}
