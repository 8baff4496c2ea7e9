import type { ReactNode } from 'react';
import { Problem } from '../api/problem';

/** What went wrong, and what to do about it. `children` are what can be done from here. */
export function ProblemNote({ error, children }: { error: unknown; children?: ReactNode }) {
  if (error === null || error === undefined) return null;
  const { message, remedy } =
    error instanceof Problem
      ? error
      : { message: error instanceof Error ? error.message : String(error), remedy: undefined };
  return (
    <div className="note bad" role="alert">
      <p>
        <strong>{message}</strong>
      </p>
      {remedy === undefined ? null : <p className="small">{remedy}</p>}
      {children}
    </div>
  );
}
