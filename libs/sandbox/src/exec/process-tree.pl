# What every supervisor does with the processes below it. It stands in front of the supervisor's own program, which shares its variables.
{
use strict; use warnings; use Config;
# The child, what waitpid said of its end, and whether it was asked to end.
our ($child, $status, $ended) = (0, undef, 0);
our ($PRCTL, $SETRLIMIT, $SETSID, $SETITIMER) = $Config{archname} =~ /^(aarch64|arm64)/ ? (167, 164, 157, 103) : (157, 160, 112, 38);

sub tree {
  my %below;
  opendir(my $proc, '/proc') or return ();
  for my $pid (grep { /^\d+$/ } readdir $proc) {
    open(my $file, '<', "/proc/$pid/stat") or next;
    my $line = <$file>;
    push @{$below{$2}}, $1 if defined $line && $line =~ /^(\d+) .*\) [^Z] (\d+)/s;
  }
  my @all = @{$below{$$} || []};
  for (my $i = 0; $i < @all; $i++) { push @all, @{$below{$all[$i]} || []} }
  return @all;
}
sub kill_tree { my @pids = tree(); kill 'STOP', @pids; kill 'KILL', @pids }
sub reap { while ((my $pid = waitpid(-1, 1)) > 0) { $status = $? if $pid == $child } }
# Until no child is left, orphans that were adopted meanwhile included.
sub end_tree {
  while (1) {
    kill_tree();
    my $pid = waitpid(-1, 1);
    $status = $? if $pid > 0 && $pid == $child;
    return if $pid < 0;
    select(undef, undef, undef, 0.002) if $pid == 0;
  }
}
# Answers what is wrong, else nothing.
sub confine {
  my ($processes, $folder) = @_;
  if ($processes > 0) { my $limit = pack('QQ', $processes, $processes); syscall($SETRLIMIT, 6, $limit) } # RLIMIT_NPROC
  syscall($PRCTL, 38, 1, 0, 0, 0); # PR_SET_NO_NEW_PRIVS: sudo and setuid programs give nothing
  syscall($PRCTL, 36, 1, 0, 0, 0); # PR_SET_CHILD_SUBREAPER
  return chdir $folder ? '' : "cannot change to $folder: $!\n";
}

sub slurp { open(my $file, '<', $_[0]) or return ''; local $/; my $text = <$file>; return defined $text ? $text : '' }
sub replace { my ($path, $text) = @_; open(my $file, '>', "$path.new") or return; print $file $text; close $file; rename "$path.new", $path }

sub marked {
  my ($mark) = @_; my @found;
  for my $path (glob '/proc/[0-9]*/environ') {
    next if $path eq "/proc/$$/environ";
    push @found, $path =~ /(\d+)/ if grep { $_ eq "SANDBOX_TREE=$mark" } split /\0/, slurp($path);
  }
  return @found;
}
# Ends every process that carries the mark; true when none is left.
sub sweep {
  my ($mark) = @_;
  for (1 .. 200) { my @found = marked($mark); return 1 if !@found; kill 'KILL', @found; select(undef, undef, undef, 0.01) }
  return 0;
}
}
