console.log('Working, but never on any port');
setInterval(() => console.log('still working'), 5000);
