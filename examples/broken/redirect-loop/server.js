import { createServer } from 'node:http';

createServer((request, response) => {
  response.writeHead(302, { location: request.url === '/sign-in' ? '/home' : '/sign-in' });
  response.end();
}).listen(Number(process.env.PORT) || 3000, process.env.HOST || '127.0.0.1');
