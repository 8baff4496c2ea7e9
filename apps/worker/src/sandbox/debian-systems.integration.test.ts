import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { access, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DebianSystems } from '@showrunner/runtimes';
import type { BuildSpec, RunningApp } from '@showrunner/contracts';
import { SandboxTestBench, type BenchBuild } from './sandbox-test-bench';
import { sharedRuntimes } from './shared-runtimes';

/**
 * Making a system takes a minute or two and half a gigabyte, so these tests run where somebody made the folder for them, which keeps them, and are
 * skipped, with a line that says so, elsewhere.
 */
const KEPT = resolve(import.meta.dirname, '../../../../.showrunner/debian-systems');
const isKept = await access(KEPT).then(
  () => true,
  () => false,
);
if (!isKept)
  process.stderr.write(`skipped: tests on Debian systems; mkdir ${KEPT} to have them made once and kept\n`);

interface Started extends BenchBuild {
  buildSpec: BuildSpec;
  app: RunningApp;
}

(isKept ? describe : describe.skip)('apps on a Debian system', () => {
  let bench: SandboxTestBench;
  let folder: string;
  let systems: DebianSystems;
  beforeAll(async () => {
    [bench, folder] = await Promise.all([SandboxTestBench.start(), mkdtemp(join(tmpdir(), 'on-debian-'))]);
    const place = bench.provider.systems?.folder ?? '';
    await mkdir(dirname(place), { recursive: true });
    await symlink(KEPT, place);
    systems = new DebianSystems({ folder: place, mirrorUrl: 'http://deb.debian.org/debian' });
  }, 120_000);
  afterAll(async () => {
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function started(name: string, files: Record<string, string>): Promise<Started> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name, path)), { recursive: true });
      await writeFile(join(folder, name, path), text);
    }
    const runtimes = sharedRuntimes(bench.provider, { NPM_REGISTRY_URL: 'https://registry.npmjs.org' });
    const activities = bench.activities({}, [], { runtimes, systems });
    const build = await bench.create({ cpus: 2, memoryBytes: 3 * 1024 ** 3, diskBytes: 3 * 1024 ** 3 });
    const { ref, buildId, projectId } = build;
    const source = await bench.uploadFolder(join(folder, name), name);
    await activities.fetchSource({ ...ref, projectId, source });
    const buildSpec = await activities.detectBuild({ ...ref, buildId, overrides: {} });
    await activities.installApp({ ...ref, buildId, buildSpec });
    const app = await activities.startApp({ ...ref, buildId, projectId, buildSpec });
    return { ...build, buildSpec, app };
  }
  const page = async (one: Started, path = '/'): Promise<string> =>
    (await bench.get(one, one.app, path)).body;

  test('a project that requires Python 3.13 runs on that, and reaches neither network nor the system beneath it', async () => {
    const one = await started('python-3-13', {
      '.python-version': '3.13\n',
      'requirements.txt': 'flask\n',
      'app.py':
        'import sys\nfrom flask import Flask\napp = Flask(__name__)\n@app.route("/")\ndef home():\n    return "<title>x</title><h1>Python " + sys.version + "</h1>"\n',
    });
    expect(one.buildSpec.toolchain).toEqual({ name: 'python', version: '3.13', from: 'debian' });
    expect(await page(one)).toContain('Python 3.13.');
    const tried = await one.sandbox.exec(
      'touch /usr/x /etc/x; id -u; cat /etc/shadow; ls /var /root /work; curl -sm 5 http://deb.debian.org/ || echo no way out',
    );
    expect(tried.stdout).toMatch(/^1000$/m);
    expect(tried.stdout).toContain('no way out');
    expect(tried.stderr).toMatch(/\/usr\/x.*Read-only/);
    expect(tried.stderr).toMatch(/\/etc\/shadow.*No such file/);
    for (const dir of ['/var', '/root', '/work'])
      expect(tried.stderr).toMatch(new RegExp(`'${dir}': No such file`));
  }, 300_000);

  test('a Spring Boot app is built by Maven through the proxy of the install, and runs without network', async () => {
    const one = await started('spring', SPRING);
    expect(one.buildSpec).toMatchObject({
      framework: 'spring-boot',
      toolchain: { name: 'java', version: '21' },
    });
    expect(one.app.port).toBe(9191);
    expect(await page(one)).toContain('Hello from Java 21');
  }, 600_000);

  test('an app finds the PostgreSQL and Redis of its compose file, with their names, and comes back as it was', async () => {
    const one = await started('guestbook', GUESTBOOK);
    expect(one.buildSpec.services).toEqual([
      { kind: 'postgresql', port: 5433, user: 'writer', database: 'guests' },
      { kind: 'redis', port: 6379, user: '', database: '' },
    ]);
    expect(await page(one)).toContain('rows 1 PONG');
    expect(await page(one, '/?add')).toContain('rows 2 PONG');
    const { ref, buildId, projectId, buildSpec } = one;
    await bench.activities().resetApp({ ...ref, buildId, projectId, buildSpec, port: one.app.port });
    expect(await page(one)).toContain('rows 1 PONG');
  }, 600_000);

  test('a page and its API in Python, which a compose file builds, with PostgreSQL, MariaDB and Redis by their names', async () => {
    const one = await started('shop', SHOP);
    expect(one.buildSpec).toMatchObject({ dir: 'front', framework: 'static' });
    expect(one.buildSpec.services?.map(({ kind, port }) => [kind, port])).toEqual([
      ['postgresql', 5432],
      ['mariadb', 3306],
      ['redis', 6379],
    ]);
    expect(await page(one)).toContain('http://localhost:8001/count');
    const count = await one.sandbox.exec(
      'curl -s http://api:8001/count; curl -s http://localhost:8001/count',
    );
    expect(count.stdout).toBe(
      '{"visits":1,"stored":1,"noted":1,"key":64}{"visits":2,"stored":2,"noted":2,"key":64}',
    );
  }, 600_000);

  test('a PHP app that only its own code leads to MariaDB shows the rows of its dump', async () => {
    const one = await started('school', {
      'db.php': "<?php $db = mysqli_connect('localhost', 'root', '', 'school');",
      'school.sql':
        "CREATE TABLE pupil (name varchar(40)) COLLATE utf8mb4_0900_ai_ci;\nINSERT INTO pupil VALUES ('Zoë'), ('Ada');\n",
      'index.php':
        '<?php require "db.php"; $db->set_charset("utf8mb4"); foreach ($db->query("select name from pupil order by name") as $row) echo "<li>", $row["name"];',
    });
    expect(one.buildSpec.services).toMatchObject([
      { kind: 'mariadb', database: 'school', sql: ['school.sql'] },
    ]);
    expect(await page(one)).toContain('<li>Ada<li>Zoë');
  }, 600_000);

  test('a PHP app runs on the version that it asks for', async () => {
    const one = await started('php', {
      'composer.json': '{ "require": { "php": "^8.4" } }',
      'public/index.php':
        '<title>x</title><h1>PHP <?= PHP_VERSION ?> <?= (new PDO("sqlite::memory:"))->query("select 41 + 1")->fetchColumn() ?></h1>',
    });
    expect(await page(one)).toMatch(/PHP 8\.4\.\d+ 42/);
  }, 300_000);
});

