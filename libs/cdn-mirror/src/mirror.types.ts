import { z } from 'zod';

/** A file of a package of the npm registry, as an address of a CDN asks for it. */
export interface PackageFile {
  name: string;
  /** Version, range or tag; `latest` where the address has none. */
  range: string;
  /** Path within the package; undefined for what the package itself names for browsers. */
  path?: string | undefined;
  /** The path is that of the CDN, which arranges files in its own way: the file is looked for by its ending. */
  isLoose?: boolean;
  /** A style sheet that is served under an address from which its own relative ones lead nowhere. */
  isMoved?: boolean;
}

/** A family of fonts, as Google Fonts is asked for it. */
export interface FontFamily {
  family: string;
  faces: { weight: number; isItalic: boolean }[];
}

export type Located =
  | { kind: 'file'; file: PackageFile }
  | { kind: 'fonts'; families: FontFamily[] }
  /** One of the CDNs, but nothing that a package could answer. */
  | { kind: 'unknown'; reason: string };

export const MirroredFileSchema = z.object({
  /** As the page asks for it, without scheme: see `assetKey`. */
  key: z.string().max(2000),
  contentType: z.string().max(100),
  /** Of the bytes, in hexadecimal: their name in the store. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().nonnegative(),
  /** `npm:jquery@3.7.1/dist/jquery.min.js` */
  from: z.string().max(500),
});
export type MirroredFile = z.infer<typeof MirroredFileSchema>;

/** What the pages of an app get from CDNs; pinned with its plan. */
export const MirrorManifestSchema = z.object({
  files: z.array(MirroredFileSchema).max(1000),
  /** What could not be served, and why. */
  missing: z.array(z.object({ key: z.string().max(2000), reason: z.string().max(300) })).max(1000),
});
export type MirrorManifest = z.infer<typeof MirrorManifestSchema>;

/** Host, path and query of an address, without scheme and fragment: pages name one file by `http:`, `https:` and `//`. Undefined for what is none. */
export function assetKey(url: string): string | undefined {
  const absolute = url.startsWith('//') ? `https:${url}` : url;
  if (!URL.canParse(absolute)) return undefined;
  const { protocol, host, pathname, search } = new URL(absolute);
  return protocol === 'https:' || protocol === 'http:' ? `${host}${pathname}${search}` : undefined;
}
