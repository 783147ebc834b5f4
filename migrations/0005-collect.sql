-- Imports: what was offered, what was dropped, how far it got. Never a value. Clauses 2.3, 2.12.

create table app.import (
  community_id bigint not null constraint import_of_community references app.community,
  import_id uuid not null,
  file_name text not null,
  size_bytes bigint not null,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  constraint import_key primary key (community_id, import_id)
);
comment on table app.import is 'An uploaded roster. The file itself lies sealed in the data folder under a key of its own that ends with the import.';
select app.distribute('app.import');
select app.guard('app.import', '{community} and {posts:manager,privacy_officer}', '{community} and {posts:manager}', 'select, insert');

create table app.import_step (
  community_id bigint not null,
  import_id uuid not null,
  step_id uuid not null,
  step text not null constraint import_step_is_known check (step in
    ('uploaded', 'mapped', 'checked', 'committing', 'done', 'failed', 'cancelling', 'cancelled')),
  detail jsonb not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint import_step_key primary key (community_id, import_id, step_id),
  constraint import_step_of_import foreign key (community_id, import_id) references app.import (community_id, import_id)
);
comment on table app.import_step is 'Each step of an import as a row of its own: layout, mapping and counts, never cells.';
select app.distribute('app.import_step');
select app.guard('app.import_step', '{community} and {posts:manager,privacy_officer}', '{community} and {posts:manager}', 'select, insert');

create table app.import_batch (
  community_id bigint not null,
  import_id uuid not null,
  batch integer not null,
  rows_done integer not null,
  counts jsonb not null,
  at timestamptz(3) not null,
  constraint import_batch_key primary key (community_id, import_id, batch),
  constraint import_batch_of_import foreign key (community_id, import_id) references app.import (community_id, import_id)
);
comment on table app.import_batch is 'A batch committed together with its rows: after a crash the import goes on behind the last one.';
select app.distribute('app.import_batch');
select app.guard('app.import_batch', '{community} and {posts:manager,privacy_officer}', '{community} and {posts:manager}', 'select, insert');

create table app.import_problem (
  community_id bigint not null,
  import_id uuid not null,
  number integer not null,
  source_row integer not null,
  source_column integer not null,
  field text not null,
  reason text not null,
  verdict text not null constraint import_problem_verdict_is_known check (verdict in ('verify', 'refuse')),
  constraint import_problem_key primary key (community_id, import_id, number),
  constraint import_problem_of_import foreign key (community_id, import_id) references app.import (community_id, import_id)
);
comment on table app.import_problem is 'Problems by cell: place and reason. The value stays in the uploader''s file.';
select app.distribute('app.import_problem');
select app.guard('app.import_problem', '{community} and {posts:manager,privacy_officer}', '{community} and {posts:manager}', 'select, insert, delete');

create table app.not_collected (
  community_id bigint not null,
  import_id uuid not null,
  source_column integer not null,
  field text not null,
  header text not null,
  cells integer not null,
  at timestamptz(3) not null,
  constraint not_collected_key primary key (community_id, import_id, source_column),
  constraint not_collected_of_import foreign key (community_id, import_id) references app.import (community_id, import_id)
);
comment on table app.not_collected is 'Forbidden columns that were dropped before anything was stored, counted. Clause 2.12.';
select app.distribute('app.not_collected');
select app.guard('app.not_collected', '{community} and {posts:manager,privacy_officer}', '{community} and {posts:manager}', 'select, insert');

create table app.to_destroy (
  community_id bigint not null,
  import_id uuid not null,
  source_row integer not null,
  reason text not null,
  at timestamptz(3) not null,
  constraint to_destroy_key primary key (community_id, import_id, source_row),
  constraint to_destroy_of_import foreign key (community_id, import_id) references app.import (community_id, import_id)
);
comment on table app.to_destroy is 'Rows already gone at the source: not taken into live data; their place in the source is listed for destruction there.';
select app.distribute('app.to_destroy');
select app.guard('app.to_destroy', '{community} and {posts:manager,privacy_officer}', '{community} and {posts:manager}', 'select, insert');
