let options = [];
let byVotes = false;
const find = (selector) => document.querySelector(selector);

function element(tag, text, className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

async function ask(path, name) {
  const body = name === undefined ? {} : { method: 'POST', body: new URLSearchParams({ name }) };
  options = await (await fetch(path, body)).json();
  show();
}

function show() {
  const total = options.reduce((sum, { votes }) => sum + votes, 0);
  const ranked = [...options].sort((a, b) => b.votes - a.votes);
  find('#winner').textContent = `${ranked[0].name} leads with ${ranked[0].votes} of ${total} votes`;
  find('#options').replaceChildren(
    ...(byVotes ? ranked : options).map(({ name, votes }) => {
      const card = element('article', '', 'card option');
      const button = element('button', 'Vote', 'primary');
      button.type = 'button';
      button.setAttribute('aria-label', `Vote for ${name}`);
      button.addEventListener('click', () => ask('/api/votes', name));
      const meter = document.createElement('meter');
      meter.max = Math.max(1, ranked[0].votes);
      meter.value = votes;
      meter.setAttribute('aria-label', `Votes for ${name}`);
      card.append(element('h2', name), element('span', `${votes} votes`, 'badge'), button, meter);
      return card;
    }),
  );
}

find('#new-option').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  await ask('/api/options', new FormData(form).get('name'));
  form.reset();
});
find('#sort').addEventListener('click', ({ currentTarget }) => {
  byVotes = !byVotes;
  currentTarget.setAttribute('aria-pressed', String(byVotes));
  show();
});
await ask('/api/options');