const SPRING: Record<string, string> = {
  'pom.xml': `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.6</version></parent>
<groupId>x</groupId><artifactId>shop</artifactId><version>1</version><properties><java.version>21</java.version></properties>
<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies>
<build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>`,
  'src/main/resources/application.properties': 'server.port=9191\n',
  'src/main/java/x/Shop.java': `package x;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.*;
@SpringBootApplication @RestController public class Shop {
  public static void main(String[] args) { SpringApplication.run(Shop.class, args); }
  @GetMapping(value = "/", produces = "text/html") String home() {
    return "<title>x</title><h1>Hello from Java " + Runtime.version().feature() + "</h1>";
  }
}`,
};

const GUESTBOOK: Record<string, string> = {
  'docker-compose.yml': `services:
  db:
    image: postgres:16-alpine
    environment: { POSTGRES_USER: writer, POSTGRES_PASSWORD: "s3cret/x", POSTGRES_DB: guests }
    ports: ["5433:5432"]
  cache:
    image: redis:7
`,
  '.env.example':
    'DATABASE_URL="postgres://writer:s3cret%2Fx@localhost:5433/guests"\nREDIS_URL=redis://cache:6379/0\n',
  'package.json': JSON.stringify({
    name: 'guestbook',
    scripts: { start: 'node server.js', 'db:migrate': 'node migrate.js' },
    dependencies: { pg: '8.16.3', redis: '4.7.1' },
  }),
  'migrate.js': `const { Client } = require('pg');
(async () => {
  const db = new Client(process.env.DATABASE_URL);
  await db.connect();
  await db.query("CREATE TABLE guest (name text); INSERT INTO guest VALUES ('Ada')");
  await db.end();
})();`,
  'server.js': `const { Pool } = require('pg');
const db = new Pool({ connectionString: process.env.DATABASE_URL });
const cache = require('redis').createClient({ url: process.env.REDIS_URL });
cache.connect();
require('http').createServer(async (request, answer) => {
  if (request.url.includes('favicon')) return answer.end();
  if (request.url.includes('add')) await db.query("INSERT INTO guest VALUES ('Bob')");
  const { rows } = await db.query('SELECT count(*) FROM guest');
  const pong = await cache.ping();
  answer.setHeader('content-type', 'text/html');
  answer.end('<title>x</title><p>rows ' + rows[0].count + ' ' + pong + '</p>');
}).listen(process.env.PORT || 3000);`,
};

