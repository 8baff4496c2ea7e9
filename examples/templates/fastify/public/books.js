const STATES = ['All', 'To read', 'Reading', 'Done'];
let books = [];
let shown = 'All';
const find = (selector) => document.querySelector(selector);

function element(tag, text, className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function cardOf(book) {
  const card = element('li', '', 'card');
  const row = element('p', '', 'row');
  row.append(element('span', book.state, 'badge'), element('span', book.author, 'muted'));
  const button = element('button', 'Next state');
  button.type = 'button';
  button.setAttribute('aria-label', `Next state: ${book.title}`);
  button.addEventListener('click', async () => {
    await fetch(`/api/books/${book.id}/next`, { method: 'POST' });
    await load();
  });
  card.append(element('h2', book.title), row, button);
  return card;
}

function show() {
  const words = find('#search').value.trim().toLowerCase();
  const found = books.filter(
    ({ title, author, state }) =>
      (shown === 'All' || state === shown) && `${title} ${author}`.toLowerCase().includes(words),
  );
  find('#count').textContent = `${found.length} ${found.length === 1 ? 'book' : 'books'}`;
  find('#books').replaceChildren(...found.map(cardOf));
  find('#states').replaceChildren(
    ...STATES.map((state) => {
      const button = element('button', state);
      button.type = 'button';
      button.setAttribute('aria-pressed', String(state === shown));
      button.addEventListener('click', () => {
        shown = state;
        show();
      });
      return button;
    }),
  );
}

async function load() {
  books = await (await fetch('/api/books')).json();
  show();
}

find('#search').addEventListener('input', show);
find('#new-book').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  await fetch('/api/books', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(new FormData(form))),
  });
  form.reset();
  await load();
});
await load();
