import { readFile } from 'node:fs/promises';
import path from 'node:path';
import createIgnore, { type Ignore } from 'ignore';

/** The `.gitignore` files that count for a folder: its own and those of the folders above it, up to what is packed. */
export class IgnoreRules {
  static readonly none = new IgnoreRules([]);

  /** @param files the deepest first, `folder` relative to what is packed */
  private constructor(private readonly files: readonly { folder: string; rules: Ignore }[]) {}

  /** These rules and those of the `.gitignore` in a folder. One that cannot be read as text names nothing. */
  async within(root: string, folder: string): Promise<IgnoreRules> {
    const text = await readFile(path.join(root, folder, '.gitignore'), 'utf8').catch(() => undefined);
    if (text === undefined) return this;
    const rules = createIgnore({ ignorecase: false }).add(text.replace(/^\uFEFF/, ''));
    return new IgnoreRules([{ folder, rules }, ...this.files]);
  }

  /**
   * Whether an entry is ignored: the deepest file that names it decides, as in Git. What lies in an ignored folder is not asked for.
   * @param entry relative to what is packed, with `/`
   */
  ignore(entry: string, isFolder: boolean): boolean {
    for (const { folder, rules } of this.files) {
      const { ignored, unignored } = rules.test(path.posix.relative(folder, entry) + (isFolder ? '/' : ''));
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  }
}
