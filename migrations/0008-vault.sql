-- The vault's side in the data: epochs of blind indexes, records that do not open. Clauses 3.9, 3.12.

alter table app.blind_index add column epoch integer not null default 1
  constraint blind_index_epoch_counts_from_one check (epoch >= 1);
comment on column app.blind_index.epoch is 'Epoch of the index key that made the tag. Two epochs lie side by side while a new key is filled.';
alter table app.blind_index drop constraint blind_index_key;
alter table app.blind_index add constraint blind_index_key primary key (community_id, kind, tag, person_id, epoch);

create table app.quarantine (
  community_id bigint not null constraint quarantine_of_community references app.community,
  subject_id uuid not null,
  class text not null,
  version integer not null,
  found_at timestamptz(3) not null,
  resolved_at timestamptz(3),
  constraint quarantine_key primary key (community_id, subject_id, class, version)
);
comment on table app.quarantine is 'Records that did not open: cut, swapped, put back, foreign, or their key is not theirs. The record itself is left as it lies.';
select app.distribute('app.quarantine');
select app.guard('app.quarantine', '{community} and {posts:manager,privacy_officer,security_admin,auditor,setup}', '{community}', 'select, insert, update');
