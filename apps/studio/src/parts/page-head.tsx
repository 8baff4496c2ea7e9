import { useEffect } from 'react';
import type { ReactNode } from 'react';

/** The heading of a page, and its name in the browser's tab. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Showrunner`;
  }, [title]);
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {children}
    </div>
  );
}
