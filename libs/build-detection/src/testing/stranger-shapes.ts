import { VITE, at, json, manifest, type Shape } from './shape';

const SYSTEMS = {
  runtimes: { node: '20.19.0', python: '3.11.0', go: '1.22.2', systems: true, shared: true },
};
const GO_SERVER = 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":9999", nil) }';
const SPRING = `<project><parent><groupId>org.springframework.boot</groupId></parent><artifactId>spring-boot-starter-web</artifactId></project>`;

/** Shapes that strangers' repositories have and that were once taken for something else. */
export const STRANGER_SHAPES: Shape[] = [
  {
    name: 'Laravel with the bundler of its assets, which has no page of its own',
    options: SYSTEMS,
    files: {
      'composer.json': json({ require: { php: '^8.2', 'laravel/framework': '^12.0' } }),
      artisan: '',
      'public/index.php': '',
      ...manifest(VITE),
    },
    buildSpec: {
      framework: 'laravel',
      processes: [
        {
          ...{ name: 'assets', dir: '', packageManager: 'npm', install: 'npm install --no-package-lock' },
          ...{ setup: ['npm run build'], start: null, port: null, env: {} },
        },
      ],
    },
    told: { setup: /Its pages load what vite makes/ },
  },
  {
    name: 'a compose file that builds the workspace around the app starts it once',
    files: {
      ...manifest({ workspaces: ['site-app'] }),
      ...at('site-app', { ...manifest(VITE), 'index.html': '' }),
      'compose.yml': 'services: { whole: { build: . } }',
    },
    buildSpec: { dir: 'site-app', framework: 'vite' },
  },
  {
    name: 'a compose file that names the Dockerfile of a folder means that folder',
    files: {
      'compose.yml':
        'services: { api: { build: { context: ., dockerfile: backend/Dockerfile }, ports: ["8000:8000"] } }',
      ...at('frontend', { ...manifest(VITE), 'index.html': '' }),
      ...at('backend', { 'requirements.txt': 'fastapi', 'main.py': 'app = FastAPI()' }),
    },
    buildSpec: { dir: 'frontend' },
    told: { start: /backend \(fastapi\) is started before it as "api"/ },
  },
  {
    name: 'services that are stages of one Dockerfile are the folders of their names',
    files: {
      'compose.yml': 'services: { api: { build: { context: ./, target: api-dev } } }',
      ...at('client', { ...manifest(VITE), 'index.html': '' }),
      ...at('api', manifest({ scripts: { start: 'node index.js' }, dependencies: { express: '^4' } })),
    },
    buildSpec: { dir: 'client' },
    told: { start: /compose\.yml builds "api" from it/ },
  },
  {
    name: 'of several programs of Go the one that serves',
    files: {
      'go.mod': 'module x\ngo 1.20\n',
      'alpha/main.go': 'package main\nimport "fmt"\nfunc main() { fmt.Println() }',
      'zeta/main.go': GO_SERVER,
    },
    options: { runtimes: { node: '20.19.0', python: '3.11.0', go: '1.22.2' } },
    buildSpec: { install: 'go build -buildvcs=false -o /app/.showrunner/bin/app ./zeta' },
  },
  {
    name: 'pages without an index.html begin with that to which the others lead back',
    files: {
      'cart.html': '<a href="shop.html">',
      'orders.html': '<a href="shop.html"><a href="cart.html">',
      'shop.html': '<script src="a.js">',
    },
    buildSpec: { start: 'node /app/.showrunner/static-server.mjs . shop.html' },
    told: { framework: /no index\.html; of its pages shop\.html/ },
  },
  {
    name: 'a lesson is shown in its finished state',
    options: SYSTEMS,
    files: { 'README.md': '', 'initial/pom.xml': SPRING, 'complete/pom.xml': SPRING },
    buildSpec: { dir: 'complete', framework: 'spring-boot' },
    told: { folder: /it is the finished state beside one to begin with/ },
  },
  {
    name: 'an app with a database of its own does not wait for those of its compose file',
    options: SYSTEMS,
    files: {
      'pom.xml': SPRING.replace('</project>', '<artifactId>h2</artifactId></project>'),
      'src/main/resources/application.properties': 'database=h2\n',
      'compose.yml': 'services: { db: { image: "postgres:18" }, other: { image: "mysql:9" } }',
    },
    buildSpec: {
      framework: 'spring-boot',
      system: { suite: 'bookworm', packages: ['openjdk-17-jdk-headless', 'maven'] },
    },
    told: { ignored: /brings a database of its own/ },
  },
  {
    name: 'a compose file whose names stand in the example of the environment',
    options: SYSTEMS,
    files: {
      ...manifest({ scripts: { start: 'node index.js' }, dependencies: { express: '^4', mysql2: '^3' } }),
      '.env.example': 'MYSQL_DATABASE=shop\nMYSQL_USER=writer\n',
      'compose.yml':
        'services: { db: { image: "mysql:8.4", environment: { MYSQL_DATABASE: "${MYSQL_DATABASE}", MYSQL_USER: "${MYSQL_USER:-other}" }, ports: ["3306:3306"] } }',
    },
    buildSpec: { services: [{ kind: 'mariadb', port: 3306, user: 'writer', database: 'shop' }] },
  },
  {
    name: 'what is compiled finds the headers beside its Node',
    files: manifest({ scripts: { start: 'node index.js' }, dependencies: { express: '^4', sqlite3: '^5' } }),
    buildSpec: {
      install:
        'headers="$(dirname "$(dirname "$(command -v node)")")"; if [ -f "$headers/include/node/node.h" ]; then export npm_config_nodedir="$headers"; fi && npm install --no-package-lock',
    },
  },
];
