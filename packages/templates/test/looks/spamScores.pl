# Reads paths of mails from standard input and prints, per mail: score, tab, the rules that it met. Local tests only.
use strict;
use warnings;
use Mail::SpamAssassin;

my $judge = Mail::SpamAssassin->new({ local_tests_only => 1, dont_copy_prefs => 1, userprefs_filename => '/dev/null' });
$judge->compile_now(0, 0);
$| = 1;
while (my $path = <STDIN>) {
  chomp $path;
  open(my $file, '<', $path) or die "$path: $!";
  my $mail = $judge->parse(do { local $/; <$file> });
  my $status = $judge->check($mail);
  print $status->get_score(), "\t", $status->get_names_of_tests_hit(), "\n";
  $status->finish();
  $mail->finish();
}
