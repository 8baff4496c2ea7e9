import semver from 'semver';
import { copyEnvironment } from '../environment-file';
import { SYSTEM_PATH, TOOLS_FOLDER, because, type Draft } from '../draft';
import { baseName, depthOf, folderOf, hasFile, type FileListing } from '../listing';
import { portNamedBy, usualPort, validPort } from '../ports';
import { quote } from '../shell';

/** Web libraries by what their import gives away, with the port that their examples use. */
const WEB: readonly { name: string; pattern: RegExp; port: number }[] = [
  { name: 'gin', pattern: /"github\.com\/gin-gonic\/gin"/, port: 8080 },
  { name: 'echo', pattern: /"github\.com\/labstack\/echo/, port: 1323 },
  { name: 'fiber', pattern: /"github\.com\/gofiber\/fiber/, port: 3000 },
  { name: 'chi', pattern: /"github\.com\/go-chi\/chi/, port: 3000 },
  { name: 'beego', pattern: /"github\.com\/beego\/beego|"github\.com\/astaxie\/beego"/, port: 8080 },
  { name: 'go', pattern: /"net\/http"|"github\.com\/gorilla\/mux"/, port: 8080 },
];
const PORT_IN_SOURCE =
  /(?:ListenAndServe|\.Run|\.Start|\.Listen|Addr:?)\s{0,8}[(:=]?\s{0,8}"[\w.]*:(\d{2,5})"/;
/** A flag or setting of that name with its default. */
const PORT_FLAG = /"(?:http-?|server\.)?port",\s{0,4}(?:"\w",\s{0,4})?"?:?(\d{2,5})\b/i;
/** Programs that help those who work on the app. */
const BESIDE_THE_APP =
  /(^|[-_])(storybook|demo|mock|gen|generate|migrate|migrations?|seed(er)?|cli|client|worker|ctl|bench)$/;
const BINARY = `${TOOLS_FOLDER}/bin/app`;
const GO_PATH = '/usr/local/go/bin';

/**
 * Plan for a Go module with a program that serves; undefined without one, or where the sandbox has no Go. What it builds stays
 * outside of the app's own files.
 */
export function detectGo(listing: FileListing, available: string | null): Draft | undefined {
  if (available === null) return undefined;
  // Small programs come without a module, which the build then makes: beside another kind of app they are only a part.
  const isModule = hasFile(listing, 'go.mod');
  if (!isModule && !listing.files.some((file) => depthOf(file) === 0 && file.endsWith('.go')))
    return undefined;
  const program = mainPackages(listing)[0];
  if (program === undefined || (!isModule && program !== '')) return undefined;
  const sources = listing.files.filter((file) => file.endsWith('.go'));
  const all = sources.map((file) => listing.read(file) ?? '');
  const web = WEB.find(({ pattern }) => all.some((text) => pattern.test(text)));
  if (web === undefined) return undefined;
  const own = sources.filter((file) => folderOf(file) === program).map((file) => listing.read(file) ?? '');
  const named = validPort(
    [...own, ...all].flatMap((text) => (PORT_FLAG.exec(text) ?? PORT_IN_SOURCE.exec(text))?.[1] ?? [])[0],
  );
  const environment = copyEnvironment(listing);
  const wanted = wantedVersion(listing.read('go.mod') ?? '');
  const folder = program === '' ? '.' : quote(`./${program}`);
  return {
    framework: web.name,
    runtime: 'go',
    packageManager: 'go',
    install: `${isModule ? '' : 'go mod init app && go mod tidy && '}go build -buildvcs=false -o ${BINARY} ${folder}`,
    setup: environment.setup,
    start: BINARY,
    port: named ?? web.port,
    env: {
      PATH: `${GO_PATH}:${SYSTEM_PATH}`,
      GOPATH: `${TOOLS_FOLDER}/go`,
      GOCACHE: `${TOOLS_FOLDER}/go/cache`,
      GOPROXY: 'https://proxy.golang.org',
      GOSUMDB: 'sum.golang.org',
      GOTOOLCHAIN: 'auto',
      GOTELEMETRY: 'off',
      GIN_MODE: 'release',
    },
    installHosts: ['proxy.golang.org', 'sum.golang.org'],
    reasons: [
      because(
        'framework',
        isModule
          ? `go.mod makes it a Go module, and it serves with ${web.name}.`
          : `It is a program in Go without a module, and serves with ${web.name}.`,
      ),
      because(
        'manager',
        isModule
          ? 'go fetches the modules that go.sum names.'
          : 'Nothing names versions of modules: go takes the newest of what it imports.',
      ),
      because('install', `${program === '' ? 'Its root' : program} holds the program; it is built once.`),
      because('start', 'The program that was built starts it.'),
      named === undefined ? usualPort(web.port, web.name) : portNamedBy(named, 'Its source'),
      ...environment.reasons,
      ...versionReasons(wanted, available),
    ],
    confidence: listing.files.some((file) => /\.(html|tmpl|gohtml|templ)$/.test(file)) ? 3 : 2,
  };
}

/** Folders of programs, the likeliest web server first. */
function mainPackages(listing: FileListing): string[] {
  const folders = listing.files
    .filter(
      (file) =>
        file.endsWith('.go') &&
        !/(^|\/)(examples?|tests?|testdata|internal|tools?|scripts?)\//.test(file) &&
        /^package main\b/m.test(listing.read(file) ?? ''),
    )
    .map(folderOf);
  const module = baseName(/^module[ \t]+(\S{1,200})/m.exec(listing.read('go.mod') ?? '')?.[1] ?? '');
  const rank = (folder: string): number => {
    const name = baseName(folder);
    if (folder === '') return 0;
    if (/^(server|web|app|api|www|site|http)$/.test(name) || name === module || name === `${module}d`)
      return 1;
    return BESIDE_THE_APP.test(name) ? 3 : 2;
  };
  const serves = (folder: string): boolean =>
    listing.files.some(
      (file) =>
        file.endsWith('.go') &&
        folderOf(file) === folder &&
        WEB.some(({ pattern }) => pattern.test(listing.read(file) ?? '')),
    );
  const all = [...new Set(folders)].sort((a, b) => rank(a) - rank(b));
  // Of several programs that which serves by itself; where none does, its packages do it for the likeliest.
  const last = all.filter((folder) => rank(folder) === 3);
  const apps = all.filter((folder) => rank(folder) < 3);
  return [...apps.filter(serves), ...apps.filter((one) => !serves(one)), ...last];
}

const wantedVersion = (mod: string): string | undefined =>
  /^toolchain go(\d+\.\d+(?:\.\d+)?)/m.exec(mod)?.[1] ?? /^go (\d+\.\d+(?:\.\d+)?)/m.exec(mod)?.[1];

function versionReasons(wanted: string | undefined, available: string): Draft['reasons'] {
  const [want, have] = [semver.coerce(wanted), semver.coerce(available)];
  if (want === null || have === null || semver.gte(have, want)) return [];
  return [
    because(
      'version',
      `go.mod wants Go ${wanted}, the sandbox has ${available}; go fetches the newer one as a module.`,
    ),
  ];
}
