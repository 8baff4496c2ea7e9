const PATHS = {
  film: 'M4 5h16v14H4zM4 9h16M9 5v4M15 5v4M10.5 12v4.5l4-2.25z',
  list: 'M4 6h16M4 12h16M4 18h10',
  apps: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  people:
    'M12 11a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM2 20a6 6 0 0 1 12 0M15 7.2a4 4 0 0 1 0 7.6M17 20a6 6 0 0 0-2-4.5h1a6 6 0 0 1 6 4.5',
  key: 'M14 10a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM13.5 12.5 20 19M17.5 16.5l2-2',
} as const;
export type IconName = keyof typeof PATHS;

/** Beside a word that says the same. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={PATHS[name]} />
  </svg>
);

export const Brand = () => (
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="#b4410e" />
    <path d="M12 9.5v13l11-6.5z" fill="#fff" />
  </svg>
);
