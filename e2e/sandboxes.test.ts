import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SandboxResource, SandboxUsage } from '@showrunner/contracts';
import { TestPlatform } from './testing/platform';
import { until } from './testing/until';

interface Created {
  success: boolean;
  previewUrl: string;
  sandboxId: string;
  sandbox: { status: string };
}

describe('sandboxes of a whole platform', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await TestPlatform.start();
  }, 180_000);
  afterAll(() => platform?.stop(), 60_000);

  const limits = { memoryBytes: 2 ** 28, diskBytes: 2 ** 27 };
  const create = async (): Promise<SandboxResource> =>
    (await platform.call<SandboxResource>('POST', '/sandboxes?wait=60', { limits })).json;

  it('show a server of theirs by a signed link alone, and count what they cost', async () => {
    const { id, status } = await create();
    expect(status).toBe('running');
    const serve = { name: 'web', command: 'echo hello > index.html && python3 -m http.server 8080' };
    expect((await platform.call('POST', `/sandboxes/${id}/processes`, serve)).status).toBe(201);
    const { json: link } = await platform.call<{ url: string }>('POST', `/sandboxes/${id}/previews`, {
      port: 8080,
    });
    expect(new URL(link.url).hostname).toBe(`8080--${id}.preview.localhost`);
    // The cookie is what a browser keeps of the link.
    const cookie = new URL(link.url).search.slice(1);
    await until('the server', async () =>
      (await platform.preview(`8080--${id}`, '/', { cookie })).includes('hello'),
    );
    expect(await platform.preview(`8080--${id}`, '/')).not.toContain('hello');
    expect(await platform.preview(`8081--${id}`, '/', { cookie })).not.toContain('hello');
    const { json: usage } = await platform.call<SandboxUsage>('GET', `/sandboxes/${id}/usage`);
    expect(usage.costUsd).toBeGreaterThan(0);
    await platform.call('DELETE', `/sandboxes/${id}?wait=30`);
  }, 120_000);

  it('are archived and deleted by an operator, who is told first', async () => {
    const { id } = await create();
    const dry = await platform.showrunner(['sandboxes', 'archive', '--older-than', '0m']);
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining('Nothing was changed')]);
    expect(dry.stdout).toContain(id);
    expect((await platform.get<SandboxResource>(`/sandboxes/${id}`)).status).toBe('running');
    expect((await platform.showrunner(['sandboxes', 'archive', '--older-than', '0m', '--yes'])).code).toBe(0);
    const statusOf = async () => (await platform.get<SandboxResource>(`/sandboxes/${id}`)).status;
    await until('the archive', async () => (await statusOf()) === 'archived');
    expect((await platform.showrunner(['sandboxes', 'list'])).stdout).toContain(id);
    expect((await platform.showrunner(['sandboxes', 'delete', '--user', 'default', '--yes'])).code).toBe(0);
    await until('the end', async () => (await statusOf()) === 'destroyed');
    const same = await platform.showrunner(['sandboxes', 'migrate', '--from', 'local', '--to', 'local']);
    expect(same.code).not.toBe(0);
    await platform.nothingLeft();
  }, 120_000);

  it('run generated code as a Next.js app: written, installed, started, shown, deleted', async () => {
    const page = `export default function Page() {
      return <main className="p-4"><h1>Made of {'generated'} code {process.env.NEXT_PUBLIC_WORD}</h1></main>;
    }`;
    const { status, json } = await platform.call<Created>('POST', '/sandbox/create', {
      generatedCode: { 'page.tsx': page },
      projectName: 'my-app',
      description: 'An app of the tests',
      environment: { NEXT_PUBLIC_WORD: 'hello' },
    });
    expect({ status, json }).toMatchObject({
      status: 200,
      json: { success: true, sandboxId: expect.any(String) },
    });
    expect(new URL(json.previewUrl).hostname).toBe(`${json.sandboxId}.preview.localhost`);
    await until(
      'the app',
      async () => {
        const shown = await platform.call<{ sandbox: { status: string; previewUrl: string | null } }>(
          'GET',
          `/sandbox/${json.sandboxId}`,
        );
        return shown.json.sandbox.previewUrl !== null;
      },
      180_000,
    );
    const html = await platform.preview(json.sandboxId, '/');
    expect(html.replaceAll('<!-- -->', '')).toContain('Made of generated code hello');
    const { json: list } = await platform.call<{ count: number }>('GET', '/sandbox');
    expect(list).toMatchObject({ success: true, count: 1 });
    expect((await platform.call('DELETE', `/sandbox/${json.sandboxId}`)).json).toEqual({
      success: true,
      message: 'Sandbox deleted successfully',
    });
    await platform.nothingLeft();
  }, 400_000);
});
