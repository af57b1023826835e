"""What a row must satisfy, decided in whole numbers: written once, for arrays and for expressions."""
