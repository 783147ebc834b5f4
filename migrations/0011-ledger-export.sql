-- Finding the part of a log that was written between two times, for an export. Clauses 3.12, 7.2.

create index ledger_batch_by_time on app.ledger_batch (community_id, at, first_index);
