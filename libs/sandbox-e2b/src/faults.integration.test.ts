import { expect, it } from '@jest/globals';
import { describeE2b, E2B_LIMITS } from './testing/e2b-fixture';

describeE2b('faults of E2B', (bench) => {
  const create = (id: string) => bench.provider.create({ id, limits: E2B_LIMITS, labels: {} });
  const refusals: [string, number, string, Record<string, string>, object][] = [
    [
      'a wrong key',
      401,
      'invalid API key',
      {},
      { code: 'sandbox_auth', retryable: false, remedy: expect.stringContaining('SANDBOX_API_KEY') },
    ],
    ['a forbidden account', 403, 'forbidden', {}, { code: 'sandbox_auth' }],
    ['no money', 402, 'payment required', {}, { code: 'sandbox_quota', retryable: false }],
    [
      'the limit of the plan',
      429,
      'you have reached the maximum number of concurrent E2B sandboxes (20)',
      {},
      { code: 'sandbox_quota', retryable: true },
    ],
    ['a lease beyond the plan', 400, 'Timeout cannot be greater than 1 hours', {}, { code: 'sandbox_quota' }],
    [
      'too many requests',
      429,
      'slow down',
      { 'Retry-After': '7' },
      { code: 'sandbox_rate_limited', retryable: true, details: { retryAfterMs: 7000 } },
    ],
    ['an unknown template', 404, "template 'base' not found", {}, { code: 'sandbox_start_failed' }],
  ];
  it.each(refusals)('tells of %s', async (_what, status, message, headers, error) => {
    bench.server.faults.add({
      method: 'POST',
      path: /sandboxes$/,
      times: 2,
      fault: { kind: 'reply', status, message, headers },
    });
    const before = bench.server.requests.length;
    await expect(create('refused')).rejects.toMatchObject(error);
    // Neither waited out nor tried again by the SDK: that is for who called.
    expect(
      bench.server.requests.slice(before).filter((line) => line.startsWith('POST')).length,
    ).toBeLessThanOrEqual(2);
  });

  it.each([408, 500, 503, 504])(
    'looks for the box when creating it was answered with %d, and then gives up',
    async (status) => {
      bench.server.faults.add({ method: 'POST', path: /sandboxes$/, fault: { kind: 'reply', status } });
      await expect(create(`trouble-${status}`)).rejects.toMatchObject({
        code: 'sandbox_unavailable',
        retryable: true,
      });
      expect(await bench.provider.get(`trouble-${status}`)).toBeUndefined();
    },
  );

  it('does not wait for ever for a server that says nothing, or that is not there', async () => {
    bench.server.faults.add({ path: /^\/v2\/sandboxes/, fault: { kind: 'hang' } });
    const impatient = bench.another({ requestTimeoutMs: 300 });
    await expect(impatient.list()).rejects.toMatchObject({
      code: 'sandbox_unavailable',
      message: expect.stringContaining('300 ms'),
    });
    const nowhere = bench.another({ serverUrl: 'http://127.0.0.1:9' });
    await expect(nowhere.list()).rejects.toMatchObject({ code: 'sandbox_unavailable', retryable: true });
  });

  it('gives up a creation when its caller does, and leaves nothing', async () => {
    const caller = new AbortController();
    bench.server.faults.add({ method: 'POST', path: /sandboxes$/, fault: { kind: 'hang' } });
    const made = bench.provider.create({
      id: 'given-up',
      limits: E2B_LIMITS,
      labels: {},
      signal: caller.signal,
    });
    setTimeout(() => caller.abort(new Error('given up')), 200);
    await expect(made).rejects.toThrow('given up');
    expect(await bench.provider.get('given-up')).toBeUndefined();
  });

  it('says that the sandbox is lost when it dies: before, during and after a command', async () => {
    const sandbox = await create('dies');
    const running = sandbox.exec('echo begun; sleep 600');
    const died = Date.now();
    setTimeout(() => void bench.server.killBox(bench.boxOf('dies')), 300);
    await expect(running).rejects.toMatchObject({ code: 'sandbox_lost' });
    expect(Date.now() - died).toBeLessThan(8000);
    const lost = { code: 'sandbox_lost' };
    await expect(sandbox.exec('true')).rejects.toMatchObject(lost);
    await expect(sandbox.startProcess('web', 'true')).rejects.toMatchObject(lost);
    await expect(sandbox.listProcesses()).rejects.toMatchObject(lost);
    await expect(sandbox.start()).rejects.toMatchObject(lost);
    await expect(sandbox.stop()).rejects.toMatchObject(lost);
    await expect(sandbox.renew(new Date())).rejects.toMatchObject(lost);
    await expect(sandbox.metrics()).rejects.toMatchObject(lost);
    await expect(sandbox.route(80)).rejects.toMatchObject(lost);
    await expect(sandbox.setNetwork({ mode: 'none' })).rejects.toMatchObject(lost);
    expect(await sandbox.info()).toMatchObject({ status: 'destroyed' });
    await sandbox.destroy();
  });

  it('ends the wait for a box that says nothing any more within three beats', async () => {
    const sandbox = await create('mute');
    const begun = Date.now();
    const running = sandbox.exec('sleep 600');
    const box = bench.boxOf('mute');
    setTimeout(() => {
      box.mute = true; // its stream stays open
      bench.server.boxes.delete(box.id);
    }, 200);
    await expect(running).rejects.toMatchObject({ code: 'sandbox_lost' });
    expect(Date.now() - begun).toBeLessThan(9000);
    await bench.server.destroyBox(box);
  });

  it('says of a broken stream to a living box that it broke, and leaves nothing running there', async () => {
    const sandbox = await create('cut');
    bench.server.faults.add({ path: /Process\/Start$/, fault: { kind: 'cut', afterMessages: 2 } });
    const cut = sandbox.exec('echo one; sleep 0.2; echo two; sleep 781');
    await expect(cut).rejects.toMatchObject({ code: 'sandbox_unavailable', retryable: true });
    expect((await sandbox.exec('sleep 0.2; pgrep -fc "sleep 78[1]" || true')).stdout.trim()).toBe('0');
  });

  it('waits for a slow stream', async () => {
    const sandbox = await create('slow');
    bench.server.faults.add({ path: /Process\/Start$/, fault: { kind: 'slow', everyMs: 700 } });
    expect(await sandbox.exec('echo a; sleep 0.1; echo b; sleep 0.1; echo c')).toMatchObject({
      exitCode: 0,
      stdout: 'a\nb\nc\n',
    });
  });

  it('asks for a new token when the box has another one', async () => {
    const sandbox = await create('token');
    const fault = {
      kind: 'reply' as const,
      status: 401,
      body: { code: 'unauthenticated', message: 'invalid access token' },
    };
    bench.server.faults.add({ path: /Process\/Start$/, fault });
    expect(await sandbox.exec('echo in')).toMatchObject({ stdout: 'in\n' });
    bench.server.faults.add({ path: /Process\/Start$/, times: 2, fault });
    await expect(sandbox.exec('true')).rejects.toMatchObject({ code: 'sandbox_auth' });
  });

  it.each([
    [429, 'sandbox_unavailable'],
    [500, 'sandbox_unavailable'],
    [502, 'sandbox_unavailable'],
    [408, 'sandbox_unavailable'],
  ])('says of %d from a living box that it may pass', async (status, code) => {
    const sandbox = await create('passing');
    bench.server.faults.add({ path: /Process\/Start$/, fault: { kind: 'reply', status } });
    await expect(sandbox.exec('true')).rejects.toMatchObject({ code, retryable: true });
    expect(await sandbox.exec('echo again')).toMatchObject({ stdout: 'again\n' });
  });

  it('says of a box stuck in its state that it is, within its time', async () => {
    const provider = bench.another({ transitionTimeoutMs: 600 });
    const sandbox = await provider.create({ id: 'stuck', limits: E2B_LIMITS, labels: {} });
    bench.server.faults.add({ path: /\/pause$/, fault: { kind: 'stuck' } });
    await expect(sandbox.stop()).rejects.toMatchObject({
      code: 'sandbox_unavailable',
      message: expect.stringContaining('not paused'),
    });
    await sandbox.stop();
    bench.server.faults.add({ path: /\/connect$/, fault: { kind: 'stuck' } });
    await expect(sandbox.start()).rejects.toMatchObject({
      code: 'sandbox_unavailable',
      message: expect.stringContaining('not running'),
    });
    await sandbox.start();
    expect(await sandbox.exec('echo moves')).toMatchObject({ stdout: 'moves\n' });
  });

  it('destroys what is gone, and says when it could not', async () => {
    const sandbox = await create('gone');
    bench.server.faults.add({ method: 'DELETE', path: /./, fault: { kind: 'reply', status: 500 } });
    await expect(sandbox.destroy()).rejects.toMatchObject({ code: 'sandbox_unavailable' });
    await sandbox.destroy();
    await sandbox.destroy();
    expect(await bench.provider.get('gone')).toBeUndefined();
  });

  it('makes an unfinished box ready when it adopts it', async () => {
    // The creator dies between making the box and preparing it.
    bench.server.faults.add({ path: /Process\/Start$/, times: 99, fault: { kind: 'reply', status: 500 } });
    bench.server.faults.add({ method: 'DELETE', path: /./, times: 9, fault: { kind: 'reply', status: 500 } });
    await expect(create('unfinished')).rejects.toMatchObject({ retryable: true });
    bench.server.faults.clear();
    const sandbox = await create('unfinished');
    expect(await sandbox.exec('echo ready')).toMatchObject({ stdout: 'ready\n' });
  });
});
