# Reads mails that came back with Sisimai, a parser that is not ours: one JSON object a file, a line each.
use strict;
use warnings;
use JSON::PP;
use Sisimai;

my $json = JSON::PP->new->canonical->utf8;
# Its fifth version has other names for some things.
my $read = Sisimai->can('rise') || Sisimai->can('make');
for my $file (@ARGV) {
    my @found;
    for my $one (@{ Sisimai->$read($file, 'delivered' => 1) // [] }) {
        push @found, {
            recipient    => $one->recipient->address,
            action       => $one->action,
            status       => $one->deliverystatus,
            reason       => $one->reason,
            isHard       => ($one->can('hardbounce') ? $one->hardbounce : $one->softbounce == 0) ? JSON::PP::true : JSON::PP::false,
            feedbackType => $one->feedbacktype,
            messageId    => $one->messageid,
        };
    }
    print $json->encode(\@found), "\n";
}
