"""One file that holds the whole centre, and the way back from it.

Database, media and keys go into one encrypted, authenticated file as a stream; nothing is held in
memory but a few blocks. The rows are read by COPY in one snapshot and the tables are made again by
the migrations, so the same code serves any PostgreSQL server, with or without its own programs.
"""
