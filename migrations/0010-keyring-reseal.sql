-- Keys that were replaced when a company's records were sealed under another suite. Clauses 3.9, 5.3, 5.4.
-- Runs wherever the keyring lies.

create table keyring.former_key (
  tenant_id bigint not null,
  community_id bigint not null,
  subject_id uuid not null,
  class text not null,
  suite text not null constraint former_key_suite_is_known check (suite in ('A1', 'S1')),
  kek_epoch integer not null,
  wrapped bytea not null,
  replaced_at timestamptz(3) not null,
  constraint former_key_key primary key (community_id, subject_id, class, replaced_at)
);
comment on table keyring.former_key is 'Data keys before their successor: they open what is not sealed anew yet, and backups of the data, until no backup is that old.';
create index former_key_by_epoch on keyring.former_key (tenant_id, kek_epoch, community_id, subject_id, class);
create index former_key_by_age on keyring.former_key (tenant_id, replaced_at);
select keyring.guard('keyring.former_key');

create table keyring.reseal (
  tenant_id bigint not null constraint reseal_key primary key,
  begun_at timestamptz(3) not null,
  ended_at timestamptz(3)
);
comment on table keyring.reseal is 'Companies whose records are moved to the suite of their newest key: begun, and ended once none was left.';
select keyring.guard('keyring.reseal');

-- The header of a wrapped key names the epoch that wrapped it (bytes 2 to 5): a row that says otherwise would never open again.
create function keyring.epoch_of(p_wrapped bytea) returns bigint language sql immutable as $f$
  select (get_byte(p_wrapped, 2)::bigint << 24) + (get_byte(p_wrapped, 3) << 16) + (get_byte(p_wrapped, 4) << 8) + get_byte(p_wrapped, 5)
$f$;
comment on function keyring.epoch_of is 'The KEK epoch in the header of a wrapped key.';
grant execute on function keyring.epoch_of to hudun_keyring;

alter table keyring.data_key no force row level security;
update keyring.data_key set kek_epoch = keyring.epoch_of(wrapped) where kek_epoch <> keyring.epoch_of(wrapped);
alter table keyring.data_key force row level security;
alter table keyring.data_key add constraint data_key_epoch_is_its_envelope_s check (kek_epoch = keyring.epoch_of(wrapped));
alter table keyring.index_key no force row level security;
update keyring.index_key set kek_epoch = keyring.epoch_of(wrapped) where kek_epoch <> keyring.epoch_of(wrapped);
alter table keyring.index_key force row level security;
alter table keyring.index_key add constraint index_key_epoch_is_its_envelope_s check (kek_epoch = keyring.epoch_of(wrapped));
alter table keyring.former_key add constraint former_key_epoch_is_its_envelope_s check (kek_epoch = keyring.epoch_of(wrapped));
