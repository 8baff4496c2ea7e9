import { describe, expect, it } from '@jest/globals';
import { checkSubdirText, nameOfArchive, nameOfPrompt, nameOfRepository } from './source-names';

describe('names', () => {
  it('follow from the source', () => {
    expect(nameOfRepository('https://example.test/owner/kanban.git')).toBe('kanban');
    expect(nameOfRepository('https://example.test/owner/a%20b/')).toBe('a b');
    expect(nameOfRepository('https://example.test/%E0%A4')).toBe('%E0%A4');
    expect(nameOfRepository('https://example.test/')).toBe('example.test');
    expect(nameOfRepository('git@example.test:owner/kanban.git')).toBe('kanban');
    expect(nameOfRepository('git@[2001:db8::1]:kanban.git')).toBe('kanban');
    expect(nameOfRepository('ssh://git@example.test:2222/owner/kanban')).toBe('kanban');
    expect(nameOfArchive('kanban-main.tar.gz')).toBe('kanban-main');
    expect(nameOfArchive('Kanban.ZIP')).toBe('Kanban');
    expect(nameOfArchive('.zip')).toBe('upload');
  });

  it('of prompts are their first words', () => {
    expect(nameOfPrompt('  A habit\n tracker ')).toBe('A habit tracker');
    expect(nameOfPrompt(`A tracker ${'of everything '.repeat(10)}`)).toMatch(/^A tracker [a-z ]{30,50} …$/);
    expect(nameOfPrompt('x'.repeat(200))).toBe(`${'x'.repeat(30)} …`);
  });

  it('of folders stay inside of the source', () => {
    for (const good of ['apps/web', 'a', 'a..b', '.hidden'])
      expect(() => checkSubdirText(good)).not.toThrow();
    for (const bad of ['/etc', '../x', 'a/../../x', 'a\\..\\x', '-option', 'a\0b']) {
      expect(() => checkSubdirText(bad)).toThrow(expect.objectContaining({ code: 'subdir_invalid' }));
    }
  });
});
