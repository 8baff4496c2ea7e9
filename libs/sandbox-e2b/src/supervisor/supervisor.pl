use strict; use warnings; use Fcntl qw(:flock);
my ($mode, $state) = (shift @ARGV, shift @ARGV);
my $MIB = 1048576;
our ($child, $status, $ended, $SETSID);
delete $ENV{PERL_BADLANG};

sub confine_or_exit {
  my $problem = confine(@_);
  if ($problem ne '') { print STDERR $problem; exit 125 }
}
sub environment {
  if (open(my $file, '<', "$state/environment")) {
    local $/ = "\0";
    while (my $entry = <$file>) { chomp $entry; $ENV{$1} = $2 if $entry =~ /^([^=]+)=(.*)$/s }
  }
  my $count = shift @ARGV;
  for (1 .. $count) { my ($name, $value) = split /=/, shift @ARGV, 2; $ENV{$name} = $value }
}
sub start_child {
  my ($output) = @_;
  $child = fork();
  defined $child or do { print STDERR "cannot start: $!\n"; exit 126 };
  if ($child) { kill_tree() if $ended; return } # asked to end before there was anything
  syscall($SETSID);
  $SIG{$_} = 'DEFAULT' for qw(TERM ALRM CHLD PIPE);
  if ($output) { open(STDOUT, '>&', $output); open(STDERR, '>&', $output); close $output }
  { no warnings; exec { $ARGV[0] } @ARGV; }
  my $missing = $! == 2;
  print STDERR "$ARGV[0]: $!\n";
  require POSIX; POSIX::_exit($missing ? 127 : 126);
}
sub end_at { my ($seconds) = @_; $SIG{TERM} = sub { $ended = 1; kill_tree() }; $SIG{ALRM} = $SIG{TERM}; alarm $seconds if $seconds > 0 }

if ($mode eq 'exec') {
  my ($processes, $seconds, $folder) = splice @ARGV, 0, 3;
  confine_or_exit($processes, $folder);
  environment();
  end_at($seconds);
  start_child();
  while (1) { my $pid = waitpid(-1, 0); if ($pid == $child) { $status = $?; last } last if $pid < 0 }
  end_tree();
  $status = 9 if $ended || !defined $status;
  if (my $signal = $status & 127) { $SIG{TERM} = 'DEFAULT'; kill $signal, $$; sleep 1; exit 128 + $signal }
  exit($status >> 8);
}

sub folder_of { return "$state/processes/$_[0]" }
sub status_line {
  my ($name, $running, $code, $signal, $at) = @_;
  return sprintf('{"name":"%s","running":%s,"exitCode":%s,"signal":%s,"startedAtMs":%d}' . "\n",
    $name, $running ? 'true' : 'false', defined $code ? $code : 'null', defined $signal ? $signal : 'null', $at);
}
# A status that says "running" although nobody holds the lock was left by a supervisor that was killed, or by a restart.
sub true_status {
  my ($name) = @_;
  my $line = slurp(folder_of($name) . '/status');
  return '' if $line eq '';
  if ($line =~ /"running":true/ && open(my $lock, '<', folder_of($name) . '/lock')) {
    if (flock($lock, LOCK_SH | LOCK_NB)) {
      $line = slurp(folder_of($name) . '/status'); # it may have been written at its end, which came since
      $line =~ s/"running":true,"exitCode":null,"signal":null/"running":false,"exitCode":null,"signal":9/;
    }
  }
  return $line;
}

if ($mode eq 'process') {
  my ($name, $processes, $seconds, $folder) = splice @ARGV, 0, 4;
  my $own = folder_of($name);
  mkdir $state; mkdir "$state/processes"; mkdir $own;
  open(my $lock, '>', "$own/lock") or do { print STDERR "cannot write $own: $!\n"; exit 126 };
  if (!flock($lock, LOCK_EX | LOCK_NB)) { print true_status($name); exit 0 }
  confine_or_exit($processes, $folder);
  environment();
  unlink map { "$own/$_" } qw(head tail0 tail1 current);
  my $at = time() * 1000;
  pipe(my $read, my $write);
  $SIG{PIPE} = 'IGNORE'; $SIG{CHLD} = sub {};
  end_at($seconds);
  start_child($write);
  close $write;
  replace("$own/status", status_line($name, 1, undef, undef, $at));
  print slurp("$own/status");
  close STDOUT; open(STDOUT, '>', '/dev/null'); open(STDERR, '>', '/dev/null'); open(STDIN, '<', '/dev/null');
  my ($part, $room, $log) = ('head', $MIB, undef);
  open($log, '>', "$own/head"); $log->autoflush(1);
  my $over = 0;
  until ($over) {
    my $ready = ''; vec($ready, fileno($read), 1) = 1;
    if (select($ready, undef, undef, 0.1) > 0) {
      my $got = sysread($read, my $bytes, 65536);
      if (!defined $got) { next }
      if ($got == 0) { $over = 1 }
      if ($got > $room && $room > 0) { syswrite $log, substr($bytes, 0, $room, ''); $room = 0 }
      if ($room == 0 && length $bytes) {
        $part = $part eq 'tail0' ? 'tail1' : 'tail0';
        open($log, '>', "$own/$part"); replace("$own/current", $part); $room = $MIB;
      }
      if (length $bytes) { syswrite $log, $bytes; $room -= length $bytes }
    }
    reap();
    end_tree() if defined $status; # what it left behind would hold the pipe
  }
  # Its output is closed; it may be ending just now, or go on without.
  until (defined $status) { my $pid = waitpid(-1, 0); if ($pid == $child) { $status = $? } last if $pid < 0 && $! != 4 }
  end_tree();
  $status = 9 if $ended || !defined $status;
  my $signal = $status & 127;
  replace("$own/status", status_line($name, 0, $signal ? undef : $status >> 8, $signal || undef, $at));
  exit 0;
}
if ($mode eq 'status') {
  my @names = @ARGV;
  if (!@names && opendir(my $all, "$state/processes")) { @names = sort grep { !/^\./ } readdir $all }
  print true_status($_) for @names;
  exit 0;
}
if ($mode eq 'log') {
  my ($name, $bytes) = @ARGV;
  my $own = folder_of($name);
  my @tails = slurp("$own/current") eq 'tail0' ? ('tail1', 'tail0') : ('tail0', 'tail1');
  my $kept = join '', map { slurp("$own/$_") } 'head', @tails;
  print length $kept > $bytes ? substr($kept, -$bytes) : $kept;
  exit 0;
}
if ($mode eq 'sweep') { exit(sweep($ARGV[0]) ? 0 : 1) }
