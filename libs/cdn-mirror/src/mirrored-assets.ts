import { assetKey, type MirroredFile, type MirrorManifest } from './mirror.types';

export interface Asset {
  contentType: string;
  body: Buffer;
}

/** A manifest as a browser asks it: by address. Bytes are read when they are first wanted. */
export class MirroredAssets {
  private readonly byKey: ReadonlyMap<string, MirroredFile>;

  constructor(
    { files }: MirrorManifest,
    private readonly read: (sha256: string) => Promise<Buffer>,
  ) {
    this.byKey = new Map(files.map((file) => [file.key, file]));
  }

  /** Hosts of which anything can be answered. */
  get hosts(): string[] {
    return [...new Set([...this.byKey.keys()].map((key) => key.replace(/\/.*$/, '')))];
  }

  /** The file of this address; undefined when the manifest has none. */
  async get(url: string): Promise<Asset | undefined> {
    const key = assetKey(url);
    const file = key === undefined ? undefined : this.byKey.get(key);
    return file && { contentType: file.contentType, body: await this.read(file.sha256) };
  }
}
