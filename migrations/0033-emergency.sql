-- Break-glass: one household's contact, at once, for half an hour; reviewed by two, told to the owner. Clauses 4.2, 4.9.

-- Every table of an emergency carries who broke the glass and the building, so that one rule reads them all.
create function app.guard_emergency(p_tbl regclass, p_writes text) returns void language plpgsql as $f$
begin
  perform app.distribute(p_tbl);
  perform app.guard(p_tbl,
    '{community} and (applicant = {actor} and {posts:clerk,supervisor,manager} or {building} and {posts:supervisor,manager} or {posts:privacy_officer,auditor})',
    p_writes, 'select, insert');
end $f$;
comment on function app.guard_emergency is 'The template for tables of an emergency: who broke the glass, who reviews, who checks. All are histories.';

create table app.emergency (
  community_id bigint not null constraint emergency_of_community references app.community,
  emergency_id uuid not null,
  number text not null,
  reason text not null constraint emergency_reason_is_known check (reason in ('fire', 'flood', 'gas', 'medical', 'lift')),
  words text not null constraint emergency_words_are_short check (char_length(words) between 1 and 200),
  fields text[] not null constraint emergency_names_fields check (cardinality(fields) > 0),
  home_id uuid not null,
  place text not null,
  rule text not null,
  building_id bigint not null,
  applicant uuid not null,
  applicant_post text not null,
  regime_version integer not null,
  at timestamptz(3) not null,
  until timestamptz(3) not null,
  review_by timestamptz(3) not null,
  tell_by timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint emergency_key primary key (community_id, emergency_id),
  constraint emergency_number_is_unique unique (community_id, number),
  constraint emergency_has_one_home unique (community_id, emergency_id, home_id),
  constraint emergency_opens_no_closed_kind check (fields <@ '{phone,landline,emergency_contact,title,name,home}'::text[]),
  constraint emergency_lasts_half_an_hour_at_most check (until > at and until <= at + interval '30 minutes'),
  constraint emergency_is_reviewed_within_a_day check (review_by > at and review_by <= at + interval '24 hours')
);
comment on table app.emergency is 'Steps 1 and 2 of a use in an emergency: who broke the glass, for which household, and the rule of the regime that lets them. Clause 4.9.';
comment on column app.emergency.words is 'What happened, in a sentence; phones, numbers and plates in it were masked.';
comment on constraint emergency_opens_no_closed_kind on app.emergency is 'What is sensitive or apart (trajectory, identity number, health, children) is closed: nobody can break it, whatever a regime says.';
create index emergency_newest on app.emergency (community_id, seq desc);
create index emergency_of_applicant on app.emergency (community_id, applicant, at);
select app.guard_emergency('app.emergency', '{community} and {building} and applicant = {actor} and {posts:clerk,supervisor,manager}');

create table app.emergency_person (
  community_id bigint not null,
  emergency_id uuid not null,
  person_id uuid not null,
  home_id uuid not null,
  subject_ref bigint not null,
  building_id bigint not null,
  applicant uuid not null,
  constraint emergency_person_key primary key (community_id, emergency_id, person_id),
  constraint emergency_person_is_of_the_home foreign key (community_id, emergency_id, home_id)
    references app.emergency (community_id, emergency_id, home_id)
);
comment on table app.emergency_person is 'Whom of the one household an emergency opens: what lies on file as identity, and of that the fields of the emergency. Children under 14 are none of them (2.10).';
select app.guard_emergency('app.emergency_person', '{community} and {building} and applicant = {actor} and {posts:clerk,supervisor,manager}');

create table app.emergency_ended (
  community_id bigint not null,
  emergency_id uuid not null,
  reason text not null constraint emergency_end_reason_is_known check (reason in ('handed_back', 'stopped')),
  ended_by uuid not null,
  ended_post text not null,
  building_id bigint not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint emergency_ended_key primary key (community_id, emergency_id),
  constraint end_of_emergency foreign key (community_id, emergency_id) references app.emergency (community_id, emergency_id),
  constraint emergency_is_handed_back_by_its_applicant check ((reason = 'handed_back') = (ended_by = applicant))
);
comment on table app.emergency_ended is 'An emergency that ended before its time: handed back by whoever broke the glass, or stopped by whoever supervises.';
select app.guard_emergency('app.emergency_ended',
  '{community} and ended_by = {actor} and (applicant = {actor} and {posts:clerk,supervisor,manager} or {building} and {posts:supervisor,manager} or {posts:privacy_officer})');

