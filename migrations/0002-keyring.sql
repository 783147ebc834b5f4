-- Keys live apart: own schema, own role, own backup chain; may be another database. Clause 3.9.

create schema keyring;
comment on schema keyring is 'Wrapped keys. Never in data backups. hudun_app has no right here.';
grant usage on schema keyring to hudun_keyring;

create table keyring.kek (
  tenant_id bigint not null,
  epoch integer not null constraint kek_epoch_counts_from_one check (epoch >= 1),
  suite text not null constraint kek_suite_is_known check (suite in ('A1', 'S1')),
  wrapped bytea,
  created_at timestamptz(3) not null,
  destroyed_at timestamptz(3),
  constraint kek_key primary key (tenant_id, epoch),
  constraint kek_is_there_until_destroyed check ((wrapped is null) = (destroyed_at is not null))
);
comment on table keyring.kek is 'Key-encrypting keys per tenant, by epoch, wrapped under the root key.';

create table keyring.index_key (
  tenant_id bigint not null,
  community_id bigint not null,
  epoch integer not null,
  kek_epoch integer not null,
  wrapped bytea not null,
  created_at timestamptz(3) not null,
  constraint index_key_key primary key (community_id, epoch)
);
comment on table keyring.index_key is 'Keys of the blind indexes, one a community and epoch: whoever holds one can invert all mobile numbers in hours.';

create table keyring.data_key (
  tenant_id bigint not null,
  community_id bigint not null,
  subject_id uuid not null,
  class text not null,
  kek_epoch integer not null,
  wrapped bytea not null,
  created_at timestamptz(3) not null default now(),
  constraint data_key_key primary key (community_id, subject_id, class)
);
comment on table keyring.data_key is 'One key per subject and class. Destroying the row makes the sealed record noise. Clause 5.3.';

create function keyring.guard(p_tbl regclass) returns void language plpgsql as $f$
begin
  execute format('alter table %s enable row level security', p_tbl);
  execute format('alter table %s force row level security', p_tbl);
  execute format('revoke all on %s from public', p_tbl);
  execute format('grant select, insert, update, delete on %s to hudun_keyring', p_tbl);
  execute format('create policy keyring_only on %s to hudun_keyring using (true) with check (true)', p_tbl);
end $f$;
comment on function keyring.guard is 'The keyring''s template: one role, nobody else.';
select keyring.guard('keyring.kek');
select keyring.guard('keyring.index_key');
select keyring.guard('keyring.data_key');
