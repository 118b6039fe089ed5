"""The workbooks of the first days: departments, classes, students, who teaches whom."""
