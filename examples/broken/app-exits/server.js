console.log('Reading the configuration');
console.error('Fatal: DATABASE_URL is not set');
process.exit(7);
