import { PRODUCTS } from './products.js';
import { favouriteButton, make, picture } from './shell.js';

const id = new URLSearchParams(location.search).get('id');
const product = PRODUCTS.find((one) => one.id === id);
const page = document.getElementById('product');

if (product) {
  document.title = `${product.name} · Form & Fern`;
  page.append(
    picture(product),
    make(
      'div',
      {},
      make('p', { className: 'category', textContent: product.category }),
      make('h1', { textContent: product.name }),
      make('p', { textContent: product.text }),
      make('p', { className: 'price', textContent: `${product.price} €` }),
      favouriteButton(product),
    ),
  );
} else {
  page.append(make('p', { textContent: 'There is no such product.' }));
}
