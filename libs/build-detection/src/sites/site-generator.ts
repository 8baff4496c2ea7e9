import { TOOLS_FOLDER, type Draft } from '../draft';
import type { FileListing } from '../listing';
import type { Runtimes } from '../draft';

/** Where the pages of a site are made; outside of the app's own files. */
export const PAGES = `${TOOLS_FOLDER}/site`;

/** A program that makes pages of texts, and how it does that for one source. */
export interface Site extends Pick<
  Draft,
  'packageManager' | 'install' | 'setup' | 'env' | 'installHosts' | 'reasons' | 'confidence'
> {
  framework: string;
  system?: Draft['system'];
  toolchain?: Draft['toolchain'];
  refusal?: Draft['refusal'];
}

export type FindSite = (listing: FileListing, runtimes: Runtimes) => Site | undefined;
