import { expect } from '@jest/globals';
import { VITE, at, manifest, type Shape } from './shape';

const SYSTEMS = {
  runtimes: { node: '20.19.0', python: '3.11.0', go: '1.24', systems: true, shared: true },
};
const serving = (text = ''): string =>
  `package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":9999", nil) } ${text}`;

/** Shapes of public repositories that did not run as their authors run them. */
export const PUBLIC_SHAPES: Shape[] = [
  {
    name: "Flask's own commands in a file called manage.py",
    files: {
      'manage.py':
        'from flask.cli import FlaskGroup\nfrom shop import app, db\ncli = FlaskGroup(app)\n@cli.command("create_db")\ndef create_db(): db.create_all()\n@cli.command("seed_db")\ndef seed_db(): pass\n',
      'shop/__init__.py': 'from flask import Flask\napp = Flask(__name__)\n',
      'requirements.txt': 'Flask==3.0.0\n',
    },
    buildSpec: {
      framework: 'flask',
      setup: [
        'python manage.py create_db',
        "python manage.py seed_db || echo 'This set-up step did not work; going on without it.'",
      ],
      env: expect.objectContaining({ FLASK_APP: 'shop' }) as unknown as Record<string, string>,
    },
  },
  {
    name: 'a factory of FastAPI, which has the name of those of Flask',
    files: {
      'app/__init__.py':
        'from fastapi import FastAPI\ndef create_app():\n    return FastAPI()\napp = create_app()\n',
      'requirements.txt': 'fastapi==0.115.0\nuvicorn\n',
    },
    buildSpec: {
      framework: 'fastapi',
      start: 'uvicorn app:create_app --factory --host 127.0.0.1 --port $PORT',
    },
  },
  {
    name: 'a pinned package manager that wants a later Node',
    options: SYSTEMS,
    files: {
      ...manifest({ ...VITE, packageManager: 'pnpm@11.9.0' }),
      'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    },
    buildSpec: { packageManager: 'pnpm', toolchain: { name: 'node', version: '22.23.3', from: 'npm' } },
    told: { version: /pnpm 11\.9\.0 wants Node >=22\.13/ },
  },
  {
    name: 'packages held at releases that no later Python runs',
    options: SYSTEMS,
    files: {
      'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
      'requirements.txt': 'Flask==0.12.2\nWerkzeug==0.14.1\n',
    },
    buildSpec: {
      toolchain: { name: 'python', version: '3.9', from: 'debian' },
      start: 'FLASK_APP=app.py flask run --host 127.0.0.1 --port $PORT --no-reload',
    },
    told: { version: /runs on no Python from 3\.10 on/ },
  },
  {
    name: 'packages held at a release that runs on the Python of the sandbox',
    options: SYSTEMS,
    files: {
      'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
      'requirements.txt': 'Flask==3.0.2\nnumpy==1.24.0\n',
    },
    buildSpec: { toolchain: { name: 'python', version: '3.11.0', from: 'sandbox' } },
  },
  {
    name: 'a program that helps beside the program of the app',
    options: SYSTEMS,
    files: {
      'go.mod': 'module github.com/you/dial\n',
      'cmd/dial-storybook/main.go': serving(),
      'cmd/diald/main.go': 'package main\nimport "github.com/you/dial/http"\nfunc main() { http.Serve() }',
      'http/server.go': 'package http\nimport "net/http"\n',
    },
    buildSpec: { install: 'go build -buildvcs=false -o /app/.showrunner/bin/app ./cmd/diald' },
  },
  {
    name: 'a page whose script is built beside its file server',
    files: {
      ...manifest({
        scripts: { start: 'serve public -l 5000 -s & rollup -w -c', build: 'rollup -c' },
        devDependencies: { rollup: '2', serve: '11' },
      }),
      'public/index.html': '<script src="index.js"></script>',
    },
    buildSpec: { runtime: 'node', install: 'npm install --no-package-lock' },
  },
  {
    name: 'a back end whose name says what it is made of',
    files: {
      ...at(
        'react-client',
        manifest({ scripts: { start: 'react-scripts start' }, dependencies: { 'react-scripts': '5' } }),
      ),
      ...at('node-express-server', {
        ...manifest({ main: 'server.js', dependencies: { express: '4' } }),
        'server.js': '',
      }),
    },
    buildSpec: {
      dir: 'react-client',
      processes: [
        expect.objectContaining({ name: 'node-express-server', dir: 'node-express-server' }),
      ] as unknown as NonNullable<Shape['buildSpec']['processes']>,
    },
  },
  {
    name: 'an Angular of before its builder had versions from 1 on',
    files: manifest({
      scripts: { start: 'ng serve' },
      devDependencies: { '@angular/cli': '~10.0.5', '@angular-devkit/build-angular': '~0.1000.5' },
    }),
    buildSpec: {
      framework: 'angular',
      env: expect.objectContaining({ NODE_OPTIONS: '--openssl-legacy-provider' }) as unknown as Record<
        string,
        string
      >,
    },
  },
  {
    name: 'a bundler that only watches, and a file server for what it makes',
    files: {
      ...manifest({
        scripts: { dev: 'rollup -c -w', build: 'rollup -c', start: 'sirv public --no-clear' },
        devDependencies: { rollup: '^3.0.0', svelte: '^3.0.0' },
        dependencies: { 'sirv-cli': '^2.0.0' },
      }),
      'public/index.html': '<script src="/build/bundle.js"></script>',
    },
    buildSpec: {
      runtime: 'node',
      start: 'npm run start',
      setup: ["CI=false npm run build || echo 'The build did not work; serving the files that are there.'"],
    },
  },
  {
    name: 'a program in Go without a module, which a compose file builds, with pages of its own below it',
    options: SYSTEMS,
    files: {
      'compose.yml': 'services: { web: { build: web, ports: ["8080:80"] }, words: { build: words } }',
      'web/main.go': serving(),
      'web/static/index.html': '<h1>x</h1>',
      'words/Dockerfile': '',
    },
    buildSpec: {
      dir: 'web',
      runtime: 'go',
      install: 'go mod init app && go mod tidy && go build -buildvcs=false -o /app/.showrunner/bin/app .',
    },
    told: { manager: /Nothing names versions of modules/, unmet: /words of the compose file is not started/ },
  },
  {
    name: 'a Spring Boot app whose only page lies below its root',
    options: SYSTEMS,
    files: {
      'pom.xml':
        '<project><parent><groupId>org.springframework.boot</groupId></parent><artifactId>spring-boot-starter-web</artifactId></project>',
      'src/main/java/com/example/hello/HelloController.java': '@GetMapping("/hello")\n',
    },
    buildSpec: { framework: 'spring-boot', pages: ['/hello'] },
  },
];
