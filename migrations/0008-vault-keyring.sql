-- Keys that rotate: suites per key, states of index keys, the order to seal. Clause 3.9.
-- Runs wherever the keyring lies: in the data's database or in one of its own.

alter table keyring.kek add column retired_at timestamptz(3);
comment on column keyring.kek.retired_at is 'When nothing was wrapped under this epoch any more. It is destroyed once the backup window has passed since.';

alter table keyring.data_key add column suite text not null default 'A1'
  constraint data_key_suite_is_known check (suite in ('A1', 'S1'));
comment on column keyring.data_key.suite is 'The suite the key seals with; the KEK around it may be of another.';
create index data_key_by_epoch on keyring.data_key (tenant_id, kek_epoch, community_id, subject_id, class);

alter table keyring.index_key add column suite text not null default 'A1'
  constraint index_key_suite_is_known check (suite in ('A1', 'S1'));
alter table keyring.index_key add column state text not null default 'active'
  constraint index_key_state_is_known check (state in ('filling', 'active', 'retired'));
alter table keyring.index_key add column changed_at timestamptz(3) not null default now();
comment on column keyring.index_key.state is 'filling: tags are made, none is sought yet; active: sought; retired: its tags are being removed.';
create unique index index_key_one_active on keyring.index_key (community_id) where state = 'active';
create unique index index_key_one_filling on keyring.index_key (community_id) where state = 'filling';

create table keyring.seal_order (
  one integer constraint seal_order_key primary key constraint seal_order_is_one check (one = 1),
  sealed boolean not null,
  changed_at timestamptz(3) not null
);
comment on table keyring.seal_order is 'Whether every process is ordered to drop its keys. Outlives a restart.';
insert into keyring.seal_order values (1, false, now());
select keyring.guard('keyring.seal_order');