create table app.emergency_review (
  community_id bigint not null,
  emergency_id uuid not null,
  place integer not null constraint emergency_has_two_reviews check (place in (1, 2)),
  verdict text not null constraint emergency_verdict_is_known check (verdict in ('justified', 'not_justified')),
  why text not null,
  signed_by uuid not null,
  signed_post text not null,
  building_id bigint not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint emergency_review_key primary key (community_id, emergency_id, place),
  constraint review_of_emergency foreign key (community_id, emergency_id) references app.emergency (community_id, emergency_id),
  constraint nobody_reviews_their_own check (signed_by <> applicant),
  constraint nobody_reviews_twice unique (community_id, emergency_id, signed_by),
  constraint review_has_a_reason check (case verdict when 'justified' then why in ('on_site', 'reported', 'other_proof')
    else why in ('no_emergency', 'other_way', 'too_much', 'nobody_called') end)
);
comment on table app.emergency_review is 'What two people, other than whoever broke the glass, found of it. Clause 4.9.';
select app.guard_emergency('app.emergency_review',
  '{community} and signed_by = {actor} and applicant <> {actor} and ({building} and {posts:supervisor,manager} or {posts:privacy_officer})');

create table app.emergency_archived (
  community_id bigint not null,
  emergency_id uuid not null,
  looks integer not null,
  signed_by uuid not null,
  signed_post text not null,
  building_id bigint not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint emergency_archived_key primary key (community_id, emergency_id),
  constraint archive_of_emergency foreign key (community_id, emergency_id) references app.emergency (community_id, emergency_id),
  constraint nobody_archives_their_own check (signed_by <> applicant)
);
comment on table app.emergency_archived is 'Step 4: archived by the second review, with how often was looked. Step 3, the register, is the traces that carry its id.';
select app.guard_emergency('app.emergency_archived',
  '{community} and signed_by = {actor} and applicant <> {actor} and ({building} and {posts:supervisor,manager} or {posts:privacy_officer})');

-- Behind row security, so that whoever may not write is told that and nothing else.
create function app.archived_by_two_persons() returns trigger language plpgsql as $f$
begin
  if (select count(distinct coalesce(p.person_id, r.signed_by)) from app.emergency_review r
      left join app.same_person p on p.staff_id = r.signed_by
      where r.community_id = new.community_id and r.emergency_id = new.emergency_id) < 2 then
    raise exception 'an emergency is reviewed by two persons' using errcode = 'check_violation', constraint = 'emergency_is_reviewed_by_two';
  end if;
  return null;
end $f$;
comment on function app.archived_by_two_persons is 'Two accounts of one natural person are one. Clauses 4.1, 4.9.';
create constraint trigger emergency_is_reviewed_by_two after insert on app.emergency_archived
  for each row execute function app.archived_by_two_persons();

create table app.emergency_told (
  community_id bigint not null,
  emergency_id uuid not null,
  how text not null constraint telling_way_is_known check (how in ('phone', 'visit', 'letter')),
  told_at timestamptz(3) not null,
  signed_by uuid not null,
  signed_post text not null,
  building_id bigint not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint emergency_told_key primary key (community_id, emergency_id),
  constraint telling_of_emergency foreign key (community_id, emergency_id) references app.emergency (community_id, emergency_id),
  constraint told_before_it_is_recorded check (told_at <= at)
);
comment on table app.emergency_told is 'That the owner was told, how and when. By staff: owners have no page of their own yet. Clauses 4.9, 7.1.';
select app.guard_emergency('app.emergency_told',
  '{community} and signed_by = {actor} and ({building} and {posts:supervisor,manager} or {posts:privacy_officer})');
drop function app.guard_emergency;

-- A use that was not justified is an incident.
alter table app.incident drop constraint incident_kind_is_known;
alter table app.incident add constraint incident_kind_is_known check (kind in ('other_device', 'emergency_not_justified'));
alter table app.incident alter column order_id drop not null;
alter table app.incident add column emergency_id uuid;
alter table app.incident add constraint incident_is_about_one_thing
  check ((kind = 'other_device') = (order_id is not null) and (kind = 'emergency_not_justified') = (emergency_id is not null));
alter table app.incident add constraint incident_of_emergency foreign key (community_id, emergency_id)
  references app.emergency (community_id, emergency_id);
create unique index emergency_raises_one_incident on app.incident (community_id, emergency_id);
comment on column app.incident.emergency_id is 'The use in an emergency that a reviewer found not justified.';
do $d$
begin
  execute 'alter policy adds on app.incident with check ('
    || app.rule('{community} and ({building} and {posts:supervisor,manager} or assignee = {actor} and {posts:repairer} or {posts:privacy_officer})') || ')';
end $d$;
