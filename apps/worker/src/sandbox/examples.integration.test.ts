import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SandboxTestBench } from './sandbox-test-bench';

let bench: SandboxTestBench;
beforeAll(async () => {
  bench = await SandboxTestBench.start();
}, 90_000);
afterAll(() => bench.stop());

describe('the example apps, from an upload to a running app', () => {
  test('kanban: installed from the registry, changed, reset, destroyed', async () => {
    const build = await bench.prepare('kanban');
    expect(build.buildSpec).toMatchObject({
      framework: 'vite',
      install: 'npm ci',
      start: 'npm run dev',
      port: 5173,
    });

    const app = await bench.startApp(build);
    expect(app.previewUrl).toBe(`http://${build.ref.sandboxId}.preview.localhost:4401`);
    expect(app.path).toBe('/');
    const before = JSON.parse((await bench.get(build, app, '/api/cards')).body) as unknown[];
    expect(before).toHaveLength(7);
    expect(await bench.database.previews.find(build.ref.sandboxId)).toMatchObject({
      port: app.port,
      upstreamHost: app.upstreamHost,
    });
    expect((await bench.store.read(`builds/${build.buildId}/build.log`)).toString()).toContain('npm ci');

    const added = await build.sandbox.exec(
      `curl -s -X POST -d '{"title":"Mine","column":"todo"}' http://127.0.0.1:${app.port}/api/cards`,
    );
    expect(added.stdout).toContain('Mine');
    expect(JSON.parse((await bench.get(build, app, '/api/cards')).body)).toHaveLength(8);

    const again = await bench.activities().resetApp({
      ...build.ref,
      buildId: build.buildId,
      projectId: build.projectId,
      buildSpec: build.buildSpec,
      port: app.port,
    });
    expect(again.port).toBe(app.port);
    expect(JSON.parse((await bench.get(build, again, '/api/cards')).body)).toEqual(before);

    await bench.activities().destroySandbox(build.ref);
    expect(await bench.database.previews.find(build.ref.sandboxId)).toBeNull();
    expect((await bench.database.sandboxes.get(build.ref.sandboxId)).status).toBe('destroyed');
    expect(await bench.provider.get(build.ref.sandboxId)).toBeUndefined();
    await expect(bench.activities().destroySandbox(build.ref)).resolves.toBeUndefined();
  }, 180_000);

  test('guestbook: packages by pip, its database made by its own command', async () => {
    const build = await bench.prepare('guestbook');
    expect(build.buildSpec).toMatchObject({
      framework: 'flask',
      setup: ['flask --app app init-db'],
      port: 5000,
    });
    const app = await bench.startApp(build);
    expect((await bench.get(build, app, '/')).body).toContain('<h1>Guestbook</h1>');
    expect(JSON.parse((await bench.get(build, app, '/api/entries')).body)).toHaveLength(4);
  }, 180_000);

  test('catalogue: static pages, served without dotfiles', async () => {
    const build = await bench.prepare('catalogue');
    const app = await bench.startApp(build);
    expect((await bench.get(build, app, '/')).body).toContain('Things for a calm home');
    expect((await bench.get(build, app, '/product.html?id=tea-bowl')).status).toBe(200);
    await build.sandbox.writeFile('/app/.secret', 'hidden');
    expect((await bench.get(build, app, '/.secret')).status).toBe(404);
    expect((await bench.get(build, app, '/..%2f..%2fetc/passwd')).status).toBe(404);
  });
});
