import type { Admitted } from '@showrunner/service';

/** What goes on in the name of each key: answers that stream, and WebSockets. They end with their key. */
export class KeyConnections {
  private readonly open = new Map<string, Set<Admitted>>();

  add(keyId: string, admitted: Admitted): void {
    const those = this.open.get(keyId) ?? new Set();
    this.open.set(keyId, those.add(admitted));
    admitted.onClosed(() => {
      those.delete(admitted);
      if (those.size === 0 && this.open.get(keyId) === those) this.open.delete(keyId);
    });
  }

  keyIds(): string[] {
    return [...this.open.keys()];
  }

  /** Ends everything of a key that has begun to stream. */
  end(keyId: string): void {
    for (const admitted of this.open.get(keyId) ?? []) admitted.end();
  }
}
