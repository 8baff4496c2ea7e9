import { SYSTEM_PATH, TOOLS_FOLDER, because } from '../draft';
import { firstOf, type FileListing } from '../listing';
import { namesIn } from '../python/imports';
import { readPyproject } from '../python/pyproject';
import { quote, quotePath } from '../shell';
import { namesAt, settingsIn, tableAt, textAt } from './site-config';
import { PAGES, type Site } from './site-generator';

const CONFIG = ['mkdocs.yml', 'mkdocs.yaml'];
const LISTS = [
  'docs/requirements.txt',
  'requirements-docs.txt',
  'requirements/docs.txt',
  'requirements-doc.txt',
  'docs-requirements.txt',
  'requirements-mkdocs.txt',
  'mkdocs-requirements.txt',
  'requirements.txt',
  'requirements-dev.txt',
];
const TOOLS = `${TOOLS_FOLDER}/mkdocs`;
/** What MkDocs brings itself. */
const BUILT_IN = new Set(['search', 'mkdocs', 'readthedocs']);
/** Packages of themes and plugins whose names are not theirs; of all others it is `mkdocs-<name>-plugin`. Source: github.com/mkdocs/catalog. */
const PACKAGES: Readonly<Record<string, string>> = {
  material: 'mkdocs-material',
  'material/search': 'mkdocs-material',
  'material/blog': 'mkdocs-material',
  'material/tags': 'mkdocs-material',
  blog: 'mkdocs-material',
  tags: 'mkdocs-material',
  offline: 'mkdocs-material',
  group: 'mkdocs-material',
  meta: 'mkdocs-material',
  info: 'mkdocs-material',
  privacy: 'mkdocs-material',
  social: 'mkdocs-material[imaging]',
  bootstrap: 'mkdocs-bootstrap',
  cinder: 'mkdocs-cinder',
  windmill: 'mkdocs-windmill',
  ivory: 'mkdocs-ivory',
  shadcn: 'mkdocs-shadcn',
  dracula: 'mkdocs-dracula-theme',
  terminal: 'mkdocs-terminal',
  'awesome-pages': 'mkdocs-awesome-pages-plugin',
  'awesome-nav': 'mkdocs-awesome-nav',
  autorefs: 'mkdocs-autorefs',
  mkdocstrings: 'mkdocstrings[python]',
  'gen-files': 'mkdocs-gen-files',
  'literate-nav': 'mkdocs-literate-nav',
  'section-index': 'mkdocs-section-index',
  redirects: 'mkdocs-redirects',
  macros: 'mkdocs-macros-plugin',
  'include-markdown': 'mkdocs-include-markdown-plugin',
  'git-revision-date': 'mkdocs-git-revision-date-plugin',
  'git-revision-date-localized': 'mkdocs-git-revision-date-localized-plugin',
  minify: 'mkdocs-minify-plugin',
  glightbox: 'mkdocs-glightbox',
  mermaid2: 'mkdocs-mermaid2-plugin',
  llmstxt: 'mkdocs-llmstxt',
  rss: 'mkdocs-rss-plugin',
  static_i18n: 'mkdocs-static-i18n',
  i18n: 'mkdocs-static-i18n',
  tooltips: 'mkdocs-tooltips',
  click: 'mkdocs-click',
};

/** Packages of extensions of Markdown that MkDocs does not bring, by the first part of their names. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  pymdownx: 'pymdown-extensions',
  callouts: 'markdown-callouts',
  'mkdocs-click': 'mkdocs-click',
  markdown_include: 'markdown-include',
  mdx_truly_sane_lists: 'mdx-truly-sane-lists',
  mdx_include: 'mdx-include',
  mdx_math: 'python-markdown-math',
  plantuml_markdown: 'plantuml-markdown',
  fontawesome_markdown: 'fontawesome-markdown',
  markdown_exec: 'markdown-exec',
};
const extensionOf = (name: string): string[] => {
  const first = name.split('.', 1)[0] ?? '';
  return Object.hasOwn(EXTENSIONS, first) ? [EXTENSIONS[first] ?? ''] : [];
};

/** Pages that MkDocs makes of Markdown; what its settings ask for is installed whether or not something lists it. */
export function mkdocsSite(listing: FileListing): Site | undefined {
  const file = firstOf(listing, CONFIG);
  if (file === undefined) return undefined;
  const settings = settingsIn(listing, file);
  const folder = textAt(settings, 'docs_dir') ?? 'docs';
  if (!listing.files.some((one) => one.startsWith(`${folder.replace(/^\.\//, '')}/`))) return undefined;
  const { args, names, by } = listed(listing);
  const theme = textAt(settings, 'theme') ?? textAt(tableAt(settings, 'theme'), 'name') ?? 'mkdocs';
  const plugins = namesAt(settings, 'plugins');
  const wanted = [
    'mkdocs',
    ...[theme, ...plugins].flatMap((name) => packageOf(name) ?? []),
    ...namesAt(settings, 'markdown_extensions').flatMap(extensionOf),
  ];
  const missing = [...new Set(wanted)].filter((name) => !names.has(name.replace(/\[.*$/, '')));
  return {
    framework: 'mkdocs',
    packageManager: 'pip',
    install: [
      `python3 -m venv ${TOOLS}`,
      `${TOOLS}/bin/pip install ${[...args, ...missing.map(quote)].join(' ')}`,
    ].join(' && '),
    setup: [`mkdocs build --config-file ${quotePath(file)} --site-dir ${PAGES}`],
    env: { PATH: `${TOOLS}/bin:${SYSTEM_PATH}`, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' },
    installHosts: ['pypi.org', 'files.pythonhosted.org'],
    reasons: [
      because('framework', `${file} holds the settings of MkDocs.`),
      because(
        'manager',
        `pip installs ${[...(by === undefined ? [] : [`what ${by} lists`]), ...missing].join(', ')}.`,
      ),
    ],
    // Texts about an app stand beside it: then the app is meant.
    confidence: 2,
  };
}

function packageOf(name: string): string | undefined {
  if (BUILT_IN.has(name)) return undefined;
  if (Object.hasOwn(PACKAGES, name)) return PACKAGES[name];
  return /^[a-z][a-z0-9-]{1,40}$/.test(name) ? `mkdocs-${name}-plugin` : undefined;
}

/** What lists the packages of the texts: a file of its own, an extra or group called docs, else the packages of the source where MkDocs is among them. */
function listed(listing: FileListing): { args: string[]; names: Set<string>; by?: string } {
  for (const file of LISTS) {
    const text = listing.read(file);
    if (text === undefined) continue;
    const names = new Set(namesIn(text.split('\n')).keys());
    if ([...names].some((name) => name.startsWith('mkdocs')))
      return { args: ['-r', quotePath(file)], names, by: file };
  }
  const lines = readPyproject(listing)?.documenting ?? [];
  const names = new Set(namesIn(lines).keys());
  return names.size === 0
    ? { args: [], names }
    : {
        args: lines.filter((line) => /^[A-Za-z0-9]/.test(line)).map(quote),
        names,
        by: 'pyproject.toml for its documentation',
      };
}
