let expenses = [];
let category = 'All';
let largestFirst = false;
const find = (selector) => document.querySelector(selector);
const money = (amount) => amount.toLocaleString('en', { style: 'currency', currency: 'EUR' });

function element(tag, text, className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function show() {
  const shown = expenses.filter((one) => category === 'All' || one.category === category);
  if (largestFirst) shown.sort((a, b) => b.amount - a.amount);
  find('#total').textContent =
    `${money(shown.reduce((sum, { amount }) => sum + amount, 0))} in ${shown.length} expenses`;
  find('#expenses').replaceChildren(
    ...shown.map(({ what, category: kind, amount }) => {
      const card = element('li', '', 'card');
      const row = element('p', '', 'row');
      row.append(element('span', kind, 'badge'), element('span', money(amount)));
      card.append(element('h2', what), row);
      return card;
    }),
  );
}

async function load() {
  expenses = await (await fetch('/api/expenses')).json();
  show();
}

for (const button of document.querySelectorAll('[data-category]')) {
  button.addEventListener('click', () => {
    category = button.dataset.category;
    for (const one of document.querySelectorAll('[data-category]'))
      one.setAttribute('aria-pressed', String(one === button));
    show();
  });
}
find('#sort').addEventListener('click', ({ currentTarget }) => {
  largestFirst = !largestFirst;
  currentTarget.setAttribute('aria-pressed', String(largestFirst));
  show();
});
find('#new-expense').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const { what, category: kind, amount } = Object.fromEntries(new FormData(form));
  await fetch('/api/expenses', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ what, category: kind, amount: Number(amount) }),
  });
  form.reset();
  await load();
});
await load();
