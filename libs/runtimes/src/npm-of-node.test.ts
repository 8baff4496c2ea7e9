import { expect, test } from '@jest/globals';
import { npmOfNode } from './npm-of-node';

test.each([
  ['10.24.1', '6.14.18'],
  ['12.22.12', '8.19.4'],
  ['14.21.3', '9.9.4'],
  ['16.20.2', '9.9.4'],
  ['18.12.0', '9.9.4'],
  ['18.20.8', '10.8.2'],
  ['20.20.2', '10.8.2'],
  ['22.23.5', '11.6.2'],
  ['26.12.1', '11.6.2'],
])('Node %s comes with npm %s', (node, npm) => {
  expect(npmOfNode(node)).toBe(npm);
});
