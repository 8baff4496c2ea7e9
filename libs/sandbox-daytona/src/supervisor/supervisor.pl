use strict; use warnings; use Errno; use Fcntl qw(:flock F_GETFL F_SETFL O_NONBLOCK O_RDWR O_WRONLY);
open(my $jobs, '<&=', 3) or die "no job: $!\n";
my @job = map { chomp; pack('H*', $_) } <$jobs>;
close $jobs;
my $MIB = 1048576; my $BEAT = 3;
our ($child, $status, $ended, $SETSID, $SETITIMER);
my $late = 0;
my $mode = shift @job;

sub b64 {
  my $length = length $_[0]; my $text = pack('u', $_[0]);
  $text =~ s/^.//mg; $text =~ s/\n//g; $text =~ tr{` -_}{AA-Za-z0-9+/};
  my $pad = (3 - $length % 3) % 3;
  substr($text, -$pad) = '=' x $pad if $pad;
  return $text;
}
sub unb64 {
  my $text = shift; my $bytes = '';
  $text =~ tr{A-Za-z0-9+/}{}cd; $text =~ tr{A-Za-z0-9+/}{ -_};
  while ($text =~ /(.{1,60})/gs) { $bytes .= unpack('u', chr(32 + int(length($1) * 3 / 4)) . $1) }
  return $bytes;
}
sub say_line {
  my $line = "$_[0]\n";
  while (length $line) {
    my $written = syswrite STDOUT, $line;
    if (defined $written) { substr($line, 0, $written) = '' }
    elsif (!$!{EINTR}) { end_tree(); exit 1 }
  }
}
sub finish { my ($text, $code) = @_; say_line('O ' . b64(substr $text, 0, 49152, '')) while length $text; say_line("X $code - 0"); exit 0 }
sub environment {
  delete $ENV{$_} for grep { /^(DAYTONA_|OTEL_|OLDPWD$|PERL)/ } keys %ENV;
  my $count = shift @job;
  for (1 .. $count) { my ($name, $value) = split /=/, shift @job, 2; $ENV{$name} = $value }
}
sub launch {
  my ($stdin, $stdout, $stderr) = @_;
  $child = fork();
  return "cannot start: $!\n" if !defined $child;
  return '' if $child;
  syscall($SETSID);
  $SIG{$_} = 'DEFAULT' for qw(TERM ALRM CHLD PIPE);
  open(STDIN, '<&', $stdin); open(STDOUT, '>&', $stdout); open(STDERR, '>&', $stderr);
  $^F = 2; close $_ for ($stdin, $stdout, $stderr);
  my @argv = @job;
  { no warnings; exec { $argv[0] } @argv; }
  my $code = $!{ENOENT} ? 127 : 126;
  syswrite STDERR, "$argv[0]: $!\n";
  exec '/bin/sh', '-c', "exit $code";
}
sub flow { my $flags = fcntl($_[0], F_GETFL, 0); fcntl($_[0], F_SETFL, $flags | O_NONBLOCK) }

