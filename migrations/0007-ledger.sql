-- The ledger's sequence: which trace stands at which place of its community's log. Clauses 3.12, 7.2.
-- hudun_publish alone writes here, and can do nothing else but read traces. Tiles and checkpoints are files (docs/ledger.md).

create table app.ledger_log (
  community_id bigint not null constraint ledger_log_of_community references app.community,
  origin text not null,
  public_key bytea not null constraint ledger_log_key_is_256_bits check (octet_length(public_key) = 32),
  began_at timestamptz(3) not null,
  constraint ledger_log_key primary key (community_id)
);
comment on table app.ledger_log is 'Which log keeps the traces of a community, and whose key signs it: a second installation on the same database is refused.';
select app.distribute('app.ledger_log');
select app.guard('app.ledger_log', '{community}', 'false', 'select');

create table app.ledger_batch (
  community_id bigint not null constraint ledger_batch_of_log references app.ledger_log,
  first_index bigint not null,
  count integer not null constraint ledger_batch_holds_some check (count > 0),
  trace_ids uuid[] not null,
  last_tx xid8 not null,
  last_seq bigint not null,
  root bytea not null constraint ledger_batch_root_is_a_hash check (octet_length(root) = 32),
  at timestamptz(3) not null,
  constraint ledger_batch_key primary key (community_id, first_index),
  constraint ledger_batch_counts_its_traces check (cardinality(trace_ids) = count)
);
comment on table app.ledger_batch is 'Traces that entered the log together, in the order of their leaves. Committed before any tile is signed: a restart repeats the same tree.';
comment on column app.ledger_batch.first_index is 'Index of the first leaf.';
comment on column app.ledger_batch.last_tx is 'With last_seq: place of the last trace in the order of traces. All before it are in the log.';
comment on column app.ledger_batch.root is 'Root of the tree that ends with this batch.';
alter table app.ledger_batch alter column trace_ids set storage external;
create unique index ledger_batch_by_place on app.ledger_batch (community_id, last_tx, last_seq);
select app.distribute('app.ledger_batch');
select app.guard('app.ledger_batch', '{community}', 'false', 'select');

-- Two publishers, whatever went wrong before, cannot both go on from the same place.
create function app.ledger_batch_follows() returns trigger language plpgsql as $f$
declare
  v_size bigint;
  v_tx xid8;
  v_seq bigint;
begin
  perform pg_advisory_xact_lock(7080007, hashint8(new.community_id));
  select first_index + count, last_tx, last_seq into v_size, v_tx, v_seq
    from app.ledger_batch where community_id = new.community_id order by first_index desc limit 1;
  if new.first_index <> coalesce(v_size, 0) or (v_tx is not null and (new.last_tx, new.last_seq) <= (v_tx, v_seq)) then
    raise exception 'batch does not follow' using errcode = 'HU002';
  end if;
  return new;
end $f$;
comment on function app.ledger_batch_follows is 'A batch begins where the last one ended, and later in the order of traces.';
create trigger follows before insert on app.ledger_batch for each row execute function app.ledger_batch_follows();

create table app.ledger_head (
  top_index bigint not null constraint ledger_head_counts_from_zero check (top_index >= 0),
  community_id bigint not null,
  entry text not null,
  at timestamptz(3) not null,
  constraint ledger_head_key primary key (top_index)
);
comment on table app.ledger_head is 'Entries of the top log: checkpoints of the communities'' logs, without signatures.';
select app.local('app.ledger_head');
select app.guard('app.ledger_head', '{posts:manager,auditor,privacy_officer,publisher}', 'false', 'select');

grant select on app.trace, app.community, app.ledger_log, app.ledger_batch, app.ledger_head to hudun_publish;
grant insert on app.ledger_log, app.ledger_batch, app.ledger_head to hudun_publish;
create policy publisher_reads on app.trace for select to hudun_publish using (true);
create policy publisher_reads on app.community for select to hudun_publish using (true);
create policy publisher_reads on app.ledger_log for select to hudun_publish using (true);
create policy publisher_reads on app.ledger_batch for select to hudun_publish using (true);
create policy publisher_reads on app.ledger_head for select to hudun_publish using (true);
create policy publisher_adds on app.ledger_log for insert to hudun_publish with check (true);
create policy publisher_adds on app.ledger_batch for insert to hudun_publish with check (true);
create policy publisher_adds on app.ledger_head for insert to hudun_publish with check (true);
