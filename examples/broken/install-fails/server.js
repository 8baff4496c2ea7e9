console.log('Never started');
