/** What the catalogue says of one error code. */
export interface CatalogueEntry {
  /** The sentence that people read; `<word>` stands for what is filled in. */
  message: string;
  /** What the reader can do next, used where the place that throws knows nothing better. */
  remedy: string;
  /** HTTP status; the first of several is used where the place that throws names none. Left out: 500. */
  status?: number | readonly number[];
  /** True when the same call may succeed later, 'depends' when the place that throws decides. Left out: never. */
  retryable?: true | 'depends';
}
