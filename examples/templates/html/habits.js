const STARTERS = [
  { name: 'Drink a glass of water', time: 'Morning', days: 12, done: true },
  { name: 'Stretch for ten minutes', time: 'Morning', days: 4, done: false },
  { name: 'Walk around the block', time: 'Midday', days: 21, done: false },
  { name: 'Read twenty pages', time: 'Evening', days: 7, done: false },
  { name: 'Plan tomorrow', time: 'Evening', days: 2, done: false },
];
const stored = localStorage.getItem('habits');
let habits = stored === null ? STARTERS : JSON.parse(stored);
let shown = 'All';

const find = (selector) => document.querySelector(selector);

function show() {
  localStorage.setItem('habits', JSON.stringify(habits));
  const done = habits.filter((habit) => habit.done).length;
  find('#progress').textContent = `${done} of ${habits.length} done today`;
  find('#bar').style.width = `${habits.length === 0 ? 0 : (100 * done) / habits.length}%`;
  find('#habits').replaceChildren(
    ...habits.filter(({ time }) => shown === 'All' || time === shown).map(rowOf),
  );
}

function rowOf(habit) {
  const row = document.createElement('article');
  row.className = 'card habit';
  const text = document.createElement('div');
  const name = document.createElement('h2');
  name.textContent = habit.name;
  const days = document.createElement('p');
  days.className = 'muted';
  days.textContent = habit.days === 1 ? '1 day in a row' : `${habit.days} days in a row`;
  text.append(name, days);
  const time = document.createElement('span');
  time.className = 'badge';
  time.textContent = habit.time;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = habit.done ? 'Done' : 'Mark as done';
  button.setAttribute('aria-pressed', String(habit.done));
  button.setAttribute('aria-label', `${habit.done ? 'Done' : 'Mark as done'}: ${habit.name}`);
  button.addEventListener('click', () => {
    habit.done = !habit.done;
    habit.days += habit.done ? 1 : -1;
    show();
  });
  row.append(text, time, button);
  return row;
}

find('#new-habit').addEventListener('submit', (event) => {
  event.preventDefault();
  const { name, time } = Object.fromEntries(new FormData(event.target));
  habits = [{ name: name.trim(), time, days: 0, done: false }, ...habits];
  event.target.reset();
  show();
});
for (const button of document.querySelectorAll('[data-time]')) {
  button.addEventListener('click', () => {
    shown = button.dataset.time;
    for (const one of document.querySelectorAll('[data-time]'))
      one.setAttribute('aria-pressed', String(one === button));
    show();
  });
}
find('#theme').addEventListener('click', ({ currentTarget }) => {
  const dark = document.documentElement.dataset.theme !== 'dark';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  currentTarget.textContent = dark ? 'Light theme' : 'Dark theme';
  currentTarget.setAttribute('aria-pressed', String(dark));
});
show();
