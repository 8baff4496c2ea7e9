console.log('Compiling the native part');
console.error('fatal: libmissing.h: No such file or directory');
process.exit(3);