if ($mode eq 'run') {
  my ($processes, $ms, $keep, $folder, $follows, $pending) = splice @job, 0, 6;
  my $problem = confine($processes, $folder);
  if ($problem ne '') { say_line('E ' . b64($problem)); say_line('X 125 - 0'); exit 0 }
  environment();
  pipe(my $in_read, my $in); pipe(my $out, my $out_write); pipe(my $err, my $err_write); pipe(my $bell, my $ring);
  flow($_) for ($in, $ring, $out, $err);
  $SIG{PIPE} = 'IGNORE';
  $SIG{CHLD} = sub { syswrite $ring, '!' };
  $SIG{TERM} = $SIG{HUP} = $SIG{INT} = sub { $ended = 1; kill_tree() };
  $SIG{ALRM} = sub { $late = 1; kill_tree() };
  if ($ms > 0) { my $timer = pack('q4', 0, 100000, int($ms / 1000), ($ms % 1000) * 1000); syscall($SETITIMER, 0, $timer, 0) }
  $problem = launch($in_read, $out_write, $err_write);
  close $_ for ($in_read, $out_write, $err_write);
  if ($problem ne '') { say_line('E ' . b64($problem)); say_line('X 126 - 0'); exit 0 }
  my $head = $keep < 0 ? -1 : int(($keep + 1) / 2); my $tail = $keep < 0 ? 0 : int($keep / 2);
  my %stream = (O => { from => $out, head => $head, tail => '', left => 0 }, E => { from => $err, head => $head, tail => '', left => 0 });
  my $trim = sub { my $s = shift; my $over = length($s->{tail}) - $tail; if ($over > 0) { substr($s->{tail}, 0, $over) = ''; $s->{left} += $over } };
  # One read of a stream; false at its end.
  my $take = sub {
    my ($name) = @_; my $s = $stream{$name};
    my $got = sysread $s->{from}, my $bytes, 49152;
    return $!{EAGAIN} || $!{EINTR} ? 1 : 0 if !defined $got;
    if ($got == 0) { close delete $s->{from}; return 0 }
    if ($s->{head} < 0) { say_line("$name " . b64($bytes)); return 1 }
    if ($s->{head} > 0) { my $part = substr $bytes, 0, $s->{head}, ''; $s->{head} -= length $part; say_line("$name " . b64($part)) }
    $s->{tail} .= $bytes;
    $trim->($s) if length($s->{tail}) > 2 * $tail + 65536;
    return 1;
  };
  my ($lines, $input_open, $expected) = ('', $follows, 0);
  until (defined $status) {
    if (!$input_open && $pending eq '' && defined $in) { close $in; undef $in }
    my ($read, $write) = ('', '');
    for my $file ($bell, map { $_->{from} || () } values %stream) { vec($read, fileno $file, 1) = 1 }
    vec($read, fileno(STDIN), 1) = 1 if $input_open && length $pending < $MIB;
    vec($write, fileno($in), 1) = 1 if defined $in && $pending ne '';
    my $ready = select($read, $write, undef, $BEAT);
    if ($ready == 0) { say_line('H'); next }
    if ($ready > 0) {
      if (vec($read, fileno($bell), 1)) { sysread $bell, my $bytes, 64 }
      if ($input_open && vec($read, fileno(STDIN), 1)) {
        my $got = sysread(STDIN, my $bytes, $MIB);
        if (defined $got && $got == 0) { $input_open = 0 }
        $lines .= $bytes if $got;
        while ($lines =~ s/^([^\n]*)\n//) {
          my $line = $1;
          if ($line eq '.') { $input_open = 0; last }
          # A line that was sent twice, because an answer was lost, counts once.
          if ($line =~ /^D (\d+) /) { my $text = substr $line, $+[0]; if ($1 == $expected) { $expected++; $pending .= unb64($text) if defined $in } }
        }
      }
      if (defined $in && $pending ne '' && vec($write, fileno($in), 1)) {
        my $written = syswrite $in, $pending;
        if (defined $written) { substr($pending, 0, $written) = '' }
        elsif (!$!{EAGAIN} && !$!{EINTR}) { $pending = ''; close $in; undef $in } # a command need not read its input
      }
      for my $name (qw(O E)) { my $from = $stream{$name}{from}; $take->($name) if $from && vec($read, fileno $from, 1) }
    }
    reap();
  }
  end_tree();
  my $until = time() + 2;
  while (my @open = grep { $stream{$_}{from} } qw(O E)) {
    my $read = ''; vec($read, fileno $stream{$_}{from}, 1) = 1 for @open;
    last if select($read, undef, undef, 0.2) <= 0 && time() > $until;
    for my $name (@open) { $take->($name) if vec($read, fileno $stream{$name}{from}, 1) }
  }
  for my $name (qw(O E)) {
    my $s = $stream{$name}; $trim->($s);
    say_line("G $name $s->{left}") if $s->{left} > 0;
    say_line("$name " . b64(substr $s->{tail}, 0, 49152, '')) while length $s->{tail};
  }
  my $signal = $status & 127;
  $signal = 9 if $ended && !$signal;
  say_line(sprintf 'X %s %s %d', $signal ? '-' : $status >> 8, $signal || '-', $late);
  exit 0;
}

my $state = $mode eq 'sweep' ? '' : shift @job;
sub folder_of { return "$state/$_[0]" }
# Status: running, exit code, signal, start in ms, process id of its supervisor, mark. Whoever runs holds the lock: a status that says
# "running" without it was left by a supervisor that was killed, or by a restart.
sub status_of {
  my ($name) = @_;
  my @facts = split / /, slurp(folder_of($name) . '/status');
  return () if @facts < 6;
  return @facts if $facts[0] ne '1' || !open(my $lock, '<', folder_of($name) . '/lock');
  return @facts if !flock($lock, LOCK_SH | LOCK_NB);
  @facts = split / /, slurp(folder_of($name) . '/status'); # it may have been written at its end, which came since
  @facts[0, 1, 2] = (0, '-', 9) if $facts[0] eq '1';
  return @facts;
}
sub status_line { my ($name) = @_; my @facts = status_of($name); return @facts ? join(' ', $name, @facts[0 .. 3]) . "\n" : '' }

