/** What covers the secrets of one document, kept in its isolated world. */
export interface SecretCover {
  /** Texts that are covered wherever they stand. */
  seek: (values: readonly string[]) => void;
  /** What is entered here is a secret from now on. */
  mark: (field: Element) => void;
  isSecret: (field: Element) => boolean;
}
