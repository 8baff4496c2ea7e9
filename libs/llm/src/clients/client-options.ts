/** Where a model is, and how it is spoken to. */
export interface ClientOptions {
  model: string;
  apiKey: string;
  /** Absent: the vendor's own. */
  baseUrl?: string;
  /** Answers come in pieces, so that one that does not end is noticed and a cancelled one costs no more. */
  streaming: boolean;
  /** Most bytes of an answer. */
  mostBytes?: number;
}
