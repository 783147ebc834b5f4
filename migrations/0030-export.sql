-- Copies that leave the system: asked for under an application, made once, downloaded once, known again by their fingerprint. Clauses 4.7, 8.4.

create function app.guard_export(p_tbl regclass, p_writes text) returns void language plpgsql as $f$
begin
  perform app.distribute(p_tbl);
  perform app.guard(p_tbl,
    '{community} and (applicant = {actor} and {posts:clerk,supervisor,manager} or {buildings} and {posts:supervisor,manager} or {posts:archivist,privacy_officer,auditor})',
    p_writes, 'select, insert');
end $f$;
comment on function app.guard_export is 'The template for tables of a copy: whoever it is for, who signs, and who checks. All are histories.';

create table app.export_copy (
  community_id bigint not null,
  copy_id uuid not null,
  application_id uuid not null,
  number text not null,
  form text not null constraint export_form_leaves check (form in ('export', 'print')),
  columns text[] not null,
  persons integer not null constraint export_is_about_somebody check (persons > 0),
  valid_until timestamptz(3) not null,
  building_ids bigint[] not null,
  applicant uuid not null,
  applicant_post text not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint export_copy_key primary key (community_id, copy_id),
  constraint export_is_made_once unique (community_id, application_id),
  constraint export_number_is_unique unique (community_id, number),
  constraint export_of_application foreign key (community_id, application_id) references app.application (community_id, application_id)
);
comment on table app.export_copy is 'A copy that leaves the system: its number, form and columns, and for whom. One for an application. Clause 4.7.';
comment on column app.export_copy.applicant is 'The recipient: who applied for it. Nobody else can open or download it.';
create index export_copy_newest on app.export_copy (community_id, seq desc);
select app.guard_export('app.export_copy', '{community} and applicant = {actor} and {posts:clerk,supervisor,manager}');

create table app.export_made (
  community_id bigint not null,
  copy_id uuid not null,
  file_id uuid not null,
  password bytea not null,
  rows integer not null,
  decoys integer not null,
  size_bytes integer not null,
  building_ids bigint[] not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint export_made_key primary key (community_id, copy_id),
  constraint export_made_of_copy foreign key (community_id, copy_id) references app.export_copy (community_id, copy_id)
);
comment on table app.export_made is 'The file of a copy: it lies sealed in the data folder until it is downloaded or over. Clause 4.7.';
comment on column app.export_made.password is 'The password of the file, sealed under the key of the file; both end with it.';
select app.guard_export('app.export_made', '{community} and {posts:setup}');

create table app.export_step (
  community_id bigint not null,
  copy_id uuid not null,
  step text not null constraint export_step_is_known check (step in ('shown', 'taken', 'expired', 'failed')),
  by_staff uuid,
  building_ids bigint[] not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint export_step_key primary key (community_id, copy_id, step),
  constraint export_step_of_copy foreign key (community_id, copy_id) references app.export_copy (community_id, copy_id)
);
comment on table app.export_step is 'What happens to a copy once: its password is shown, it is downloaded, its time is over, it could not be made. Each at most once.';
select app.guard_export('app.export_step',
  '{community} and (applicant = {actor} and {posts:clerk,supervisor,manager} or {posts:setup})');
drop function app.guard_export;

create table app.export_mark (
  community_id bigint not null,
  copy_id uuid not null,
  sealed bytea not null,
  at timestamptz(3) not null,
  constraint export_mark_key primary key (community_id, copy_id),
  constraint export_mark_of_copy foreign key (community_id, copy_id) references app.export_copy (community_id, copy_id)
);
comment on table app.export_mark is 'What a copy is known again by: tokens and spellings of its rows in their order, sealed, without a value. Clause 8.4.';
select app.distribute('app.export_mark');
select app.guard('app.export_mark', '{community} and {posts:privacy_officer}', '{community} and {posts:setup}', 'select, insert');

create table app.decoy (
  community_id bigint not null constraint decoy_of_community references app.community,
  decoy_id uuid not null,
  sealed bytea not null,
  made_by uuid not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint decoy_key primary key (community_id, decoy_id)
);
comment on table app.decoy is 'Households that do not exist, with numbers that the company owns; sealed, because whoever knows them can take them out. Clause 4.7.';
select app.distribute('app.decoy');
select app.guard('app.decoy', '{community} and {posts:privacy_officer}', '{community} and {posts:privacy_officer}', 'select, insert');

create table app.decoy_retired (
  community_id bigint not null,
  decoy_id uuid not null,
  by_staff uuid not null,
  at timestamptz(3) not null,
  constraint decoy_retired_key primary key (community_id, decoy_id),
  constraint decoy_retired_of_decoy foreign key (community_id, decoy_id) references app.decoy (community_id, decoy_id)
);
comment on table app.decoy_retired is 'Decoys that no new copy holds. Copies that held them are still known by them.';
select app.distribute('app.decoy_retired');
select app.guard('app.decoy_retired', '{community} and {posts:privacy_officer}', '{community} and {posts:privacy_officer}', 'select, insert');
