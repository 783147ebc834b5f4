-- What a look counts is flushed together with its trace. Clauses 3.12, 4.8.
--
-- A look is counted, then traced, then released; both commit in one write-ahead log, in this order. Flushing the trace flushes
-- everything before it, so a commit of the count need not wait for a flush of its own: of what was released nothing can be lost
-- without its trace. A crash between the two loses the count of a look that nobody saw.
-- Where Citus spreads communities over nodes, traces and counts are in different logs, and each waits for its own.

create function app.behind_trace() returns void language plpgsql as $f$
begin
  if exists (select from pg_extension where extname = 'citus') then return; end if;
  perform set_config('synchronous_commit', 'off', true);
end $f$;
comment on function app.behind_trace is 'The transaction that calls it commits without a flush: one that does, a trace, follows before anybody learns of it.';
