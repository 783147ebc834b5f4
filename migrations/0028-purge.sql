-- What a community holds that no purpose needs goes into a purge plan, which two persons answer for. Clauses 2.3, 5.1.

create table app.purge_plan (
  community_id bigint not null constraint purge_plan_of_community references app.community,
  plan_id uuid not null,
  number text not null,
  regime_version integer not null,
  lines jsonb not null constraint purge_plan_has_lines check (jsonb_typeof(lines) = 'array' and lines <> '[]'),
  digest bytea not null,
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint purge_plan_key primary key (community_id, plan_id),
  constraint purge_plan_number_is_unique unique (community_id, number)
);
comment on table app.purge_plan is 'What is to be destroyed because no purpose needs it, as the privacy officer drew it up. Never changed. Clause 5.1.';
comment on column app.purge_plan.lines is '[{why, field, purpose, buildingId, building, count}]: fields and counts, never a value or a person.';
comment on column app.purge_plan.digest is 'SHA-256 of number, version and lines in their one spelling: what is signed.';
create index purge_plan_newest on app.purge_plan (community_id, seq desc);
select app.distribute('app.purge_plan');
select app.guard('app.purge_plan', '{community} and {posts:privacy_officer,manager,auditor}',
  '{community} and by_staff = {actor} and {posts:privacy_officer}', 'select, insert');

create table app.purge_plan_end (
  community_id bigint not null,
  plan_id uuid not null,
  outcome text not null constraint purge_outcome_is_known check (outcome in ('handed_over', 'withdrawn')),
  drawn_by uuid not null,
  digest bytea not null,
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  constraint purge_plan_end_key primary key (community_id, plan_id),
  constraint end_of_purge_plan foreign key (community_id, plan_id) references app.purge_plan (community_id, plan_id),
  constraint purge_plan_is_signed_by_another check (outcome = 'withdrawn' or by_staff <> drawn_by)
);
comment on table app.purge_plan_end is 'A plan was signed by a second person and handed over to destruction, or withdrawn before that. Clause 5.2.';
comment on column app.purge_plan_end.digest is 'That of the plan as the second person signed it.';
select app.distribute('app.purge_plan_end');
select app.guard('app.purge_plan_end', '{community} and {posts:privacy_officer,manager,auditor}',
  '{community} and by_staff = {actor} and {posts:privacy_officer,manager}', 'select, insert');
