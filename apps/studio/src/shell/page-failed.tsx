import { ProblemNote } from '../parts/problem-note';

export const PageFailed = ({ error }: { error: unknown }) => (
  <div className="stack">
    <h1>This page could not be shown</h1>
    <ProblemNote error={error} />
    <p>
      <button type="button" className="button" onClick={() => location.reload()}>
        Load it again
      </button>
    </p>
  </div>
);
