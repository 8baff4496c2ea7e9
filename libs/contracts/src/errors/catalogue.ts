import { ACCOUNT_ERRORS } from './accounts';
import { API_ERRORS } from './api';
import { BUILD_ERRORS } from './build';
import type { CatalogueEntry } from './entry';
import { FILM_ERRORS } from './film';
import { MODEL_ERRORS } from './model';
import { PLATFORM_ERRORS } from './platform';
import { SANDBOX_ERRORS } from './sandbox';
import { SANDBOX_WORK_ERRORS } from './sandbox-work';
import { SOURCE_ERRORS } from './source';

/** The catalogue by area: docs/errors.md has a table for each. A new code goes into the file of its area, in its alphabetical place. */
export const ERROR_AREAS = {
  api: API_ERRORS,
  accounts: ACCOUNT_ERRORS,
  source: SOURCE_ERRORS,
  build: BUILD_ERRORS,
  sandbox: SANDBOX_ERRORS,
  'sandbox-work': SANDBOX_WORK_ERRORS,
  film: FILM_ERRORS,
  model: MODEL_ERRORS,
  platform: PLATFORM_ERRORS,
} as const;

const CATALOGUE = {
  ...API_ERRORS,
  ...ACCOUNT_ERRORS,
  ...SOURCE_ERRORS,
  ...BUILD_ERRORS,
  ...SANDBOX_ERRORS,
  ...SANDBOX_WORK_ERRORS,
  ...FILM_ERRORS,
  ...MODEL_ERRORS,
  ...PLATFORM_ERRORS,
};

/**
 * Every code that an error of the product can have. One that "is not assignable" here is not in the catalogue yet: add it to the file of its
 * area beside this one, and run `npm run openapi` for docs/errors.md.
 */
export type ErrorCode = { [Code in keyof typeof CATALOGUE]: Code }[keyof typeof CATALOGUE];

export const ERROR_CODES = Object.keys(CATALOGUE).sort() as [ErrorCode, ...ErrorCode[]];

/** What the catalogue says of a code; undefined for one of another version of the product. */
export const catalogueEntry = (code: string): CatalogueEntry | undefined =>
  isErrorCode(code) ? CATALOGUE[code] : undefined;

export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(CATALOGUE, text);

/** The code of an error that another process told: kept as it was told, also where this version does not know it. */
export const toldCode = (text: string): ErrorCode => text as ErrorCode;
