sub fail { print STDERR "start: $_[1]: $!\n"; exit $_[0] }
