/** What is around the page, drawn before: drawing costs more than everything else of a single frame. The oldest goes first. */
export class PlateCache {
  private readonly plates = new Map<string, Buffer>();

  constructor(private readonly most = 4) {}

  async get(key: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.plates.get(key);
    const plate = known ?? (await draw());
    this.plates.delete(key);
    this.plates.set(key, plate);
    const [oldest] = this.plates.keys();
    if (this.plates.size > this.most && oldest !== undefined) this.plates.delete(oldest);
    return plate;
  }
}
