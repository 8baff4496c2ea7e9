import type { Box } from '@showrunner/contracts';

/** What covers the secrets of one document, kept in its isolated world. */
export interface SecretCover {
  /** Texts that are covered wherever they stand. */
  seek: (values: readonly string[]) => void;
  /** What is entered here is a secret from now on. */
  mark: (field: Element) => void;
  isSecret: (field: Element) => boolean;
}

/** What a document has covered, whenever that changes. */
export interface CoveredPlaces {
  /** Of the document. */
  id: string;
  /** Unix ms of the picture that first shows it so. */
  atMs: number;
  boxes: Box[];
}
