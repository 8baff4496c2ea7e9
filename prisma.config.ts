import { defineConfig } from 'prisma/config';

/** Prisma's command line reads the schema and migrations from here; the database address comes from the environment. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://showrunner@127.0.0.1:54329/showrunner' },
});
