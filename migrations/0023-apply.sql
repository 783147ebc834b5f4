-- Uses that people apply for: the application, its signatures, its grant from the first look, its end; who stands in for whom;
-- one person with several accounts; what counts towards the caps. Clauses 3.4, 4.2, 4.4, 4.5, 4.8.
-- Beside the uses of orders, not among them: those need an order and no person, these need persons and perhaps no order.

-- Every table of an application carries its applicant and buildings, so that one rule reads them all.
create function app.guard_application(p_tbl regclass, p_writes text) returns void language plpgsql as $f$
begin
  perform app.distribute(p_tbl);
  perform app.guard(p_tbl,
    '{community} and (applicant = {actor} and {posts:clerk,supervisor,manager} or {buildings} and {posts:supervisor,manager} or {posts:archivist,privacy_officer,auditor})',
    p_writes, 'select, insert');
end $f$;
comment on function app.guard_application is 'The template for tables of an application: the applicant, who signs, and who checks. All are histories.';

create table app.application (
  community_id bigint not null constraint application_of_community references app.community,
  application_id uuid not null,
  number text not null,
  purpose text not null,
  form text not null constraint application_form_is_known check (form in ('see', 'call', 'print', 'export', 'share')),
  fields text[] not null constraint application_names_fields check (cardinality(fields) > 0),
  order_id uuid,
  request_number text,
  is_older boolean not null,
  is_single boolean not null,
  hours integer not null constraint application_lasts check (hours > 0),
  window_hours integer not null,
  homes integer not null,
  age_days integer not null,
  hints text[] not null,
  posts text[] not null,
  refused_by text,
  follows uuid,
  building_ids bigint[] not null,
  applicant uuid not null,
  applicant_post text not null,
  regime_version integer not null,
  at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint application_key primary key (community_id, application_id),
  constraint application_number_is_unique unique (community_id, number),
  constraint application_has_a_ground check ((order_id is null) <> (request_number is null)),
  constraint application_is_signed_or_refused check ((refused_by is null) = (cardinality(posts) > 0))
);
comment on table app.application is 'Step 1 of a use that a person applies for: purpose, ground, fields, form, how long. Clauses 4.2, 4.4.';
comment on column app.application.posts is 'Whose signatures the rules ask for, in this order. Empty: a rule refused it.';
comment on column app.application.is_older is 'Also service records older than the limit: three slips. Clause 3.4.';
comment on column app.application.window_hours is 'Within so many hours of the last signature the first look must come. Clause 4.5.';
create index application_newest on app.application (community_id, seq desc);
create index application_of_applicant on app.application (community_id, applicant, at);
select app.guard_application('app.application', '{community} and applicant = {actor} and {posts:clerk,supervisor,manager}');

create table app.application_record (
  community_id bigint not null,
  application_id uuid not null,
  person_id uuid not null,
  home_id uuid not null,
  record_id uuid not null,
  class text not null,
  fields text[] not null,
  subject_ref bigint not null,
  building_ids bigint[] not null,
  applicant uuid not null,
  constraint application_record_key primary key (community_id, application_id, person_id, record_id, class),
  constraint application_record_of_application foreign key (community_id, application_id) references app.application (community_id, application_id)
);
comment on table app.application_record is 'Whom an application concerns, and which of their records: what comes later is not among them.';
comment on column app.application_record.record_id is 'The subject of the record: the person, or an order of theirs.';
select app.guard_application('app.application_record', '{community} and applicant = {actor} and {posts:clerk,supervisor,manager}');

