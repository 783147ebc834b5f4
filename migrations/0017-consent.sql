-- Consent: texts in versions, what was asked and answered, and uses that run on it. Clauses 2.5-2.7, 2.10, 7.2.

create table app.consent_text (
  community_id bigint not null constraint consent_text_of_community references app.community,
  feature text not null constraint consent_feature_is_a_code check (feature ~ '^[a-z][a-z0-9_]{1,39}$'),
  version integer not null constraint consent_text_version_counts_from_one check (version >= 1),
  purpose text not null,
  fields text[] not null constraint consent_text_has_a_scope check (cardinality(fields) > 0),
  words jsonb not null,
  hashes jsonb not null,
  cool_down_days integer not null constraint consent_cool_down_is_sane check (cool_down_days between 1 and 3650),
  written_by uuid not null,
  since timestamptz(3) not null,
  constraint consent_text_key primary key (community_id, feature, version)
);
comment on table app.consent_text is 'What is asked, word for word, by feature. A new wording is a new version; the newest is in force. Clause 2.6.';
comment on column app.consent_text.words is 'language -> {name, text, use, without}: the request, what it is for, what happens without.';
comment on column app.consent_text.hashes is 'language -> SHA-256 of the rendered text, hexadecimal.';
select app.distribute('app.consent_text');
select app.guard('app.consent_text', '{community} and {posts:clerk,supervisor,manager,privacy_officer,auditor}', '{community} and {posts:privacy_officer}', 'select, insert');

create table app.consent_event (
  community_id bigint not null constraint consent_event_of_community references app.community,
  event_id uuid not null,
  person_id uuid not null,
  building_ids bigint[] not null,
  subject_ref bigint not null,
  feature text not null,
  kind text not null constraint consent_event_kind_is_known check (kind in ('asked', 're_asked', 'given', 'refused', 'withdrawn', 'lapsed')),
  purpose text not null,
  fields text[] not null,
  text_version integer not null,
  text_hash text not null constraint consent_text_hash_is_sha_256 check (text_hash ~ '^[0-9a-f]{64}$'),
  channel text not null constraint consent_channel_is_known check (channel in ('desk', 'paper', 'phone_page', 'phone_call')),
  language text not null,
  asked_by uuid,
  asked_post text,
  evidence text not null constraint consent_evidence_is_known check (evidence in ('none', 'signature', 'code', 'paper')),
  evidence_id uuid,
  paper_number text,
  paper_place text,
  guardian text constraint consent_guardian_is_known check (guardian in ('father', 'mother', 'other')),
  stopped jsonb,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint consent_event_key primary key (community_id, event_id),
  constraint consent_event_of_text foreign key (community_id, feature, text_version) references app.consent_text (community_id, feature, version),
  constraint consent_is_written check (kind <> 'given' or evidence <> 'none'),
  constraint consent_paper_is_placed check (evidence <> 'paper' or (paper_number is not null and paper_place is not null)),
  constraint consent_asker_has_a_post check ((asked_by is null) = (asked_post is null)),
  constraint only_a_withdrawal_stops check (stopped is null or kind = 'withdrawn')
);
comment on table app.consent_event is 'What was asked and answered, in order; never changed. The newest answer of a person to a feature counts. Clauses 2.5, 2.7.';
comment on column app.consent_event.asked_by is 'Who asked; null: the person came by themselves.';
comment on column app.consent_event.evidence_id is 'The sealed record that holds signature, scan and the guardian''s name; null: there is none.';
comment on column app.consent_event.guardian is 'Who answered for somebody under 14. The name lies with the evidence. Clause 2.10.';
comment on column app.consent_event.stopped is 'What a withdrawal stopped: uses by id, with feature, purpose and fields. Clause 2.7.';
create index consent_event_by_person on app.consent_event (community_id, person_id, seq);
create index consent_event_by_feature on app.consent_event (community_id, feature, seq);
select app.distribute('app.consent_event');
select app.guard('app.consent_event',
  '{community} and ({buildings} and {posts:clerk,supervisor,manager} or {posts:privacy_officer,auditor})',
  '{community} and {buildings} and {posts:clerk,supervisor,manager}', 'select, insert');

