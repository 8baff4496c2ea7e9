/** Work under one key goes one after the other, in the order in which it came; under different keys beside each other. */
export class InTurn {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @throws what `work` throws */
  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key);
    }
  }
}
