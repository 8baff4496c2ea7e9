import { describe, expect, it } from '@jest/globals';
import { partsOf } from './like-rows';

const node = (nodeType: number, more: object): Node =>
  ({ nodeType, nodeValue: null, childNodes: [], ...more }) as unknown as Node;
const text = (nodeValue: string): Node => node(3, { nodeValue });
const element = (childNodes: Node[], selector = 'div'): Element =>
  node(1, {
    childNodes,
    shadowRoot: null,
    matches: (asked: string) => asked.split(', ').includes(selector),
    checkVisibility: () => true,
  }) as unknown as Element;

describe('the parts of a row', () => {
  it('are its texts, without what buttons are called', () => {
    expect(
      partsOf(element([element([text(' Ada ')]), text('Paid'), element([text('Delete')], 'button')])),
    ).toEqual(['Ada', 'Paid']);
  });

  it('do not stumble over comments and other nodes that frameworks leave between them', () => {
    const row = element([node(8, { nodeValue: 'v-if' }), element([text('Ada'), node(8, {})]), node(7, {})]);
    expect(partsOf(row)).toEqual(['Ada']);
  });
});
