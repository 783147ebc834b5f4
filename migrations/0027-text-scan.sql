-- Stored free text is gone through again at night, because the rules of the guard are data and change. Clause 2.9.

create table app.text_scan (
  community_id bigint not null constraint text_scan_of_community references app.community,
  scan_id uuid not null,
  occasion text not null constraint text_scan_occasion_is_known check (occasion in ('nightly', 'by_hand')),
  day date not null,
  total integer not null,
  by_staff uuid,
  by_post text not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint text_scan_key primary key (community_id, scan_id),
  constraint text_scan_by_hand_names_somebody check ((occasion = 'by_hand') = (by_staff is not null))
);
comment on table app.text_scan is 'Once through all stored free text of a community. Clause 2.9.';
comment on column app.text_scan.day is 'The day in the house''s zone.';
comment on column app.text_scan.total is 'Records there were to go through when it began.';
create unique index text_scan_once_a_night on app.text_scan (community_id, day) where occasion = 'nightly';
create index text_scan_newest on app.text_scan (community_id, seq desc);
select app.distribute('app.text_scan');
select app.guard('app.text_scan', '{community} and {posts:privacy_officer,manager,auditor,setup}',
  '{community} and (by_staff = {actor} and {posts:privacy_officer} or by_staff is null and {posts:setup})', 'select, insert');

create table app.text_scan_step (
  community_id bigint not null,
  scan_id uuid not null,
  step integer not null constraint text_scan_step_counts_from_one check (step >= 1),
  after_subject uuid not null,
  after_class text not null,
  scanned integer not null,
  unreadable integer not null,
  found integer not null,
  is_last boolean not null,
  at timestamptz(3) not null,
  constraint text_scan_step_key primary key (community_id, scan_id, step),
  constraint step_of_scan foreign key (community_id, scan_id) references app.text_scan (community_id, scan_id)
);
comment on table app.text_scan_step is 'How far a scan has come: written with the findings of its batch, so that whoever takes it up goes on behind it.';
comment on column app.text_scan_step.after_subject is 'The last record gone through; the next batch begins behind it.';
comment on column app.text_scan_step.scanned is 'Records gone through so far; unreadable and found likewise.';
select app.distribute('app.text_scan_step');
select app.guard('app.text_scan_step', '{community} and {posts:privacy_officer,manager,auditor,setup}', '{community} and {posts:setup}',
  'select, insert');

create table app.text_finding (
  community_id bigint not null,
  finding_id uuid not null,
  scan_id uuid not null,
  subject_id uuid not null,
  class text not null,
  field text not null,
  kind text not null constraint text_finding_kind_is_a_code check (kind ~ '^[a-z][a-z_]{0,39}$'),
  count integer not null constraint text_finding_found_something check (count >= 1),
  building_ids bigint[] not null,
  order_id uuid,
  order_number text,
  subject_ref bigint,
  found_at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint text_finding_key primary key (community_id, finding_id),
  constraint finding_of_scan foreign key (community_id, scan_id) references app.text_scan (community_id, scan_id)
);
comment on table app.text_finding is 'A stored text holds something personal: which record and field, what kind, how many. Never the words or where they stand. Clause 2.9.';
comment on column app.text_finding.subject_id is 'Subject of the record: an order, a form or a person.';
create index text_finding_newest on app.text_finding (community_id, seq desc);
create index text_finding_of_record on app.text_finding (community_id, subject_id);
select app.distribute('app.text_finding');
select app.guard('app.text_finding', '{community} and {posts:privacy_officer,manager,auditor,setup}', '{community} and {posts:setup}', 'select, insert');

create table app.text_ruling (
  community_id bigint not null,
  finding_id uuid not null,
  verdict text not null constraint text_verdict_is_known check (verdict in ('mask', 'move', 'keep')),
  reason text constraint text_ruling_reason_is_known check (reason in ('not_personal', 'needed_on_site', 'caller_asked', 'public_number')),
  changed integer not null,
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  constraint text_ruling_key primary key (community_id, finding_id),
  constraint ruling_of_finding foreign key (community_id, finding_id) references app.text_finding (community_id, finding_id),
  constraint keeping_has_a_reason check ((verdict = 'keep') = (reason is not null))
);
comment on table app.text_ruling is 'What the privacy officer decided about a finding: masked in the text, moved into its field, or kept for a reason.';
comment on column app.text_ruling.changed is 'How many places of the text were changed.';
select app.distribute('app.text_ruling');
select app.guard('app.text_ruling', '{community} and {posts:privacy_officer,manager,auditor,setup}',
  '{community} and by_staff = {actor} and {posts:privacy_officer}', 'select, insert');
