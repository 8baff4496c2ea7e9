import serveFiles from '@fastify/static';
import fastify from 'fastify';

const STATES = ['To read', 'Reading', 'Done'];
const books = [
  { id: 1, title: 'The Left Hand of Darkness', author: 'Ursula K. Le Guin', state: 'Reading' },
  { id: 2, title: 'Invisible Cities', author: 'Italo Calvino', state: 'Done' },
  { id: 3, title: 'The Housekeeper and the Professor', author: 'Yoko Ogawa', state: 'To read' },
  { id: 4, title: 'Solaris', author: 'Stanisław Lem', state: 'To read' },
];

const app = fastify();
app.register(serveFiles, { root: new URL('public', import.meta.url).pathname });
app.get('/api/books', () => books);
const bookBody = {
  type: 'object',
  required: ['title', 'author'],
  properties: { title: { type: 'string', minLength: 1 }, author: { type: 'string' } },
};
app.post('/api/books', { schema: { body: bookBody } }, (request, reply) => {
  const book = {
    id: books.length + 1,
    title: request.body.title,
    author: request.body.author,
    state: STATES[0],
  };
  books.unshift(book);
  reply.code(201);
  return book;
});
app.post('/api/books/:id/next', (request, reply) => {
  const book = books.find(({ id }) => id === Number(request.params.id));
  if (book === undefined) return reply.code(404).send({ error: 'There is no such book.' });
  book.state = STATES[(STATES.indexOf(book.state) + 1) % STATES.length];
  return book;
});
await app.listen({ port: Number(process.env.PORT) || 3000, host: '0.0.0.0' });
