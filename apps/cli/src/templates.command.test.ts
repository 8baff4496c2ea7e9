import { describe, expect, it, jest } from '@jest/globals';
import type { ApiClient } from '@showrunner/api-client';
import { listTemplates } from './templates.command';

const FLASK = {
  name: 'flask',
  title: 'Garden party',
  stack: 'Flask',
  description: 'Who comes.',
  kind: 'webapp',
};
const api = {
  GET: () => Promise.resolve({ data: { data: [FLASK] }, response: new Response(null, { status: 200 }) }),
} as unknown as ApiClient;

describe('templates', () => {
  it.each([
    [false, 'flask      Garden party (Flask): Who comes.\n'],
    [true, `${JSON.stringify([FLASK], null, 2)}\n`],
  ])('are told, as JSON: %s', async (json, told) => {
    const written: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    expect(await listTemplates(api, json)).toBe(0);
    write.mockRestore();
    expect(written.join('')).toBe(told);
  });
});
