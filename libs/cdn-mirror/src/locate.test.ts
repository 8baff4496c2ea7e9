import { describe, expect, it } from '@jest/globals';
import { locate, MIRRORED_HOSTS } from './locate';

const fileOf = (url: string): string => {
  const located = locate(url);
  if (located?.kind !== 'file') return located?.kind ?? 'none';
  const { name, range, path } = located.file;
  return `${name}@${range}${path === undefined ? '' : ` ${path}`}`;
};

describe('locate', () => {
  it.each([
    [
      'https://cdn.jsdelivr.net/npm/bootstrap@5.3.2/dist/css/bootstrap.min.css',
      'bootstrap@5.3.2 dist/css/bootstrap.min.css',
    ],
    ['//cdn.jsdelivr.net/npm/vue@3', 'vue@3'],
    [
      'https://cdn.jsdelivr.net/npm/@alpinejs/focus@3.x.x/dist/cdn.min.js',
      '@alpinejs/focus@3.x.x dist/cdn.min.js',
    ],
    ['https://unpkg.com/boxicons@2.1.4/css/boxicons.min.css', 'boxicons@2.1.4 css/boxicons.min.css'],
    ['https://unpkg.com/react', 'react@latest'],
    [
      'https://cdnjs.cloudflare.com/ajax/libs/font-awesome/5.15.4/css/all.min.css',
      '@fortawesome/fontawesome-free@5.15.4 css/all.min.css',
    ],
    [
      'https://cdnjs.cloudflare.com/ajax/libs/font-awesome/4.7.0/css/font-awesome.min.css',
      'font-awesome@4.7.0 css/font-awesome.min.css',
    ],
    [
      'https://cdnjs.cloudflare.com/ajax/libs/twitter-bootstrap/4.6.0/css/bootstrap.min.css',
      'bootstrap@4.6.0 css/bootstrap.min.css',
    ],
    ['http://ajax.googleapis.com/ajax/libs/jquery/3.5.1/jquery.min.js', 'jquery@3.5.1 jquery.min.js'],
    ['https://code.jquery.com/jquery-3.6.0.slim.min.js', 'jquery@3.6.0 dist/jquery.slim.min.js'],
    ['https://code.jquery.com/ui/1.13.2/jquery-ui.min.js', 'jquery-ui-dist@1.13.2 jquery-ui.min.js'],
    [
      'https://stackpath.bootstrapcdn.com/bootstrap/4.5.2/js/bootstrap.min.js',
      'bootstrap@4.5.2 js/bootstrap.min.js',
    ],
    [
      'https://use.fontawesome.com/releases/v5.8.1/css/all.css',
      '@fortawesome/fontawesome-free@5.8.1 css/all.css',
    ],
    [
      'https://fonts.googleapis.com/icon?family=Material+Icons',
      'material-icons@latest iconfont/material-icons.css',
    ],
  ])('%s is %s', (url, expected) => {
    expect(fileOf(url)).toBe(expected);
  });

  it.each([
    ['https://fonts.googleapis.com/css?family=Lato:400,700italic|Open+Sans', [
      { family: 'Lato', faces: [{ weight: 400, isItalic: false }, { weight: 700, isItalic: true }] },
      { family: 'Open Sans', faces: [{ weight: 400, isItalic: false }] },
    ]],
    ['https://fonts.googleapis.com/css2?family=Inter:ital,wght@0,400..600;1,700&family=Lora&display=swap', [
      { family: 'Inter', faces: [400, 500, 600].map((weight) => ({ weight, isItalic: false })).concat({ weight: 700, isItalic: true }) },
      { family: 'Lora', faces: [{ weight: 400, isItalic: false }] },
    ]],
  ])('%s names its faces', (url, families) => {
    expect(locate(url)).toEqual({ kind: 'fonts', families });
  }); // prettier-ignore

  it('knows nothing of other hosts, and says of these what it cannot serve', () => {
    for (const url of [
      'https://example.com/x.js',
      'file:///etc/passwd',
      'not an address',
      'https://cdn.jsdelivr.net.evil.test/npm/vue@3',
    ])
      expect(locate(url)).toBeUndefined();
    for (const url of [
      'https://cdn.jsdelivr.net/gh/user/repo@1/file.js',
      'https://cdn.jsdelivr.net/npm/vue@3/%E0%A4%A/x.js',
      'https://unpkg.com/vue@3/..%2f..%2fetc/passwd',
      'https://cdnjs.cloudflare.com/ajax/libs/vue',
      'https://fonts.googleapis.com/css?family=%3Cb%3E',
    ])
      expect(locate(url)?.kind).toBe('unknown');
  });

  it('asks for names and versions of packages alone, whatever an address holds', () => {
    for (const host of MIRRORED_HOSTS)
      for (const path of ['npm/a b@1/x', 'npm/a@$(x)/y', 'npm/a@1;b/y', 'ajax/libs/ä/1/x.js']) {
        const located = locate(`https://${host}/${path}`);
        if (located?.kind === 'file')
          expect(`${located.file.name}@${located.file.range}`).toMatch(/^[\w@/.^~<>=*+-]+$/);
      }
  });
});
