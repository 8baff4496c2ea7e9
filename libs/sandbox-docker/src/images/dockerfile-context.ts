import { Readable } from 'node:stream';
import { encodeHeader, END_OF_ARCHIVE, padding } from '@showrunner/sandbox/provider';

/** A build context that holds nothing but its Dockerfile. */
export function dockerfileContext(dockerfile: string): NodeJS.ReadableStream {
  const bytes = Buffer.from(dockerfile);
  const header = encodeHeader({
    name: 'Dockerfile',
    type: '0',
    mode: 0o644,
    size: bytes.length,
    mtime: 0,
    linkName: '',
  });
  return Readable.from([Buffer.concat([header, bytes, padding(bytes.length), END_OF_ARCHIVE])]);
}
