import { expect } from '@jest/globals';
import { PIP, TOLERANT, manifest, type Shape } from './shape';

const withLock = (manager: string, command: string): string =>
  `python3 -m venv /app/.venv && { { python3 -m venv /app/.showrunner/python && /app/.showrunner/python/bin/pip install ${manager} && /app/.showrunner/python/bin/${manager} ${command}; } || { echo '${manager} did not install it; pip tries.'; /app/.venv/bin/pip install flask; }; }`;
const FLASK = 'from flask import Flask\napp = Flask(__name__)\n';
const locked = (lock: string, pyproject = ''): Record<string, string> => ({
  'pyproject.toml': `[project]\nname = "x"\ndependencies = ["flask"]\n${pyproject}`,
  [lock]: '',
  'app.py': FLASK,
});

/** Python: managers and their lock files, frameworks and how they are reached, set-up, versions. */
const WITH_DEBIAN = { runtimes: { node: '20.19.0', python: '3.11.2', go: null, systems: true } };

export const PYTHON_SHAPES: Shape[] = [
  {
    name: 'uv',
    files: locked('uv.lock'),
    buildSpec: {
      framework: 'flask',
      packageManager: 'uv',
      install: withLock('uv', 'sync --frozen --no-install-project'),
      env: expect.objectContaining({
        UV_PROJECT_ENVIRONMENT: '/app/.venv',
        UV_PYTHON_DOWNLOADS: 'never',
      }) as never,
    },
    told: { manager: /uv\.lock was written by uv/ },
  },
  {
    name: 'poetry',
    files: locked('poetry.lock'),
    buildSpec: {
      packageManager: 'poetry',
      install: withLock('poetry', 'install --no-interaction --no-root'),
    },
  },
  {
    name: 'pdm',
    files: locked('pdm.lock'),
    buildSpec: {
      packageManager: 'pdm',
      install: withLock('pdm', 'sync --no-self'),
    },
  },
  {
    name: 'pipenv',
    files: { Pipfile: '[packages]\nflask = "*"', 'Pipfile.lock': '{}', 'app.py': FLASK },
    buildSpec: {
      packageManager: 'pipenv',
      install: withLock('pipenv', 'sync'),
    },
  },
  {
    name: 'Pipfile without a lock',
    files: {
      Pipfile: '[packages]\nflask = "~=3.0"\nrequests = {version = "*", extras = ["socks"]}',
      'app.py': FLASK,
    },
    buildSpec: { packageManager: 'pip', install: `${PIP} 'flask~=3.0' 'requests[socks]'` },
  },
  {
    name: 'a lock file for a newer Python',
    files: locked('uv.lock', 'requires-python = ">=3.13"'),
    options: WITH_DEBIAN,
    buildSpec: {
      packageManager: 'uv',
      toolchain: { name: 'python', version: '3.13', from: 'debian' },
      system: expect.objectContaining({ suite: 'trixie' }) as never,
      install: expect.stringContaining('uv sync --frozen') as never,
    },
    told: { version: /It requires Python >=3\.13: Python 3\.13 comes from Debian trixie/ },
  },
  {
    name: 'a file that names another Python',
    files: { 'requirements.txt': 'flask', 'app.py': FLASK, '.python-version': '3.9.1' },
    options: WITH_DEBIAN,
    buildSpec: {
      framework: 'flask',
      system: expect.objectContaining({ suite: 'bullseye' }) as never,
    },
    told: { version: /\.python-version names Python 3\.9/ },
  },
  {
    name: 'packages from a repository',
    files: {
      ...locked('uv.lock'),
      'pyproject.toml':
        '[project]\nname = "x"\ndependencies = ["flask", "y"]\n[tool.uv.sources]\ny = { git = "https://example.org/y" }',
    },
    buildSpec: { packageManager: 'uv' },
    told: { unmet: /y comes from outside/ },
  },
  {
    name: 'flask that fills its database by a command of its own',
    files: {
      'requirements.txt': 'flask',
      'app.py': `${FLASK}@app.cli.command("create-user")\ndef a(): pass\n@app.cli.command("init-db")\ndef b(): pass\n@app.cli.command("seed")\ndef c(): pass`,
    },
    buildSpec: { setup: ['flask --app app init-db', `flask --app app seed ${TOLERANT}`] },
    told: { setup: /init-db makes its database/ },
  },
  {
    name: 'flask with migrations',
    files: {
      'requirements.txt': 'flask',
      'app.py': FLASK,
      'migrations/env.py': '',
      '.flaskenv': 'FLASK_APP=shop.py',
    },
    buildSpec: {
      setup: ['flask --app shop.py db upgrade'],
      start: expect.stringContaining('--app shop.py') as never,
    },
  },
  {
    name: 'django with an administration, data and another database',
    files: {
      'requirements.txt': 'Django==5',
      'manage.py': '',
      'site/settings.py':
        "INSTALLED_APPS = ['django.contrib.admin']\nENGINE = 'django.db.backends.postgresql'",
      'shop/fixtures/initial_data.json': '[]',
      'shop/tests/fixtures/initial_test.json': '[]',
    },
    buildSpec: {
      setup: [
        'python manage.py migrate --noinput',
        `python manage.py loaddata initial_data ${TOLERANT}`,
        `python manage.py createsuperuser --noinput ${TOLERANT}`,
      ],
      env: expect.objectContaining({ DJANGO_SUPERUSER_USERNAME: 'demo' }) as never,
    },
    told: { setup: /first user is made: name "demo"/, unmet: /postgresql/ },
  },
  {
    name: 'django below the root, with its requirements at the root',
    files: { 'requirements.txt': 'Django', 'src/manage.py': '' },
    buildSpec: {
      setup: ['cd src && python manage.py migrate --noinput'],
      start: 'cd src && python manage.py runserver 127.0.0.1:$PORT --noreload',
    },
  },
  {
    name: 'fastapi below src, made by a function',
    files: {
      'requirements.txt': 'fastapi\nuvicorn[standard]',
      'src/shop/main.py': 'def create_app():\n    return FastAPI()',
    },
    buildSpec: {
      install: `${PIP} -r requirements.txt`,
      start: 'uvicorn shop.main:create_app --factory --app-dir src --host 127.0.0.1 --port $PORT',
    },
  },
  {
    name: 'starlette',
    files: { 'requirements.txt': 'starlette', 'asgi.py': 'application = Starlette(debug=True)' },
    buildSpec: { framework: 'starlette', start: 'uvicorn asgi:application --host 127.0.0.1 --port $PORT' },
  },
  {
    name: 'a server of the standard library',
    files: { 'serve.py': 'from http.server import HTTPServer\nHTTPServer(a, b).serve_forever()' },
    buildSpec: { framework: 'python', start: 'python serve.py', install: 'python3 -m venv /app/.venv' },
  },
  {
    name: 'a plain entry point',
    files: { 'requirements.txt': 'web.py', 'main.py': 'import web' },
    options: { subdir: '' },
    buildSpec: { framework: 'python', start: 'python main.py', port: 8000 },
    told: { framework: /only file that looks like its start/ },
  },
  {
    name: 'a Procfile that names a server and a port',
    files: { 'requirements.txt': 'x', Procfile: 'web: waitress-serve --port=9090 site:app' },
    buildSpec: { start: 'waitress-serve --port=9090 site:app', port: 9090 },
  },
  {
    name: 'dash',
    files: { 'requirements.txt': 'dash', 'app.py': 'from dash import Dash\napp = Dash()\napp.run()' },
    buildSpec: { framework: 'dash', port: 8050, start: 'python app.py' },
  },
  {
    name: 'requirements in a folder',
    files: {
      'requirements/base.txt': 'flask',
      'requirements/prod.txt': '-r base.txt\ngunicorn',
      'app.py': FLASK,
    },
    buildSpec: { install: `${PIP} -r requirements/base.txt` },
  },
  {
    name: 'a module with a name that a shell would misread',
    files: { 'requirements.txt': 'streamlit', 'a b$(x).py': 'import streamlit as st' },
    buildSpec: { start: expect.stringContaining("streamlit run 'a b$(x).py' ") as never },
  },
  {
    name: 'a file whose name looks like an option',
    files: { 'requirements.txt': 'gradio', '-m.py': 'import gradio' },
    buildSpec: { start: 'python ./-m.py' },
  },
  {
    name: 'a Python site with a front end of its own',
    files: {
      'requirements.txt': 'flask',
      'app.py': FLASK,
      ...manifest({ scripts: { build: 'webpack' }, devDependencies: { webpack: '5' } }),
    },
    buildSpec: { framework: 'flask' },
  },
  {
    name: 'flask with a factory that needs arguments, called by another file',
    files: {
      'requirements.txt': '-r requirements/prod.txt',
      'requirements/prod.txt': '-r common.txt\ngunicorn',
      'requirements/common.txt': 'Flask==2.3.2',
      'app/__init__.py':
        'from flask import Flask\ndef create_app(config_name):\n    app = Flask(__name__)\n    return app',
      'shop.py': "from app import create_app\napp = create_app(os.getenv('X') or 'default')",
    },
    buildSpec: {
      framework: 'flask',
      frameworkVersion: '==2.3.2',
      start: 'flask --app shop run --host 127.0.0.1 --port $PORT --no-reload',
    },
  },
  {
    name: 'migrations by alembic',
    files: {
      'requirements.txt': 'fastapi\nuvicorn\nalembic',
      'main.py': 'app = FastAPI()',
      'alembic.ini': '',
    },
    buildSpec: {
      setup: ["alembic upgrade head || echo 'The migrations did not work; going on without them.'"],
    },
    told: { setup: /alembic/ },
  },
  {
    name: 'requirements that only point to a deployment',
    files: {
      'requirements.txt': '# for the host\n-r requirements/heroku.txt\n',
      'requirements/heroku.txt': 'psycopg2==2.7.3',
      'requirements/dev.txt': 'flask',
      'app.py': FLASK,
    },
    buildSpec: { install: `${PIP} -r requirements/dev.txt` },
    told: { manager: /requirements\/dev\.txt lists its packages/ },
  },
];
