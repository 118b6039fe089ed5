"""The workbooks of the first days: the centre, its filing, the filed scope."""