create table app.application_signed (
  community_id bigint not null,
  application_id uuid not null,
  step integer not null,
  post text not null,
  verdict text not null constraint signature_verdict_is_known check (verdict in ('approved', 'refused')),
  reason text,
  fields text[] not null,
  persons uuid[] not null,
  hours integer not null,
  signed_by uuid not null,
  signed_post text not null,
  instead_of uuid,
  building_ids bigint[] not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint application_signed_key primary key (community_id, application_id, step),
  constraint signature_of_application foreign key (community_id, application_id) references app.application (community_id, application_id),
  constraint nobody_signs_their_own check (signed_by <> applicant and instead_of is distinct from applicant and instead_of is distinct from signed_by),
  constraint nobody_signs_two_steps unique (community_id, application_id, signed_by),
  constraint refusal_has_a_reason check ((verdict = 'refused') = (reason is not null))
);
comment on table app.application_signed is 'Step 2: one signature a post, in order; fields, persons and hours are what is left after it. Clause 4.4.';
comment on column app.application_signed.instead_of is 'For whom a deputy of the duty roster signed.';
select app.guard_application('app.application_signed',
  '{community} and signed_by = {actor} and applicant <> {actor} and ({buildings} and {posts:supervisor,manager} or {posts:archivist,privacy_officer})');

create table app.application_begun (
  community_id bigint not null,
  application_id uuid not null,
  building_ids bigint[] not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  until timestamptz(3) not null,
  constraint application_begun_key primary key (community_id, application_id),
  constraint application_begun_of_application foreign key (community_id, application_id) references app.application (community_id, application_id)
);
comment on table app.application_begun is 'The first look under a grant: its clock runs from here. Clause 4.5.';
select app.guard_application('app.application_begun', '{community} and applicant = {actor} and {posts:clerk,supervisor,manager}');

create table app.application_look (
  community_id bigint not null,
  application_id uuid not null,
  person_id uuid not null,
  field text not null,
  building_ids bigint[] not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint application_look_key primary key (community_id, application_id, person_id, field),
  constraint application_look_of_application foreign key (community_id, application_id) references app.application (community_id, application_id)
);
comment on table app.application_look is 'What a grant for single use has shown: each field of each person once. Clause 4.5.';
select app.guard_application('app.application_look', '{community} and applicant = {actor} and {posts:clerk,supervisor,manager}');

create table app.application_ended (
  community_id bigint not null,
  application_id uuid not null,
  reason text not null constraint application_end_reason_is_known
    check (reason in ('refused', 'timed_out', 'withdrawn', 'handed_back', 'revoked', 'order_closed', 'expired')),
  ended_by uuid,
  ended_post text,
  looks integer not null,
  building_ids bigint[] not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint application_ended_key primary key (community_id, application_id),
  constraint application_ended_of_application foreign key (community_id, application_id) references app.application (community_id, application_id)
);
comment on table app.application_ended is 'Step 4: the end of an application or its grant, with how often was looked. Nothing opens behind it.';
select app.guard_application('app.application_ended',
  '{community} and (applicant = {actor} and {posts:clerk,supervisor,manager} or {buildings} and {posts:supervisor,manager} or {posts:archivist,privacy_officer})');
drop function app.guard_application;

create table app.duty (
  community_id bigint not null constraint duty_of_community references app.community,
  duty_id uuid not null,
  post text not null constraint duty_post_signs check (post in ('supervisor', 'archivist', 'manager', 'privacy_officer')),
  for_staff uuid not null,
  deputy uuid not null,
  valid_from timestamptz(3) not null,
  valid_until timestamptz(3) not null,
  made_by uuid not null,
  at timestamptz(3) not null,
  constraint duty_key primary key (community_id, duty_id),
  constraint duty_lasts check (valid_until > valid_from),
  constraint duty_is_for_another check (for_staff <> deputy)
);
comment on table app.duty is 'Who signs in whose stead, in which post, from-until. Clause 4.4.';
create index duty_of_deputy on app.duty (community_id, deputy);
select app.distribute('app.duty');
select app.guard('app.duty', '{community} and {posts:supervisor,archivist,manager,privacy_officer,auditor}', '{community} and {posts:manager,privacy_officer}', 'select, insert');

