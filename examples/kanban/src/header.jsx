const VIEWS = [
  { path: '/', name: 'Board' },
  { path: '/insights', name: 'Insights' },
];

export function Header({ path, follow, dark, onDark }) {
  return (
    <header className="top">
      <div className="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="9" />
          <path d="M8 8h4v16H8zm6 0h4v10h-4zm6 0h4v13h-4z" />
        </svg>
        Relay
      </div>
      <nav aria-label="Views">
        {VIEWS.map((view) => (
          <a
            key={view.path}
            href={view.path}
            onClick={follow}
            aria-current={view.path === path ? 'page' : undefined}
          >
            {view.name}
          </a>
        ))}
      </nav>
      <button type="button" className="quiet" aria-pressed={dark} onClick={onDark}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z" />
        </svg>
        Dark mode
      </button>
    </header>
  );
}
