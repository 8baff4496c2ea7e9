import { hasFile, type FileListing } from './listing';

/** An app that ships an example of its environment usually fails without it. */
export function copyEnvironment(listing: FileListing): string[] {
  const example = ['.env.example', '.env.sample', '.env.local.example', '.env.dist'].find((name) =>
    hasFile(listing, name),
  );
  return example === undefined || hasFile(listing, '.env') ? [] : [`cp -n ${example} .env`];
}
