import { textIsVisible } from '@showrunner/contracts';
import type { Candidate, CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { formsOf } from '../forms';
import type { Form } from '../forms';
import { itemsOf } from '../items';
import { isTextField, isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fieldKind } from '../sample-values';
import { readable, sentence, shorten } from '../words';
import { fieldSteps } from './field-steps';

/** On the way from the cart to the order; followed by how many pages the way has led over. */
export const TO_ORDER = 'to-order';
/** Follows it where the way ends at the cart. */
export const ONLY_CART = 'only-cart';

const ADDS_TO_CART =
  /\badd to (your |my )?(cart|basket|bag)\b|in den (warenkorb|einkaufswagen)|ajouter au panier|(añadir|agregar) al carrito|aggiungi al carrello|adicionar ao carrinho|カートに入れる|カートに追加|加入购物车|장바구니|в корзину|toevoegen aan winkelwagen/i;
const CART =
  /\b(cart|basket|bag|warenkorb|panier|carrito|carrello|carrinho|winkelwagen)\b|カート|购物车|장바구니|корзин/i;
const GOES_TO_ORDER =
  /\b(check ?out|proceed|continue to|go to (payment|shipping)|kasse|zur kasse|commander|tramitar|pagar|cassa|finalizar)\b|レジ|结算|оформить/i;
const WHO_AND_WHERE = [
  'person',
  'firstName',
  'lastName',
  'email',
  'street',
  'city',
  'postcode',
  'card',
  'phone',
];
const MOST_FIELDS = 12;
const MOST_PAGES = 6;

/**
 * A thing of a shop is put into the cart and ordered by the sample person with a card number of test environments. The app is alone with
 * its data: nobody is paid and nothing is sent.
 */
export function checkoutFeatures(context: RulesContext): Candidate[] {
  return context.views
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const found = itemsOf(view, 1)
        .map((item) => ({
          item,
          node: view
            .descendants(item.node)
            .find((one) => one.role === 'button' && isUsable(one) && ADDS_TO_CART.test(one.name)),
        }))
        .find(({ node }) => node !== undefined);
      if (before === undefined || found?.node === undefined) return [];
      const target = view.targetOf(found.node);
      const thing = shorten(found.item.title, 50);
      const add = click(target, `Put “${thing}” into the cart`, { kind: 'textChanged' }, true);
      return [
        candidate({
          kind: 'create',
          variety: 'cart',
          title: `Put “${thing}” into the cart`,
          description: 'It waits there for the order.',
          startPath: view.path,
          steps: [...before, { ...add, continues: `${TO_ORDER} ${ONLY_CART}` }],
          score: 76 - 3 * before.length,
          about: found.item.title,
          words: ['cart basket bag add put shop', thing],
          needsSignIn: view.page.signedIn,
        }),
        candidate({
          kind: 'create',
          variety: 'order',
          title: `Order “${thing}”`,
          description: 'From the shelf to the order.',
          startPath: view.path,
          steps: [...before, { ...add, continues: `${TO_ORDER} 1` }],
          score: 88 - 3 * before.length,
          about: found.item.title,
          words: ['order check out checkout cart basket buy shop purchase', thing],
          needsSignIn: view.page.signedIn,
        }),
      ];
    })
    .slice(0, 2);
}

/** Opens the cart, which has to show what was put into it. */
export function stepsToCart(snapshot: PageSnapshot, thing: string): CandidateStep[] {
  const view = PageView.of(snapshot);
  const cart = controlsOf(view).find((node) => isCart(view, node));
  if (cart === undefined) return [];
  const target = view.targetOf(cart);
  return [{ ...click(target, 'Open the cart', { kind: 'elementHidden', target }, true), brings: thing }];
}

const controlsOf = (view: PageView): Node[] =>
  view.nodes.filter(
    (node) =>
      ['button', 'link'].includes(node.role) &&
      isUsable(node) &&
      node.current !== true &&
      !ADDS_TO_CART.test(node.name) &&
      readable(node.name).length <= 60,
  );

const isCart = (view: PageView, node: Node): boolean =>
  (CART.test(node.name) || CART.test(node.href ?? '')) && node.href !== view.path;

/**
 * What leads on from the page that the order has come to; `inCart` is what the cart that was opened has to show. Empty when it does not: a count that
 * rose says nothing of what was added.
 */
export function stepsToOrder(snapshot: PageSnapshot, pages: number, inCart?: string): CandidateStep[] {
  if (pages > MOST_PAGES || (inCart !== undefined && !textIsVisible(snapshot, inCart))) return [];
  const view = PageView.of(snapshot);
  const form = formsOf(view).find(asksForBuyer);
  if (form?.button) {
    const fills = fieldSteps(view, form, undefined, 'order', undefined, MOST_FIELDS);
    const target = view.targetOf(form.button);
    const label = sentence(shorten(readable(form.button.name), 60));
    const send = click(target, label, { kind: 'elementHidden', target }, true);
    return [...fills, GOES_TO_ORDER.test(label) ? { ...send, continues: `${TO_ORDER} ${pages + 1}` } : send];
  }
  const controls = controlsOf(view);
  // The button in a link is pressed, not both.
  const onward = controls.find((node) => GOES_TO_ORDER.test(node.name));
  const cart = controls.find((node) => isCart(view, node));
  const node = onward ?? cart;
  if (node === undefined) return [];
  const target = view.targetOf(node);
  const step = click(
    target,
    onward ? 'Go to the checkout' : 'Open the cart',
    { kind: 'elementHidden', target },
    true,
  );
  return [{ ...step, continues: `${TO_ORDER} ${pages + 1}${onward ? '' : ' cart'}` }];
}

const asksForBuyer = (form: Form): boolean =>
  form.button !== undefined &&
  form.kind !== 'search' &&
  form.fields.filter((field) => isTextField(field) && WHO_AND_WHERE.includes(fieldKind(field))).length >= 2 &&
  form.fields.every((field) => field.inputType !== 'password');
