import type { ReactNode } from 'react';
import { PageHead } from '../parts/page-head';
import { Brand } from '../shell/icons';
import './sign-in.css';

/** A page for who is not in yet. */
export const Entrance = ({
  title,
  about,
  children,
}: {
  title: string;
  about?: ReactNode;
  children: ReactNode;
}) => (
  <main className="sign-in">
    <div className="card stack">
      <span className="sign-in-brand">
        <Brand />
      </span>
      <PageHead title={title}>{about}</PageHead>
      {children}
    </div>
  </main>
);
