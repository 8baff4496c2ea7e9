import { expect } from '@jest/globals';
import { VITE, at, manifest, type Shape } from './shape';

const GO = { runtimes: { node: '20.19.0', python: '3.11.0', go: '1.22.2' } };
const GO_SERVER = 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":9999", nil) }';

/** Sources for Python, static pages, and sources that say themselves how they start. */
export const OTHER_SHAPES: Shape[] = [
  {
    name: 'flask with requirements',
    files: { 'requirements.txt': 'Flask==3.0', 'app.py': 'from flask import Flask\napp = Flask(__name__)\n' },
    buildSpec: {
      framework: 'flask',
      runtime: 'python',
      install: 'python3 -m venv /app/.venv && /app/.venv/bin/pip install -r requirements.txt',
      start: 'flask --app app run --host 127.0.0.1 --port $PORT --no-reload',
      port: 5000,
    },
  },
  {
    name: 'flask as a package with a factory and init-db',
    files: {
      'pyproject.toml':
        '[project]\nname = "flaskr"\ndependencies = ["flask"]\n[build-system]\nrequires = ["flit_core<4"]\nbuild-backend = "flit_core.buildapi"',
      'flaskr/__init__.py':
        'from flask import Flask\ndef create_app(test_config=None):\n    app = Flask(__name__)\n    return app\n',
      'flaskr/db.py': '@click.command("init-db")\ndef x(): pass',
    },
    buildSpec: {
      install: 'python3 -m venv /app/.venv && /app/.venv/bin/pip install -e .',
      setup: ['flask --app flaskr init-db'],
      start: 'flask --app flaskr run --host 127.0.0.1 --port $PORT --no-reload',
    },
  },
  {
    name: 'flask with another variable',
    files: { 'requirements.txt': 'flask', 'web.py': 'import flask\nserver = flask.Flask(__name__)' },
    buildSpec: { start: 'flask --app web:server run --host 127.0.0.1 --port $PORT --no-reload' },
  },
  {
    name: 'flask that makes its tables when run',
    files: {
      'requirements.txt': 'flask',
      'app.py':
        'app = Flask(__name__)\nif __name__ == "__main__":\n    db.create_all()\n    app.run(port=5050)',
    },
    buildSpec: { start: 'python app.py', port: 5050 },
  },
  {
    name: 'django',
    files: { 'requirements.txt': 'Django', 'manage.py': '', 'site/settings.py': '' },
    buildSpec: {
      framework: 'django',
      setup: ['python manage.py migrate --noinput'],
      start: 'python manage.py runserver 127.0.0.1:$PORT --noreload',
      port: 8000,
    },
  },
  {
    name: 'django with a package.json for its styles',
    files: {
      'requirements.txt': 'Django',
      'manage.py': '',
      ...manifest({ scripts: { dev: 'tailwindcss -w' }, devDependencies: { tailwindcss: '3' } }),
    },
    buildSpec: { framework: 'django' },
  },
  {
    name: 'fastapi without uvicorn',
    files: { 'requirements.txt': 'fastapi', 'main.py': 'from fastapi import FastAPI\napi = FastAPI()' },
    buildSpec: {
      framework: 'fastapi',
      install: 'python3 -m venv /app/.venv && /app/.venv/bin/pip install -r requirements.txt uvicorn',
      start: 'uvicorn main:api --host 127.0.0.1 --port $PORT',
    },
  },
  {
    name: 'poetry that is no package',
    files: {
      'pyproject.toml':
        '[tool.poetry]\npackage-mode = false\n[tool.poetry.dependencies]\npython = "^3.11"\nflask = "^3.0"\nrich = {version = "~13.1"}\nattrs = "*"',
      'app.py': 'app = Flask(__name__)',
    },
    buildSpec: {
      install:
        "python3 -m venv /app/.venv && /app/.venv/bin/pip install 'flask>=3.0,<4' 'rich>=13.1,<13.2' attrs",
    },
  },
  {
    name: 'streamlit',
    files: { 'requirements.txt': 'streamlit', 'app.py': 'import streamlit as st' },
    buildSpec: { framework: 'streamlit', port: 8501 },
  },
  {
    name: 'gradio without any list of packages',
    files: { 'run.py': 'import gradio as gr\ndemo.launch()' },
    buildSpec: {
      framework: 'gradio',
      install: 'python3 -m venv /app/.venv && /app/.venv/bin/pip install gradio',
      start: 'python run.py',
      port: 7860,
    },
  },
  {
    name: 'a Procfile',
    files: { 'requirements.txt': 'x', Procfile: 'web: gunicorn site.wsgi --bind :$PORT' },
    options: { subdir: '' },
    buildSpec: { start: 'gunicorn site.wsgi --bind :$PORT' },
  },
  {
    name: 'static page',
    files: { 'index.html': '<h1>x</h1>', 'a.css': '' },
    buildSpec: {
      framework: 'static',
      runtime: 'static',
      install: null,
      start: 'node /app/.showrunner/static-server.mjs .',
    },
  },
  {
    name: 'static page in public',
    files: { 'public/index.html': '<h1>x</h1>' },
    buildSpec: { start: 'node /app/.showrunner/static-server.mjs public' },
  },
  {
    name: 'overrides win',
    files: { ...manifest(VITE), 'showrunner.yaml': 'start: npm run mine\nport: 4000' },
    options: { overrides: { install: '', port: 4001, env: { A: 'b' } } },
    buildSpec: {
      install: null,
      start: 'npm run mine',
      port: 4001,
      env: expect.objectContaining({ A: 'b', CI: '1' }) as never,
    },
    told: { start: /showrunner.yaml/, port: /by you/, environment: /You gave A/ },
  },
  {
    name: 'a start given for what nobody knows',
    files: { 'main.zig': '' },
    options: { overrides: { start: './run', port: 9000 } },
    buildSpec: { framework: 'unknown', runtime: 'other', start: './run', port: 9000 },
  },
  {
    name: 'a page without a build tool that wants one',
    files: { 'index.html': '<script type="module" src="/src/main.tsx"></script>' },
    buildSpec: { framework: 'static' },
    told: { unmet: /needs? a build tool/ },
  },
  {
    name: 'go with a server at the root',
    files: { 'go.mod': 'module x\n\ngo 1.21\n', 'main.go': GO_SERVER },
    options: GO,
    buildSpec: {
      framework: 'go',
      runtime: 'go',
      packageManager: 'go',
      install: 'go build -buildvcs=false -o /app/.showrunner/bin/app .',
      start: '/app/.showrunner/bin/app',
      port: 9999,
      installHosts: ['proxy.golang.org', 'sum.golang.org'],
    },
    told: { port: /source names port 9999/ },
  },
  {
    name: 'go with several programs and a newer toolchain',
    files: {
      'go.mod': 'module x\ngo 1.25.0\n',
      'cmd/migrate/main.go': 'package main',
      'cmd/server/main.go': 'package main\nimport "github.com/gin-gonic/gin"\n',
      'web/index.tmpl': '',
    },
    options: GO,
    buildSpec: {
      framework: 'gin',
      install: 'go build -buildvcs=false -o /app/.showrunner/bin/app ./cmd/server',
      port: 8080,
    },
    told: { version: /wants Go 1\.25\.0, the sandbox has 1\.22\.2/ },
  },
  {
    name: 'a Dockerfile where images are built',
    files: {
      Dockerfile:
        'FROM golang AS build\nEXPOSE 1\nFROM scratch\nENV PORT=8081\nEXPOSE $PORT/tcp\nENTRYPOINT ["/app"]\nCMD ["--web", \\\n  "yes"]',
    },
    options: { buildsDockerfiles: true },
    buildSpec: {
      framework: 'container',
      runtime: 'container',
      container: { dockerfile: 'Dockerfile' },
      port: 8081,
      start: '/app --web yes',
      install: null,
    },
  },
  {
    name: 'a known app whose override file asks for its Dockerfile',
    files: {
      'showrunner.yaml': 'dockerfile: ./docker/Dockerfile.web\n',
      'docker/Dockerfile.web': 'FROM node\nEXPOSE 8090\nCMD ["node", "server.js"]',
      ...manifest(VITE),
    },
    options: { buildsDockerfiles: true },
    buildSpec: {
      runtime: 'container',
      container: { dockerfile: 'docker/Dockerfile.web' },
      port: 8090,
      start: 'node server.js',
      dir: '',
    },
    told: { framework: /showrunner\.yaml asks/ },
  },
  {
    name: 'a page whose Dockerfile the caller asks for, against the override file',
    files: {
      'showrunner.yaml': 'start: make serve',
      ...at('web', { 'index.html': '', Containerfile: 'FROM x' }),
    },
    options: { buildsDockerfiles: true, subdir: 'web', overrides: { dockerfile: 'Containerfile', port: 81 } },
    buildSpec: { dir: 'web', container: { dockerfile: 'Containerfile' }, port: 81, start: '' },
    told: { framework: /You ask/ },
  },
  {
    name: 'a start command of the caller, against the Dockerfile of the override file',
    files: { 'showrunner.yaml': 'dockerfile: Dockerfile', Dockerfile: 'FROM x', ...manifest(VITE) },
    options: { buildsDockerfiles: true, overrides: { start: 'npm run x' } },
    buildSpec: { framework: 'vite', container: null, start: 'npm run x' },
  },
  {
    name: 'a known app is not built from its Dockerfile',
    files: { ...manifest(VITE), Dockerfile: 'FROM node' },
    options: { buildsDockerfiles: true },
    buildSpec: { framework: 'vite', container: null },
    told: { ignored: /Dockerfile is not used/ },
  },
  {
    name: 'an app beside a compose file',
    files: { 'compose.yaml': 'services: {}', ...at('web', manifest(VITE)) },
    buildSpec: { dir: 'web' },
    told: { unmet: /compose\.yaml names services/ },
  },
  {
    name: 'set-up and folder by the override file',
    files: {
      'showrunner.yaml': 'dir: site\ninstall: ""\nsetup: [make data]\nstart: make serve\nport: 0x1F90\n',
      ...at('site', manifest(VITE)),
    },
    buildSpec: { dir: 'site', install: null, setup: ['make data'], start: 'make serve', port: 8080 },
    told: { setup: /given by showrunner.yaml/, start: /given by showrunner.yaml/ },
  },
];
