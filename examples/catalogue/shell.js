/** What both pages share: the theme, and the favourites kept in local storage. */
const favourites = new Set(JSON.parse(localStorage.getItem('favourites') ?? '[]'));

export const isFavourite = (id) => favourites.has(id);

export function toggleFavourite(id) {
  if (!favourites.delete(id)) favourites.add(id);
  localStorage.setItem('favourites', JSON.stringify([...favourites]));
  showFavourites();
}

function showFavourites() {
  const count = favourites.size;
  document.getElementById('favourites').textContent = count === 1 ? '1 favourite' : `${count} favourites`;
}

function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
  document.getElementById('theme').setAttribute('aria-pressed', String(theme === 'dark'));
}

/** A picture of the product, drawn from its colour and shape. */
export function picture({ colour, shape }) {
  const element = document.createElement('div');
  element.className = `picture ${shape}`;
  element.style.setProperty('--colour', colour);
  return element;
}

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function favouriteButton(product) {
  const button = make('button', { type: 'button', className: 'favourite' });
  button.setAttribute('aria-label', `Favourite ${product.name}`);
  const show = () => {
    button.setAttribute('aria-pressed', String(isFavourite(product.id)));
    button.textContent = isFavourite(product.id) ? '♥' : '♡';
  };
  button.addEventListener('click', () => {
    toggleFavourite(product.id);
    show();
  });
  show();
  return button;
}

document.getElementById('theme').addEventListener('click', () => {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', theme);
  showTheme(theme);
});
showTheme(localStorage.getItem('theme') ?? 'light');
showFavourites();