create table app.duty_ended (
  community_id bigint not null,
  duty_id uuid not null,
  ended_by uuid not null,
  at timestamptz(3) not null,
  constraint duty_ended_key primary key (community_id, duty_id),
  constraint duty_ended_of_duty foreign key (community_id, duty_id) references app.duty (community_id, duty_id)
);
comment on table app.duty_ended is 'A duty that ended before its time.';
select app.distribute('app.duty_ended');
select app.guard('app.duty_ended', '{community} and {posts:supervisor,archivist,manager,privacy_officer,auditor}', '{community} and {posts:manager,privacy_officer}', 'select, insert');

create table app.same_person (
  staff_id uuid primary key constraint same_person_of_staff references app.staff on delete cascade,
  person_id uuid not null,
  linked_by uuid not null,
  at timestamptz(3) not null
);
comment on table app.same_person is 'Accounts that belong to one natural person: nobody signs what another account of theirs applied for, and their caps are one. Clauses 4.1, 4.4, 4.8.';
create index same_person_accounts on app.same_person (person_id);
select app.reference('app.same_person');
select app.guard('app.same_person', $$nullif(current_setting('app.actor', true), '') is not null$$,
  '{posts:privacy_officer,system_admin}', 'select, insert, update');

create table app.cap_mark (
  person_id uuid not null,
  line text not null,
  record_id uuid not null,
  field text not null,
  community_id bigint not null,
  at timestamptz(3) not null,
  constraint cap_mark_key primary key (person_id, line, record_id, field)
);
comment on table app.cap_mark is 'What somebody has seen in the clear of late, over all communities: each field of each record counts once. Clause 4.8.';
comment on column app.cap_mark.person_id is 'The natural person: see app.same_person.';
select app.local('app.cap_mark');
-- Only the server's own meter reads and writes it: nobody sees or lowers their count.
select app.guard('app.cap_mark', '{posts:meter}', '{posts:meter}', 'select, insert, update');

-- Takes one place under each line, or none: -1. Exact for all who ask at once, on every process, because each person's line is
-- locked; in one order, so that two groups never wait for each other.
create function app.take_caps(p_staff uuid[], p_line text[], p_limit integer[], p_record uuid[], p_field text[], p_community bigint[],
  p_now timestamptz, p_days integer)
returns setof integer language plpgsql as $f$
declare
  v_asked record;
  v_counts integer[] := array_fill(0, array[cardinality(p_staff)]);
  v_count integer;
  v_known boolean;
begin
  for v_asked in
    select u.*, coalesce(p.person_id, u.staff) as person
    from unnest(p_staff, p_line, p_limit, p_record, p_field, p_community)
      with ordinality as u (staff, line, cap, record, field, community, place)
    left join app.same_person p on p.staff_id = u.staff
    order by coalesce(p.person_id, u.staff), u.line, u.place
  loop
    perform pg_advisory_xact_lock(hashtextextended(v_asked.person::text || v_asked.line, 48));
    select count(*), coalesce(bool_or(m.record_id = v_asked.record and m.field = v_asked.field), false) into v_count, v_known
    from app.cap_mark m
    where m.person_id = v_asked.person and m.line = v_asked.line and m.at > p_now - make_interval(days => p_days);
    if v_known then
      update app.cap_mark m set at = p_now
      where m.person_id = v_asked.person and m.line = v_asked.line and m.record_id = v_asked.record and m.field = v_asked.field;
    elsif v_count >= v_asked.cap then
      v_count := -1;
    else
      insert into app.cap_mark values (v_asked.person, v_asked.line, v_asked.record, v_asked.field, v_asked.community, p_now)
      on conflict on constraint cap_mark_key do update set at = excluded.at, community_id = excluded.community_id;
      v_count := v_count + 1;
    end if;
    v_counts[v_asked.place::int] := v_count;
  end loop;
  return query select unnest(v_counts);
end $f$;
comment on function app.take_caps is 'Counts looks towards the caps of 4.8, exactly. Runs under the rights of whoever calls.';
