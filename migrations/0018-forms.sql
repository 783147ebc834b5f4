-- Forms, the channels they come through, sheets of paper, links at the counter, what a phone sent in, the public notice. Clauses 2.1, 2.3, 2.5, 2.6, 2.8.

create table app.channel_version (
  community_id bigint not null constraint channel_version_of_community references app.community,
  channel text not null constraint channel_is_known check (channel in
    ('desk', 'paper', 'phone', 'import', 'app', 'call_centre', 'gate', 'parking', 'pms')),
  version integer not null constraint channel_version_counts_from_one check (version >= 1),
  state text not null constraint channel_state_is_known check (state in ('in_use', 'stopped')),
  purposes text[] not null,
  fields text[] not null,
  responsible uuid,
  changed_by uuid not null,
  at timestamptz(3) not null,
  constraint channel_version_key primary key (community_id, channel, version),
  constraint channel_in_use_has_somebody check (state = 'stopped' or responsible is not null)
);
comment on table app.channel_version is 'The register of channels: each change a row, the newest counts. What a channel does not list is refused there. Clause 2.8.';
comment on column app.channel_version.responsible is 'Staff id of whoever answers for the channel.';
select app.distribute('app.channel_version');
select app.guard('app.channel_version', '{community}', '{community} and {posts:privacy_officer}', 'select, insert');

create table app.form_link (
  community_id bigint not null constraint form_link_of_community references app.community,
  link_id uuid not null,
  purpose text not null,
  token text not null constraint form_token_has_128_bits check (length(token) = 22),
  made_by uuid not null,
  at timestamptz(3) not null,
  constraint form_link_key primary key (community_id, link_id),
  constraint form_token_is_unique unique (community_id, token)
);
comment on table app.form_link is 'A code at the counter that opens the form of one purpose on a phone.';
comment on column app.form_link.token is 'Hangs at the counter for everybody to scan: opens an empty form and nothing else.';
select app.distribute('app.form_link');
select app.guard('app.form_link', '{community} and {posts:clerk,supervisor,manager,privacy_officer,phone_page}',
  '{community} and {posts:supervisor,manager,privacy_officer}', 'select, insert');

create table app.form_link_stopped (
  community_id bigint not null,
  link_id uuid not null,
  stopped_by uuid not null,
  at timestamptz(3) not null,
  constraint form_link_stopped_key primary key (community_id, link_id),
  constraint form_link_stopped_of_link foreign key (community_id, link_id) references app.form_link (community_id, link_id)
);
comment on table app.form_link_stopped is 'Codes that were stopped or replaced: from then on they open nothing.';
select app.distribute('app.form_link_stopped');
select app.guard('app.form_link_stopped', '{community} and {posts:clerk,supervisor,manager,privacy_officer,phone_page}',
  '{community} and {posts:supervisor,manager,privacy_officer}', 'select, insert');

create table app.form_sheet (
  community_id bigint not null constraint form_sheet_of_community references app.community,
  sheet bigint not null constraint form_sheet_counts_from_one check (sheet >= 1),
  purpose text not null,
  regime_version integer not null,
  printed_by uuid not null,
  at timestamptz(3) not null,
  constraint form_sheet_key primary key (community_id, sheet)
);
comment on table app.form_sheet is 'Paper forms by number: which form, of which regime, printed by whom. The numbers of a community are consecutive.';
select app.distribute('app.form_sheet');
select app.guard('app.form_sheet', '{community} and {posts:clerk,supervisor,manager,privacy_officer,archivist}',
  '{community} and {posts:clerk,supervisor,manager}', 'select, insert');

create table app.form_submission (
  community_id bigint not null constraint form_submission_of_community references app.community,
  submission_id uuid not null,
  subject_id uuid not null,
  purpose text not null,
  channel text not null,
  link_id uuid,
  sheet bigint,
  building_id bigint,
  home_id uuid,
  place text,
  fields text[] not null,
  agreed text[] not null,
  features text[] not null,
  regime_version integer not null,
  taken_by uuid,
  at timestamptz(3) not null,
  constraint form_submission_key primary key (community_id, submission_id),
  constraint form_submission_of_sheet foreign key (community_id, sheet) references app.form_sheet (community_id, sheet),
  constraint form_submission_of_link foreign key (community_id, link_id) references app.form_link (community_id, link_id)
);
comment on table app.form_submission is 'Forms that were filled in: which fields, through which channel, under which regime. Values and masks lie in a record until the form is accepted or rejected.';
comment on column app.form_submission.subject_id is 'Under which the record of the form lies; never an id that a client chose.';
comment on column app.form_submission.building_id is 'Null: the form asks for no home. Whoever reaches the whole community sees it.';
comment on column app.form_submission.place is 'The home''s own name. A place by itself names nobody.';
comment on column app.form_submission.agreed is 'Optional fields that the person switched on.';
comment on column app.form_submission.taken_by is 'Null: sent by the person''s own phone.';
create unique index form_sheet_is_entered_once on app.form_submission (community_id, sheet) where sheet is not null;
create index form_submission_newest on app.form_submission (community_id, at desc);
select app.distribute('app.form_submission');
select app.guard('app.form_submission',
  '{community} and {building} and {posts:clerk,supervisor,manager,phone_page}',
  '{community} and {building} and {posts:clerk,supervisor,manager,phone_page}', 'select, insert');

create table app.form_verdict (
  community_id bigint not null,
  submission_id uuid not null,
  building_id bigint,
  verdict text not null constraint form_verdict_is_known check (verdict in ('accepted', 'rejected')),
  reason text constraint form_reason_is_known check (reason in ('unknown_person', 'wrong_home', 'incomplete', 'twice', 'not_ours')),
  outcome text constraint form_outcome_is_known check (outcome in ('roster', 'order', 'kept')),
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  constraint form_verdict_key primary key (community_id, submission_id),
  constraint form_verdict_of_submission foreign key (community_id, submission_id) references app.form_submission (community_id, submission_id),
  constraint form_rejection_has_a_reason check ((verdict = 'rejected') = (reason is not null) and (verdict = 'accepted') = (outcome is not null))
);
comment on table app.form_verdict is 'What the desk made of a form, once: taken into the roster, made an order, kept as a record, or rejected for a reason out of a list.';
select app.distribute('app.form_verdict');
select app.guard('app.form_verdict',
  '{community} and {building} and {posts:clerk,supervisor,manager}',
  '{community} and {building} and {posts:clerk,supervisor,manager}', 'select, insert');

create table app.notice_contact (
  community_id bigint not null constraint notice_contact_of_community references app.community,
  version integer not null constraint notice_contact_counts_from_one check (version >= 1),
  officer text not null,
  phone text not null,
  email text not null,
  address text not null,
  changed_by uuid not null,
  at timestamptz(3) not null,
  constraint notice_contact_key primary key (community_id, version)
);
comment on table app.notice_contact is 'Whom owners turn to, as the public notice tells it (PIPL 17). Published on purpose; the newest counts.';
select app.distribute('app.notice_contact');
select app.guard('app.notice_contact', '{community}', '{community} and {posts:privacy_officer}', 'select, insert');

-- The phone page acts for nobody who is signed in: it finds one home by its name and leaves one sealed record there.
do $d$
begin
  execute format('create policy phone_page_finds on app.home for select to hudun_app using (%s)',
    app.rule('{community} and {building} and {posts:phone_page}'));
  execute format('create policy phone_page_adds on app.record for insert to hudun_app with check (%s)',
    app.rule($r${community} and class = 'service' and {buildings} and {posts:phone_page}$r$));
end $d$;
