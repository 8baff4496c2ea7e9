import { describe, expect, it } from '@jest/globals';
import type { ApiClient } from '@showrunner/api-client';
import { Interrupts } from './interrupts';

function watched() {
  const posts: string[] = [];
  const lines: string[] = [];
  const POST = async (route: string, { params }: { params: { path: { id: string } } }): Promise<void> =>
    void posts.push(route.replace('{id}', params.path.id));
  const api = { repeatedly: { POST } } as unknown as ApiClient;
  return { posts, lines, api, interrupts: new Interrupts((line) => void lines.push(line)) };
}

describe('Interrupts', () => {
  it('cancel first and kill then', () => {
    const { posts, lines, api, interrupts } = watched();
    interrupts.watch(api, 'r1');
    expect(interrupts.interruption).toBe('none');
    interrupts.press(0);
    expect(interrupts.interruption).toBe('cancelled');
    interrupts.press(1000);
    expect(interrupts.interruption).toBe('killed');
    expect(posts).toEqual(['/runs/r1/cancel', '/runs/r1/kill']);
    expect(lines[0]).toContain('again kills');
  });

  it('take a signal that comes twice at once for one key press', () => {
    const { posts, api, interrupts } = watched();
    interrupts.watch(api, 'r1');
    interrupts.press(0);
    interrupts.press(5);
    expect(posts).toEqual(['/runs/r1/cancel']);
  });

  it('stop a run that was being asked for when the key was pressed', () => {
    const { posts, api, interrupts } = watched();
    interrupts.press(0);
    expect(posts).toEqual([]);
    interrupts.watch(api, 'r1');
    expect(posts).toEqual(['/runs/r1/cancel']);
  });

  it('say what went wrong when the run cannot be stopped', async () => {
    const { lines, interrupts } = watched();
    const POST = (): Promise<never> => Promise.reject(new RangeError('It has ended.'));
    const api = { repeatedly: { POST } } as unknown as ApiClient;
    interrupts.watch(api, 'r1');
    interrupts.press(0);
    await Promise.resolve();
    await Promise.resolve();
    expect(lines).toContain('It has ended.');
  });
});
