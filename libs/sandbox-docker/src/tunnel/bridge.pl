use strict;
use Socket qw(:DEFAULT inet_pton pack_sockaddr_in6 AF_INET6 IPPROTO_TCP);
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use Errno qw(EAGAIN EINTR EINPROGRESS);
my ($OPEN, $OPENED, $REFUSED, $DATA, $END, $RESET, $CREDIT, $LISTEN, $UNLISTEN) = 1 .. 9;
my ($WINDOW, $CHUNK, $ENOUGH) = (262144, 65536, 1048576);
my ($in, $out, $last, $server, %streams) = ('', '', 0);
$SIG{PIPE} = 'IGNORE';

sub flowing { my $flags = fcntl($_[0], F_GETFL, 0); fcntl($_[0], F_SETFL, $flags | O_NONBLOCK) }
sub later { $!{EAGAIN} || $!{EINTR} }
sub say_frame {
  my ($kind, $number, $payload) = @_;
  $payload = '' unless defined $payload;
  $out .= pack('CNN', $kind, $number, length $payload) . $payload;
}
sub add {
  my ($number, $socket) = @_;
  flowing($socket);
  $streams{$number} = { socket => $socket, credit => $WINDOW, queue => '' };
}
sub drop {
  my ($number) = @_;
  my $stream = delete $streams{$number} or return;
  close $stream->{socket};
}
sub reset_stream { say_frame($RESET, $_[0]); drop($_[0]) }

sub attempt {
  my ($number, $port, @hosts) = @_;
  my $why = 'refused';
  while (defined(my $host = shift @hosts)) {
    my $family = $host =~ /:/ ? AF_INET6 : AF_INET;
    socket(my $socket, $family, SOCK_STREAM, IPPROTO_TCP) or next;
    flowing($socket);
    my $address = inet_pton($family, $host);
    my $name = $family == AF_INET ? pack_sockaddr_in($port, $address) : pack_sockaddr_in6($port, $address);
    if (connect($socket, $name)) { add($number, $socket); return say_frame($OPENED, $number) }
    if ($!{EINPROGRESS}) { add($number, $socket); $streams{$number}{rest} = [$port, @hosts]; return }
    $why = "$!";
  }
  say_frame($REFUSED, $number, $why);
}
sub connected {
  my ($number) = @_;
  my $stream = $streams{$number};
  my $error = unpack('i', getsockopt($stream->{socket}, SOL_SOCKET, SO_ERROR));
  if ($error == 0) { delete $stream->{rest}; return say_frame($OPENED, $number) }
  delete $streams{$number};
  attempt($number, @{$stream->{rest}});
}
sub listen_on {
  my ($port) = @_;
  return say_frame($OPENED, 0) if $server;
  socket(my $socket, AF_INET, SOCK_STREAM, IPPROTO_TCP);
  setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, pack('i', 1));
  unless (bind($socket, pack_sockaddr_in($port, inet_aton('127.0.0.1'))) && listen($socket, 128)) { return say_frame($REFUSED, 0, "$!") }
  flowing($socket);
  $server = $socket;
  say_frame($OPENED, 0);
}
sub unlisten {
  close $server if $server;
  undef $server;
  drop($_) for grep { $_ % 2 == 0 } keys %streams;
  say_frame($OPENED, 0);
}
sub take_frame {
  my ($kind, $number, $payload) = @_;
  my $stream = $streams{$number};
  if ($kind == $OPEN) { attempt($number, int $payload, '127.0.0.1', '::1') }
  elsif ($kind == $LISTEN) { listen_on(int $payload) }
  elsif ($kind == $UNLISTEN) { unlisten() }
  elsif (!$stream) { }
  elsif ($kind == $DATA) { $stream->{queue} .= $payload }
  elsif ($kind == $END) { $stream->{ends} = 1 }
  elsif ($kind == $CREDIT) { $stream->{credit} += unpack('N', $payload) }
  elsif ($kind == $RESET) { drop($number) }
}
sub take_input {
  my $got = sysread(STDIN, $in, $CHUNK * 4, length $in);
  exit 0 if defined $got ? $got == 0 : !later();
  while (length $in >= 9) {
    my ($kind, $number, $length) = unpack('CNN', $in);
    last if length $in < 9 + $length;
    take_frame($kind, $number, substr($in, 9, $length));
    substr($in, 0, 9 + $length) = '';
  }
}
sub done { my ($number) = @_; drop($number) if $streams{$number}{sent} && $streams{$number}{taken} }
sub outward {
  my ($number) = @_;
  my $stream = $streams{$number};
  my $most = $stream->{credit} < $CHUNK ? $stream->{credit} : $CHUNK;
  my $got = sysread($stream->{socket}, my $data, $most);
  if (!defined $got) { reset_stream($number) unless later(); return }
  if ($got == 0) { $stream->{sent} = 1; say_frame($END, $number); return done($number) }
  $stream->{credit} -= $got;
  say_frame($DATA, $number, $data);
}
sub inward {
  my ($number) = @_;
  my $stream = $streams{$number};
  if (length $stream->{queue}) {
    my $put = syswrite($stream->{socket}, $stream->{queue}, $CHUNK);
    if (!defined $put) { reset_stream($number) unless later(); return }
    substr($stream->{queue}, 0, $put) = '';
    say_frame($CREDIT, $number, pack('N', $put));
  }
  return if length $stream->{queue} || !$stream->{ends} || $stream->{taken};
  shutdown($stream->{socket}, 1);
  $stream->{taken} = 1;
  done($number);
}
sub arrived {
  accept(my $socket, $server) or return;
  $last += 2;
  say_frame($OPEN, $last);
  add($last, $socket);
}

binmode STDIN;
binmode STDOUT;
flowing(\*STDIN);
flowing(\*STDOUT);
say_frame($OPENED, 0);
while (1) {
  my ($readers, $writers) = ('', '');
  vec($readers, 0, 1) = 1;
  vec($writers, 1, 1) = 1 if length $out;
  vec($readers, fileno $server, 1) = 1 if $server;
  for my $stream (values %streams) {
    my $file = fileno $stream->{socket};
    if ($stream->{rest}) { vec($writers, $file, 1) = 1; next }
    vec($readers, $file, 1) = 1 if !$stream->{sent} && $stream->{credit} > 0 && length $out < $ENOUGH;
    vec($writers, $file, 1) = 1 if length $stream->{queue} || ($stream->{ends} && !$stream->{taken});
  }
  next if select($readers, $writers, undef, undef) < 0;
  if (vec($writers, 1, 1)) {
    my $put = syswrite(STDOUT, $out, $CHUNK * 4);
    exit 0 if !defined $put && !later();
    substr($out, 0, $put) = '' if $put;
  }
  for my $number (keys %streams) {
    my $stream = $streams{$number} or next;
    my $file = fileno $stream->{socket};
    if ($stream->{rest}) { connected($number) if vec($writers, $file, 1); next }
    inward($number) if vec($writers, $file, 1);
    outward($number) if $streams{$number} && vec($readers, $file, 1);
  }
  arrived() if $server && vec($readers, fileno $server, 1);
  take_input() if vec($readers, 0, 1);
}
