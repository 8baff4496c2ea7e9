/** Media types of a film and what stands beside it. */
export const FILM_MEDIA = [
  'video/mp4',
  'video/webm',
  'image/gif',
  'image/png',
  'image/jpeg',
  'text/markdown',
  'application/octet-stream',
  'text/vtt',
  'application/x-subrip',
  'application/json',
] as const;
