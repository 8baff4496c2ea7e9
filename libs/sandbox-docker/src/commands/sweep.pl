my ($mark, $until, $round, $reaping) = (shift, time + 20, 0, 0);
sub content { open my $file, "<", "/proc/$_[0]/$_[1]" or return ""; local $/; <$file> // "" }
while (1) {
  my (@found, $moving, $dead);
  opendir my $folder, "/proc" or exit 1;
  for my $pid (grep { /^\d+$/ && $_ != $$ } readdir $folder) {
    my ($state) = content($pid, "stat") =~ /.*\) (\S)/s or next;
    next unless content($pid, "limits") =~ /^Max file locks\s+$mark\s/m
      or content($pid, "environ") =~ /(?:^|\0)SANDBOX_EXEC=$mark(?:\0|$)/;
    if ($state =~ /[ZX]/) { $dead = 1; next }
    push @found, $pid;
    next if $state =~ /[Tt]/;
    $moving = 1;
    kill "STOP", $pid;
  }
  if (!@found) {
    exit 0 if !$dead || ++$reaping > 100;
    select undef, undef, undef, 0.01;
    next;
  }
  exit 1 if time > $until;
  kill "KILL", @found if !$moving || ++$round % 20 == 0;
}
