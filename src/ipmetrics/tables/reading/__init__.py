"""From cells to whole numbers: the grammar of a cell, surveys of columns, and how a column is read."""