const SHOP: Record<string, string> = {
  'compose.yaml': `services:
  front: { build: ./front, ports: ["8080:80"] }
  api:
    build: ./api
    ports: ["8001:8000"]
    environment:
      DATABASE_URL: postgresql://shop:s3cret@db:5432/shop
      STATS_URL: mysql://root:s3cret@stats:3306/numbers
      REDIS_HOST: cache
  db: { image: "postgres:16", environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: s3cret }, ports: ["5439:5432"] }
  stats: { image: "mysql:8", environment: { MYSQL_DATABASE: numbers, MYSQL_ROOT_PASSWORD: s3cret } }
  cache: { image: "redis:7-alpine" }
`,
  'front/index.html':
    '<title>x</title><p id="p"></p><script>fetch("http://localhost:8001/count").then((a) => a.text()).then((t) => (p.textContent = t))</script>',
  'api/.env.example': 'SECRET_KEY=\n',
  'api/requirements.txt': 'fastapi\nuvicorn\npsycopg[binary]\npymysql\nredis\n',
  'api/main.py': `import os, psycopg, pymysql, redis
from urllib.parse import urlparse
from fastapi import FastAPI
app = FastAPI()
db = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
db.execute("CREATE TABLE IF NOT EXISTS visit (id serial)")
at = urlparse(os.environ["STATS_URL"])
stats = pymysql.connect(host=at.hostname, port=at.port, user=at.username, password=at.password, database=at.path[1:], autocommit=True)
stats.cursor().execute("CREATE TABLE IF NOT EXISTS visit (id INT AUTO_INCREMENT PRIMARY KEY)")
cache = redis.Redis(host=os.environ["REDIS_HOST"])
@app.get("/count")
def count():
    db.execute("INSERT INTO visit DEFAULT VALUES")
    with stats.cursor() as cursor:
        cursor.execute("INSERT INTO visit VALUES ()")
        cursor.execute("SELECT count(*) FROM visit")
        noted = cursor.fetchone()[0]
    return {"visits": cache.incr("visits"), "stored": db.execute("SELECT count(*) FROM visit").fetchone()[0], "noted": noted, "key": len(os.environ["SECRET_KEY"])}
`,
};
