import { describe, expect, test } from '@jest/globals';
import { filesWorthReading } from './listing';

describe('filesWorthReading', () => {
  const many = Array.from({ length: 500 }, (_, index) => `demo/a${index}/run.py`);

  test('takes the chosen folder first, however much lies nearer to the root', () => {
    const files = [...many, 'deep/er/app/run.py', 'package.json'];
    expect(filesWorthReading(files)).not.toContain('deep/er/app/run.py');
    expect(filesWorthReading(files, './deep/er/app/')[0]).toBe('deep/er/app/run.py');
    expect(filesWorthReading(files, 'deep/er/app')).toContain('package.json');
  });

  test('leaves out what says nothing, and bounds the sources', () => {
    const files = [
      ...many,
      'x.png',
      'tests/a.py',
      'a_test.go',
      'a/b/c/d/package.json',
      '.env',
      'src/main.go',
    ];
    const read = filesWorthReading(files);
    expect(read).toContain('src/main.go');
    expect(read.filter((file) => file.endsWith('.py'))).toHaveLength(120);
    for (const file of ['x.png', 'tests/a.py', 'a_test.go', 'a/b/c/d/package.json', '.env'])
      expect(read).not.toContain(file);
  });
});
