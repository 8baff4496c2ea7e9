import { useCallback, useEffect, useState } from 'react';

async function call(path, method = 'GET', body = undefined) {
  const response = await fetch(`/api/cards${path}`, {
    method,
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** The cards as the server has them, and what can be done with them. `notice` is the last outcome, for the live region. */
export function useCards() {
  const [cards, setCards] = useState(null);
  const [notice, setNotice] = useState('');

  const act = useCallback(async (change, done) => {
    try {
      await change();
      setCards(await call(''));
      setNotice(done);
    } catch (error) {
      setNotice(error.message);
    }
  }, []);

  useEffect(() => {
    act(() => undefined, '');
  }, [act]);

  return {
    cards,
    notice,
    add: (title, column) => act(() => call('', 'POST', { title, column }), `“${title}” was added.`),
    change: (card, fields, done) => act(() => call(`/${card.id}`, 'PATCH', fields), done),
    remove: (card) => act(() => call(`/${card.id}`, 'DELETE'), `“${card.title}” was deleted.`),
  };
}
