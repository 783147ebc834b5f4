-- Stopped on the spot: attempts to ask for more, what was ruled on them, lessons, training, proposals. Clauses 2.3, 2.4, 6.2.

create table app.attempt (
  community_id bigint not null constraint attempt_of_community references app.community,
  attempt_id uuid not null,
  at timestamptz(3) not null,
  actor uuid not null,
  post text not null,
  building_ids bigint[] not null,
  channel text not null constraint attempt_channel_is_known check (channel in ('api', 'form', 'import', 'text', 'proposal')),
  purpose text,
  field text not null constraint attempt_field_is_a_code check (field ~ '^[a-z][a-z0-9_]{0,39}$'),
  reason text not null,
  regime_version integer not null,
  seq bigint generated always as identity,
  constraint attempt_key primary key (community_id, attempt_id)
);
comment on table app.attempt is 'Somebody asked for what the regime does not let them collect, and was refused. Codes only: no value, no word that was typed. Clause 2.4.';
comment on column app.attempt.building_ids is 'The reach of whoever asked: their supervisor sees it.';
comment on column app.attempt.field is 'Code of the catalogue; unclassified for what the catalogue does not know.';
comment on column app.attempt.reason is 'Code of the refusal.';
create index attempt_newest on app.attempt (community_id, seq desc);
select app.distribute('app.attempt');
select app.guard('app.attempt', '{community} and {buildings} and {posts:supervisor,manager,privacy_officer}',
  '{community} and actor = {actor} and {posts:clerk,supervisor,manager,repairer,archivist,privacy_officer,system_admin,security_admin,auditor}',
  'select, insert');

create table app.attempt_ruling (
  community_id bigint not null,
  ruling_id uuid not null,
  attempt_id uuid not null,
  building_ids bigint[] not null,
  verdict text not null constraint ruling_verdict_is_known check (verdict in ('stop', 'forward', 'teach')),
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint attempt_ruling_key primary key (community_id, ruling_id),
  constraint ruling_of_attempt foreign key (community_id, attempt_id) references app.attempt (community_id, attempt_id)
);
comment on table app.attempt_ruling is 'What was ruled on an attempt: it stays stopped, it goes to the officer, it becomes a lesson. Clause 2.4.';
comment on column app.attempt_ruling.building_ids is 'Those of the attempt.';
create unique index attempt_is_forwarded_once on app.attempt_ruling (community_id, attempt_id) where verdict = 'forward';
create unique index attempt_is_ruled_on_once on app.attempt_ruling (community_id, attempt_id) where verdict <> 'forward';
select app.distribute('app.attempt_ruling');
select app.guard('app.attempt_ruling', '{community} and {buildings} and {posts:supervisor,manager,privacy_officer}',
  '{community} and {buildings} and by_staff = {actor} and {posts:supervisor,manager,privacy_officer}', 'select, insert');

create table app.lesson (
  community_id bigint not null,
  lesson_id uuid not null,
  attempt_id uuid not null,
  field text not null,
  purpose text,
  clause text not null constraint lesson_names_a_clause check (clause ~ '^\d{1,2}\.\d{1,2}$'),
  text_zh text not null constraint lesson_text_is_short check (char_length(text_zh) between 1 and 400),
  text_en text not null constraint lesson_english_is_short check (char_length(text_en) between 1 and 800),
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint lesson_key primary key (community_id, lesson_id),
  constraint attempt_teaches_once unique (community_id, attempt_id),
  constraint lesson_of_attempt foreign key (community_id, attempt_id) references app.attempt (community_id, attempt_id)
);
comment on table app.lesson is 'A case told to everybody, without persons: what was asked for, why it is not collected, under which clause. Clause 2.4.';
create index lesson_newest on app.lesson (community_id, seq desc);
select app.distribute('app.lesson');
select app.guard('app.lesson', '{community}', '{community} and by_staff = {actor} and {posts:supervisor,manager,privacy_officer}', 'select, insert');

create table app.training (
  community_id bigint not null constraint training_of_community references app.community,
  training_id uuid not null,
  staff_id uuid not null,
  course text not null constraint training_course_is_short check (char_length(course) between 1 and 60),
  passed_on date not null,
  valid_until date not null,
  recorded_by uuid not null,
  recorded_post text not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint training_key primary key (community_id, training_id),
  constraint training_lasts check (valid_until >= passed_on),
  constraint training_is_recorded_by_another check (recorded_by <> staff_id)
);
comment on table app.training is 'Who passed which course, and until when that counts. The newest entry of a person counts; an end date in the past takes it back. Clause 6.2.';
create index training_of_staff on app.training (community_id, staff_id, seq desc);
select app.distribute('app.training');
select app.guard('app.training', '{community} and (staff_id = {actor} or {posts:manager,privacy_officer})',
  '{community} and recorded_by = {actor} and {posts:manager,privacy_officer}', 'select, insert');

create table app.proposal (
  community_id bigint not null constraint proposal_of_community references app.community,
  proposal_id uuid not null,
  field text not null constraint proposal_field_is_short check (char_length(field) between 1 and 40),
  purpose text not null constraint proposal_purpose_is_short check (char_length(purpose) between 1 and 60),
  why text not null constraint proposal_reason_is_short check (char_length(why) between 1 and 500),
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint proposal_key primary key (community_id, proposal_id)
);
comment on table app.proposal is 'Somebody thinks that a service needs one more field. The privacy officer answers. Clause 2.4.';
create index proposal_newest on app.proposal (community_id, seq desc);
select app.distribute('app.proposal');
select app.guard('app.proposal', '{community} and (by_staff = {actor} or {posts:privacy_officer})',
  '{community} and by_staff = {actor} and {posts:clerk,supervisor,manager,repairer,archivist,privacy_officer,system_admin,security_admin,auditor}',
  'select, insert');

create table app.proposal_answer (
  community_id bigint not null,
  proposal_id uuid not null,
  staff_id uuid not null,
  verdict text not null constraint proposal_verdict_is_known check (verdict in ('taken_up', 'declined')),
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  constraint proposal_answer_key primary key (community_id, proposal_id),
  constraint answer_of_proposal foreign key (community_id, proposal_id) references app.proposal (community_id, proposal_id),
  constraint proposal_is_answered_by_another check (by_staff <> staff_id)
);
comment on table app.proposal_answer is 'What the privacy officer said to a proposal.';
comment on column app.proposal_answer.staff_id is 'Whoever proposed: they read the answer.';
select app.distribute('app.proposal_answer');
select app.guard('app.proposal_answer', '{community} and (staff_id = {actor} or {posts:privacy_officer})',
  '{community} and by_staff = {actor} and {posts:privacy_officer}', 'select, insert');
