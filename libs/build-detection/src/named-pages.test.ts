import { describe, expect, test } from '@jest/globals';
import { listingOf } from './listing';
import { namedPages } from './named-pages';

describe('namedPages', () => {
  test.each([
    [
      'a controller of Spring',
      {
        'src/main/java/x/HelloController.java':
          '@GetMapping("/hello")\nString hello() {}\n@PostMapping("/sent")\n@GetMapping(path = "/list")\n@GetMapping("/books/{id}")',
      },
      ['/hello', '/list'],
    ],
    [
      'Express',
      { 'app.js': "app.get('/users', a)\napp.post('/save', b)\nrouter.get('/api/x', c)" },
      ['/users'],
    ],
    ['Flask and FastAPI', { 'app.py': '@app.route("/shop")\n@app.get("/cart")\n' }, ['/shop', '/cart']],
    [
      'gin and net/http',
      { 'main.go': 'r.GET("/room", f)\nhttp.HandleFunc("/chat", g)\nmux.Handle("GET /x", h)' },
      ['/room', '/chat', '/x'],
    ],
    ['Sinatra', { 'app.rb': "get '/hi' do\n" }, ['/hi']],
    [
      'a README',
      { 'README.adoc': 'Open http://localhost:8080/greeting?name=x or http://localhost:8080/' },
      ['/greeting'],
    ],
    [
      'what answers with data or files',
      { 'a.js': "app.get('/health', a); app.get('/v1/x', b); app.get('/logo.png', c)" },
      [],
    ],
  ])('reads %s', (_name, files, pages) => {
    expect(namedPages(listingOf(files as Record<string, string>), '')).toEqual(pages);
  });

  test('few, each once, of the folder of the app and the README of the whole', () => {
    const many = Array.from({ length: 50 }, (_, at) => `app.get('/p${at % 20}', f)`).join('\n');
    const found = namedPages(
      listingOf({
        'README.md': 'http://127.0.0.1:3000/start',
        'web/server.js': many,
        'other/server.js': "app.get('/other', f)",
      }),
      'web',
    );
    expect(found).toHaveLength(8);
    expect(found[0]).toBe('/start');
    expect(found).not.toContain('/other');
  });
});
