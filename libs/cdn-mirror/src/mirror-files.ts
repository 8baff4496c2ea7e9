import { createHash } from 'node:crypto';
import { AppError } from '@showrunner/contracts';
import { contentType as mediaTypeOf } from 'mime-types';
import { styleSheetUrls } from './asset-urls';
import { findFile } from './find-file';
import { absoluteUrls, fontStyleSheet } from './font-style-sheet';
import { fontPackage } from './google-fonts';
import { locate } from './locate';
import { assetKey, type Located, type MirroredFile, type MirrorManifest } from './mirror.types';
import type { FetchedPackage, NpmRegistry } from './npm-registry';

const MOST_FILES = 800;
const MOST_BYTES = 80 * 2 ** 20;

export interface Mirrored {
  manifest: MirrorManifest;
  /** Bytes by their SHA-256. */
  blobs: ReadonlyMap<string, Buffer>;
}

interface Found {
  from: string;
  contentType: string;
  body: Buffer;
}

/**
 * Fetches what these addresses of public CDNs ask for from the registry, and what the style sheets among them ask for in turn; at most
 * 800 files and 80 MiB. What cannot be had is told in the manifest, never thrown, but for the signal's reason.
 */
export async function mirrorFiles(
  urls: readonly string[],
  { registry, signal }: { registry: NpmRegistry; signal?: AbortSignal },
): Promise<Mirrored> {
  const files = new Map<string, MirroredFile>();
  const missing = new Map<string, string>();
  const blobs = new Map<string, Buffer>();
  let bytes = 0;
  const queue = [...urls];
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    signal?.throwIfAborted();
    const key = assetKey(url);
    const located = locate(url);
    if (key === undefined || located === undefined || files.has(key) || missing.has(key)) continue;
    if (files.size >= MOST_FILES || bytes >= MOST_BYTES) {
      missing.set(key, 'There are too many files on CDNs, or they are too large.');
      continue;
    }
    const found = await fetched(located, registry, signal);
    if ('reason' in found) {
      missing.set(key, found.reason);
      continue;
    }
    const sha256 = createHash('sha256').update(found.body).digest('hex');
    const { from, contentType } = found;
    files.set(key, { key, contentType, sha256, bytes: found.body.length, from });
    if (!blobs.has(sha256)) bytes += found.body.length;
    blobs.set(sha256, found.body);
    if (contentType.startsWith('text/css'))
      queue.push(...styleSheetUrls(found.body.toString('utf8'), `https://${key}`));
  }
  return {
    manifest: {
      files: [...files.values()],
      missing: [...missing].map(([key, reason]) => ({ key, reason: reason.slice(0, 300) })),
    },
    blobs,
  };
}

async function fetched(
  located: Located,
  registry: NpmRegistry,
  signal: AbortSignal | undefined,
): Promise<Found | { reason: string }> {
  if (located.kind === 'unknown') return { reason: located.reason };
  try {
    return located.kind === 'fonts'
      ? await fontsFrom(located.families, registry)
      : await fileFrom(located.file, registry);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) return { reason: error.message };
    throw error;
  }
}

async function fileFrom(
  file: Extract<Located, { kind: 'file' }>['file'],
  registry: NpmRegistry,
): Promise<Found | { reason: string }> {
  const one = await registry.package(file.name, file.range);
  const path = findFile(one.files, file);
  const body = path === undefined ? undefined : one.files.get(path);
  if (path === undefined || body === undefined)
    return { reason: `${one.name}@${one.version} has no file ${file.path ?? 'for browsers'}.` };
  const contentType = mediaTypeOf(path.slice(path.lastIndexOf('/') + 1)) || 'application/octet-stream';
  const text =
    file.isMoved === true && contentType.startsWith('text/css')
      ? absoluteUrls(body.toString('utf8'), one, path)
      : undefined;
  return { from: fromOf(one, path), contentType, body: text === undefined ? body : Buffer.from(text) };
}

async function fontsFrom(
  families: Extract<Located, { kind: 'fonts' }>['families'],
  registry: NpmRegistry,
): Promise<Found | { reason: string }> {
  const sheets: string[] = [];
  const from: string[] = [];
  const reasons: string[] = [];
  for (const family of families) {
    try {
      const one = await registry.package(fontPackage(family.family), 'latest');
      sheets.push(fontStyleSheet(family, one));
      from.push(fromOf(one));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      reasons.push(`The family ${family.family}: ${error.message}`);
    }
  }
  if (from.length === 0) return { reason: reasons.join(' ') };
  return {
    from: from.join(' ').slice(0, 500),
    contentType: 'text/css; charset=utf-8',
    body: Buffer.from(sheets.join('\n')),
  };
}

const fromOf = ({ name, version }: FetchedPackage, path?: string): string =>
  `npm:${name}@${version}${path === undefined ? '' : `/${path}`}`.slice(0, 500);
