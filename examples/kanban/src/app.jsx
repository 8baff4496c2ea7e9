import { useEffect, useState } from 'react';
import { Board } from './board.jsx';
import { Header } from './header.jsx';
import { Insights } from './insights.jsx';
import { useCards } from './use-cards.js';
import { useRoute } from './use-route.js';

export function App() {
  const { path, follow } = useRoute();
  const board = useCards();
  const [dark, setDark] = useState(() => localStorage.getItem('theme') === 'dark');

  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    localStorage.setItem('theme', dark ? 'dark' : 'light');
  }, [dark]);

  return (
    <>
      <Header path={path} follow={follow} dark={dark} onDark={() => setDark(!dark)} />
      <main>
        {board.cards === null ? (
          <p className="loading">Loading the board…</p>
        ) : path === '/insights' ? (
          <Insights cards={board.cards} />
        ) : (
          <Board {...board} />
        )}
      </main>
      <p className="notice" role="status" data-shown={board.notice !== ''} key={board.notice}>
        {board.notice}
      </p>
    </>
  );
}
