/**
 * What a server understands of a request. Many speak a vendor's language, and few all of it: what one refuses by name is left out from then on.
 */
export interface Dialect {
  /** The answer's form: by schema, as any JSON object, or by words in the prompt alone. */
  form: 'schema' | 'json' | 'words';
  /** How the longest answer is said. */
  limit: 'max_completion_tokens' | 'max_tokens';
  /** Asks a stream to end with its usage. */
  streamUsage: boolean;
  pictures: boolean;
}

export const fullDialect = (): Dialect => ({
  form: 'schema',
  limit: 'max_completion_tokens',
  streamUsage: true,
  pictures: true,
});

/** @returns whether something is left out now that was not before, so that the request is worth another try */
export function leaveOut(dialect: Dialect, status: number | undefined, complaint: string): boolean {
  if (status !== 400 && status !== 422 && status !== 404 && status !== 501) return false;
  if (/response_format|json_schema|output_config|output_format|structured output/i.test(complaint)) {
    if (dialect.form === 'words') return false;
    dialect.form = dialect.form === 'schema' ? 'json' : 'words';
    return true;
  }
  if (/stream_options|include_usage/i.test(complaint) && dialect.streamUsage) {
    dialect.streamUsage = false;
    return true;
  }
  if (/max_completion_tokens/i.test(complaint) && dialect.limit === 'max_completion_tokens') {
    dialect.limit = 'max_tokens';
    return true;
  }
  if (/image|vision|multimodal|content\S* must be a string/i.test(complaint) && dialect.pictures) {
    dialect.pictures = false;
    return true;
  }
  return false;
}

/** Said with the prompt where the server does not hold the answer's form itself. */
export const formInWords = (schema: Record<string, unknown>): string =>
  `\n\nAnswer with one JSON object and nothing else. It has to fit this JSON schema:\n${JSON.stringify(schema)}`;