if ($mode eq 'start') {
  my ($name, $mark, $processes, $folder) = splice @job, 0, 4;
  my $own = folder_of($name);
  mkdir $state, 0700; mkdir $own, 0700;
  open(my $lock, '>', "$own/lock") or finish("cannot write $own: $!\n", 126);
  finish(status_line($name), 0) if !flock($lock, LOCK_EX | LOCK_NB);
  pipe(my $answer, my $ready);
  my $middle = fork();
  finish("cannot start: $!\n", 126) if !defined $middle;
  if ($middle) {
    close $ready; close $lock; waitpid($middle, 0);
    local $/; my $text = <$answer>; $text = '' if !defined $text;
    finish($text =~ s/^!// ? ($text, 125) : ($text, 0));
  }
  syscall($SETSID);
  exit 0 if fork();
  my $problem = confine($processes, $folder);
  environment();
  unlink map { "$own/$_" } qw(head tail0 tail1 current input);
  require POSIX; POSIX::mkfifo("$own/input", 0600);
  sysopen(my $in, "$own/input", O_RDWR);
  pipe(my $out, my $out_write); pipe(my $bell, my $ring);
  flow($ring);
  my $at = time() * 1000;
  $SIG{$_} = 'IGNORE' for qw(PIPE HUP INT);
  $SIG{CHLD} = sub { syswrite $ring, '!' };
  $SIG{TERM} = sub { $ended = 1; kill_tree() };
  $problem = launch($in, $out_write, $out_write) if $problem eq '';
  if ($problem ne '') { print $ready "!$problem"; exit 1 }
  close $out_write;
  replace("$own/status", "1 - - $at $$ $mark");
  print $ready status_line($name) || "$name 1 - - $at\n"; close $ready; close $answer;
  open(STDIN, '<', '/dev/null'); open(STDOUT, '>', '/dev/null'); open(STDERR, '>', '/dev/null');
  open(my $log, '>', "$own/head");
  my ($part, $room, $open) = ('head', $MIB, 1);
  while ($open) {
    my $read = ''; vec($read, fileno($out), 1) = 1; vec($read, fileno($bell), 1) = 1;
    if (select($read, undef, undef, undef) > 0) {
      if (vec($read, fileno($bell), 1)) { sysread $bell, my $bytes, 64 }
      if (vec($read, fileno($out), 1)) {
        my $got = sysread $out, my $bytes, 65536;
        $open = 0 if defined $got && $got == 0;
        while ($got && length $bytes) {
          if ($room == 0) { $part = $part eq 'tail0' ? 'tail1' : 'tail0'; open($log, '>', "$own/$part"); replace("$own/current", $part); $room = $MIB }
          my $written = syswrite $log, substr($bytes, 0, $room);
          last if !defined $written; # the disk is full: what follows is lost
          substr($bytes, 0, $written) = ''; $room -= $written;
        }
      }
    }
    reap();
    end_tree() if defined $status; # what it left behind would hold the pipe
  }
  # Its output is closed; it may be ending just now, or go on without.
  until (defined $status) { my $read = ''; vec($read, fileno($bell), 1) = 1; sysread $bell, my $bytes, 64 if select($read, undef, undef, 0.1) > 0; reap() }
  end_tree();
  my $signal = defined $status ? $status & 127 : 9;
  $signal = 9 if $ended && !$signal;
  replace("$own/status", join ' ', 0, $signal ? '-' : $status >> 8, $signal || '-', $at, $$, $mark);
  exit 0;
}
if ($mode eq 'status') {
  my @names = @job;
  if (!@names && opendir(my $all, $state)) { @names = sort grep { !/^\./ } readdir $all }
  finish(join('', map { status_line($_) } @names), 0);
}
if ($mode eq 'log') {
  my ($name, $bytes) = @job;
  my $own = folder_of($name);
  my $current = slurp("$own/current");
  my $kept = join '', map { slurp("$own/$_") } 'head', $current eq 'tail0' ? ('tail1', 'tail0') : ('tail0', 'tail1');
  finish(length $kept > $bytes ? substr($kept, -$bytes) : $kept, 0);
}
if ($mode eq 'input') {
  my ($name, $bytes) = @job;
  my @facts = status_of($name);
  finish('', 3) if !@facts || !$facts[0];
  sysopen(my $in, folder_of($name) . '/input', O_WRONLY | O_NONBLOCK) or finish('', 3);
  my $until = time() + 20;
  while (length $bytes) {
    my $written = syswrite $in, $bytes;
    if (defined $written) { substr($bytes, 0, $written) = ''; next }
    finish('', 3) if !$!{EAGAIN};
    finish('', 4) if time() > $until;
    @facts = status_of($name); finish('', 3) if !$facts[0];
    select(undef, undef, undef, 0.05);
  }
  finish('', 0);
}
if ($mode eq 'kill') {
  my ($name) = @job;
  my @facts = status_of($name);
  finish('', 0) if !@facts;
  kill 'TERM', $facts[4] if $facts[0];
  for (1 .. 300) { last if !(status_of($name))[0]; select(undef, undef, undef, 0.01) }
  kill 'KILL', $facts[4] if (status_of($name))[0];
  sweep($facts[5]);
  finish('', (status_of($name))[0] ? 1 : 0);
}
if ($mode eq 'sweep') { sweep($job[0]); finish('', 0) }
finish("unknown mode $mode\n", 64);
