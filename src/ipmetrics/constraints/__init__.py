"""What follows: variables and relations over exact numbers; this house part has never heard of a region."""
