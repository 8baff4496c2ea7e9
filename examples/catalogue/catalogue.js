import { PRODUCTS } from './products.js';
import { favouriteButton, make, picture } from './shell.js';

const ALL = 'All';
const search = document.getElementById('search');
const list = document.getElementById('products');
const count = document.getElementById('count');
const buttons = new Map();
let category = ALL;

for (const name of [ALL, ...new Set(PRODUCTS.map((product) => product.category))]) {
  const button = make('button', { type: 'button', textContent: name });
  button.addEventListener('click', () => {
    category = name;
    show();
  });
  buttons.set(name, button);
  document.getElementById('categories').append(button);
}
search.addEventListener('input', show);
show();

function show() {
  const words = search.value.trim().toLowerCase();
  const shown = PRODUCTS.filter(
    (product) =>
      (category === ALL || product.category === category) &&
      `${product.name} ${product.text}`.toLowerCase().includes(words),
  );
  for (const [name, button] of buttons) button.setAttribute('aria-pressed', String(name === category));
  count.textContent = shown.length === 1 ? '1 product' : `${shown.length} products`;
  list.replaceChildren(...shown.map(tile));
}

function tile(product) {
  return make(
    'li',
    {},
    picture(product),
    make(
      'div',
      { className: 'facts' },
      make('a', { href: `product.html?id=${product.id}`, textContent: product.name }),
      make('span', { textContent: `${product.price} €` }),
    ),
    favouriteButton(product),
  );
}
