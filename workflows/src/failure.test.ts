import { describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/workflow';
import { failureOf } from './failure';

describe('failureOf', () => {
  it('keeps the code and the words of what was foreseen', () => {
    const failure = ApplicationFailure.create({ type: 'install_failed', message: 'npm failed in /app/web' });
    expect(failureOf(failure, 'install')).toMatchObject({
      code: 'install_failed',
      message: 'npm failed in /app/web',
    });
  });

  it('fault 10: tells no path of the host of what nobody foresaw', () => {
    const text =
      "Command failed: mkfs.ext4 -q -d /var/lib/showrunner/sandboxes/.templates/1.tmp.d /var/lib/x/1.tmp: ENOSPC, write '/root/a b/c.img'";
    const { code, message } = failureOf(
      ApplicationFailure.create({ type: 'Error', message: text }),
      'create',
    );
    expect(code).toBe('internal_error');
    expect(message).toContain('mkfs.ext4');
    expect(message).toContain('ENOSPC');
    expect(message).not.toMatch(/var|lib|root|templates/);
  });

  it('leaves addresses and fractions alone', () => {
    const text = 'http://example.test/a/b answered 502 after 1/2 s';
    expect(failureOf(ApplicationFailure.create({ type: 'Error', message: text }), 'x').message).toBe(text);
  });
});
