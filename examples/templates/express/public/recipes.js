let recipes = [];
let onlyFavourites = false;
const find = (selector) => document.querySelector(selector);

function element(tag, text, className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function cardOf(recipe) {
  const card = element('li', '', 'card');
  const button = element('button', recipe.favourite ? '★ Favourite' : '☆ Add to favourites');
  button.type = 'button';
  button.setAttribute('aria-pressed', String(recipe.favourite));
  button.setAttribute('aria-label', `Favourite: ${recipe.title}`);
  button.addEventListener('click', async () => {
    await fetch(`/api/recipes/${recipe.id}/favourite`, { method: 'POST' });
    await load();
  });
  const facts = element('p', '', 'row');
  facts.append(
    element('span', recipe.course, 'badge'),
    element('span', `${recipe.minutes} minutes`, 'muted'),
  );
  const note = element('p', recipe.note, 'row');
  card.append(element('h2', recipe.title), facts, note, button);
  return card;
}

function show() {
  const words = find('#search').value.trim().toLowerCase();
  const shown = recipes.filter(
    ({ title, note, favourite }) =>
      `${title} ${note}`.toLowerCase().includes(words) && (favourite || !onlyFavourites),
  );
  find('#count').textContent = `${shown.length} ${shown.length === 1 ? 'recipe' : 'recipes'}`;
  find('#recipes').replaceChildren(...shown.map(cardOf));
}

async function load() {
  recipes = await (await fetch('/api/recipes')).json();
  show();
}

find('#search').addEventListener('input', show);
find('#favourites').addEventListener('click', ({ currentTarget }) => {
  onlyFavourites = !onlyFavourites;
  currentTarget.setAttribute('aria-pressed', String(onlyFavourites));
  show();
});
find('#new-recipe').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  await fetch('/api/recipes', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(new FormData(form))),
  });
  form.reset();
  await load();
});
await load();
