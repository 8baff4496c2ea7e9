import { createServer } from 'node:http';

// Answers well and shows nothing.
createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><html lang="en"><head><title></title></head><body></body></html>');
}).listen(Number(process.env.PORT) || 3000, process.env.HOST || '127.0.0.1');