create table app.minor (
  community_id bigint not null constraint minor_of_community references app.community,
  person_id uuid not null,
  building_ids bigint[] not null,
  flagged_by uuid not null,
  flagged_post text not null,
  at timestamptz(3) not null,
  constraint minor_key primary key (community_id, person_id)
);
comment on table app.minor is 'Persons under 14: noted once, no birth date kept. Their guardian consents. Clause 2.10.';
select app.distribute('app.minor');
select app.guard('app.minor', '{community} and {buildings} and {posts:clerk,supervisor,manager}',
  '{community} and {buildings} and {posts:clerk,supervisor,manager}', 'select, insert');

create table app.consent_run (
  community_id bigint not null constraint consent_run_of_community references app.community,
  run_id uuid not null,
  feature text not null,
  purpose text not null,
  fields text[] not null,
  occasion text not null constraint consent_run_occasion_is_known check (occasion in ('spring_festival', 'mid_autumn', 'dragon_boat', 'national_day', 'other')),
  rule text not null,
  unlisted integer not null,
  started_by uuid not null,
  started_post text not null,
  regime_version integer not null,
  started_at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint consent_run_key primary key (community_id, run_id)
);
comment on table app.consent_run is 'A use that runs on consent, such as greetings for a festival: application, and the approval by the rule it names. Clauses 2.5, 4.2.';
comment on column app.consent_run.unlisted is 'How many persons in reach are not on the list because they have not consented. They are counted, not named.';
select app.distribute('app.consent_run');
select app.guard('app.consent_run', '{community} and {posts:clerk,supervisor,manager,privacy_officer,auditor}', '{community} and {posts:supervisor,manager}', 'select, insert');

create table app.consent_run_person (
  community_id bigint not null,
  run_id uuid not null,
  person_id uuid not null,
  building_ids bigint[] not null,
  subject_ref bigint not null,
  constraint consent_run_person_key primary key (community_id, run_id, person_id),
  constraint consent_run_person_of_run foreign key (community_id, run_id) references app.consent_run (community_id, run_id)
);
comment on table app.consent_run_person is 'Whom a use that runs on consent was started for: those who had consented by then.';
create index consent_run_person_by_person on app.consent_run_person (community_id, person_id);
select app.distribute('app.consent_run_person');
select app.guard('app.consent_run_person', '{community} and {buildings} and {posts:clerk,supervisor,manager}',
  '{community} and {buildings} and {posts:supervisor,manager}', 'select, insert');

create table app.consent_message (
  community_id bigint not null,
  run_id uuid not null,
  person_id uuid not null,
  building_ids bigint[] not null,
  outcome text not null constraint consent_message_outcome_is_known check (outcome in ('queued', 'stopped')),
  at timestamptz(3) not null,
  constraint consent_message_key primary key (community_id, run_id, person_id),
  constraint consent_message_of_person foreign key (community_id, run_id, person_id) references app.consent_run_person (community_id, run_id, person_id)
);
comment on table app.consent_message is 'The queue of a use: an entry a person, made after their consent was looked up at that moment. Holds no value.';
select app.distribute('app.consent_message');
select app.guard('app.consent_message', '{community} and {buildings} and {posts:clerk,supervisor,manager}',
  '{community} and {buildings} and {posts:clerk,supervisor,manager}', 'select, insert');

create table app.consent_run_ended (
  community_id bigint not null,
  run_id uuid not null,
  reason text not null constraint consent_run_end_is_known check (reason in ('done', 'stopped')),
  ended_by uuid,
  queued integer not null,
  stopped integer not null,
  at timestamptz(3) not null,
  constraint consent_run_ended_key primary key (community_id, run_id),
  constraint consent_run_ended_of_run foreign key (community_id, run_id) references app.consent_run (community_id, run_id)
);
comment on table app.consent_run_ended is 'The archive step of a use that ran on consent: how many entries were queued, how many stopped.';
select app.distribute('app.consent_run_ended');
select app.guard('app.consent_run_ended', '{community} and {posts:clerk,supervisor,manager,privacy_officer,auditor}', '{community} and {posts:supervisor,manager}', 'select, insert');
