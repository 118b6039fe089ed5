"""What certificates look like on paper: the certificate itself, rolls and ledgers."""

from certificates.documents import rolls

rolls.register()
