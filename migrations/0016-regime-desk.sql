-- How the regime changes: drafts, two signatures, versions; and the impact assessments that must come first. Clauses 1.6, 2.2, 2.3, 2.11.
-- The regime is the installation's: none of these rows belongs to a community, and none holds anything of an owner.

create table app.regime_draft (
  draft_id uuid primary key,
  title text not null,
  back_to integer,
  made_by uuid not null,
  made_at timestamptz(3) not null
);
comment on table app.regime_draft is 'A change of the regime that somebody prepares. Several may be open at once. Clause 2.3.';
comment on column app.regime_draft.back_to is 'The version whose content it brings back; null: a change of its own.';
select app.reference('app.regime_draft');
select app.guard('app.regime_draft', '{posts:privacy_officer,manager,auditor}', '{posts:privacy_officer}', 'select, insert');

create table app.regime_change (
  draft_id uuid not null constraint regime_change_of_draft references app.regime_draft,
  change integer not null constraint regime_change_counts_from_one check (change >= 1),
  based_on integer not null,
  content jsonb not null,
  digest bytea not null,
  changed_by uuid not null,
  changed_at timestamptz(3) not null,
  constraint regime_change_key primary key (draft_id, change)
);
comment on table app.regime_change is 'A draft as it was saved, each time: the whole content. A signature belongs to one of these rows.';
comment on column app.regime_change.based_on is 'The newest version when it was saved; a newer one asks for saving again.';
select app.reference('app.regime_change');
select app.guard('app.regime_change', '{posts:privacy_officer,manager,auditor}', '{posts:privacy_officer}', 'select, insert');

create table app.regime_signature (
  draft_id uuid not null,
  change integer not null,
  place smallint not null constraint regime_signature_is_first_or_second check (place in (1, 2)),
  signed_by uuid not null,
  post text not null constraint regime_signature_post_may_sign
    check (post = 'privacy_officer' or (post = 'manager' and place = 2)),
  active_since timestamptz(3),
  digest bytea not null,
  signed_at timestamptz(3) not null,
  constraint regime_signature_key primary key (draft_id, change, place),
  constraint regime_signature_of_two_persons unique (draft_id, change, signed_by),
  constraint regime_signature_of_change foreign key (draft_id, change) references app.regime_change (draft_id, change)
);
comment on table app.regime_signature is 'Two signatures by two persons put one saved draft into force. Clause 2.3.';
comment on column app.regime_signature.active_since is 'When the version is to come into force, as the first signs it; null: with the second signature.';
select app.reference('app.regime_signature');
select app.guard('app.regime_signature', '{posts:privacy_officer,manager,auditor}', '{posts:privacy_officer,manager}', 'select, insert');

create table app.regime_draft_end (
  draft_id uuid constraint regime_draft_ends_once primary key constraint regime_draft_end_of_draft references app.regime_draft,
  version integer constraint regime_draft_end_of_version references app.regime_version,
  change integer,
  ended_by uuid not null,
  ended_at timestamptz(3) not null
);
comment on table app.regime_draft_end is 'A draft became a version, or was withdrawn.';
comment on column app.regime_draft_end.version is 'The version it became; null: it was withdrawn.';
select app.reference('app.regime_draft_end');
select app.guard('app.regime_draft_end', '{posts:privacy_officer,manager,auditor}', '{posts:privacy_officer,manager}', 'select, insert');

create table app.assessment (
  assessment_id uuid primary key,
  purpose text not null constraint assessment_purpose_is_a_code check (purpose ~ '^[a-z][a-z0-9_]{1,39}$'),
  made_by uuid not null,
  made_at timestamptz(3) not null
);
comment on table app.assessment is 'An impact assessment of one purpose (PIPL 55, 56). Never deleted: it is kept for three years at least. Clause 2.11.';
select app.reference('app.assessment');
select app.guard('app.assessment', '{posts:privacy_officer,manager,auditor}', '{posts:privacy_officer}', 'select, insert');

create table app.assessment_edition (
  assessment_id uuid not null constraint assessment_edition_of_assessment references app.assessment,
  edition integer not null constraint assessment_edition_counts_from_one check (edition >= 1),
  content jsonb not null,
  digest bytea not null,
  written_by uuid not null,
  written_at timestamptz(3) not null,
  constraint assessment_edition_key primary key (assessment_id, edition)
);
comment on table app.assessment_edition is 'The answers of an assessment as they were saved, each time.';
select app.reference('app.assessment_edition');
select app.guard('app.assessment_edition', '{posts:privacy_officer,manager,auditor}', '{posts:privacy_officer}', 'select, insert');

create table app.assessment_signature (
  assessment_id uuid not null,
  edition integer not null,
  written_by uuid not null,
  signed_by uuid not null,
  post text not null,
  digest bytea not null,
  signed_at timestamptz(3) not null,
  constraint assessment_signature_key primary key (assessment_id, edition),
  constraint assessment_is_signed_by_another check (signed_by <> written_by),
  constraint assessment_signature_of_edition foreign key (assessment_id, edition) references app.assessment_edition (assessment_id, edition)
);
comment on table app.assessment_signature is 'Somebody other than the writer signed the edition off: from then on its purpose may go live. Clause 2.11.';
select app.reference('app.assessment_signature');
select app.guard('app.assessment_signature', '{posts:privacy_officer,manager,auditor}', '{posts:privacy_officer,manager}', 'select, insert');
