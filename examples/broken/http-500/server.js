import { createServer } from 'node:http';

createServer((request, response) => {
  console.error(`GET ${request.url}: TypeError: Cannot read properties of undefined (reading 'rows')`);
  response.writeHead(500, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><title>Error</title><h1>Internal Server Error</h1>');
}).listen(Number(process.env.PORT) || 3000, process.env.HOST || '127.0.0.1');
