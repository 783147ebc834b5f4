-- Under 14 and under 18, worked out once from the identity number; until which month, and what ends then. Clause 2.10.

create table app.age_month (
  community_id bigint not null constraint age_month_of_community references app.community,
  person_id uuid not null,
  building_ids bigint[] not null,
  under smallint not null constraint age_is_one_that_law_names check (under in (14, 18)),
  ends date not null constraint age_ends_with_a_month check (extract(day from ends) = 1),
  by_staff uuid,
  by_post text not null,
  at timestamptz(3) not null,
  constraint age_month_key primary key (community_id, person_id, under)
);
comment on table app.age_month is 'Whoever is under 14, under 18, and the first day of the month after: no birth date. Gone when that day comes. Clause 2.10.';
comment on column app.age_month.ends is 'A month late rather than a day early, and no day of birth can be read from it.';
create index age_month_due on app.age_month (community_id, ends);
select app.distribute('app.age_month');
select app.guard('app.age_month', '{community} and {buildings} and {posts:clerk,supervisor,manager}',
  '{community} and {buildings} and {posts:clerk,supervisor,manager}', 'select, insert, update, delete');
revoke update on app.age_month from hudun_app;
grant update (building_ids) on app.age_month to hudun_app;

create table app.minor_ended (
  community_id bigint not null constraint minor_ended_of_community references app.community,
  ended_id uuid not null,
  person_id uuid not null,
  noted_at timestamptz(3) not null,
  building_ids bigint[] not null,
  reason text not null constraint minor_end_reason_is_known check (reason in ('turned_14', 'said_so')),
  by_staff uuid,
  by_post text not null,
  at timestamptz(3) not null,
  constraint minor_ended_key primary key (community_id, ended_id)
);
comment on table app.minor_ended is 'That somebody is no longer taken for under 14: the month has come, or who supervises said so. Clause 2.10.';
comment on column app.minor_ended.noted_at is 'When they had been noted.';
create index minor_ended_of_person on app.minor_ended (community_id, person_id);
select app.distribute('app.minor_ended');
select app.guard('app.minor_ended', '{community} and {buildings} and {posts:clerk,supervisor,manager}',
  '{community} and {buildings} and {posts:supervisor,manager}', 'select, insert');

-- A note is taken back with a record of its own, and goes with whoever moves.
alter table app.minor alter column flagged_by drop not null;
comment on column app.minor.flagged_by is 'Null: the server itself, from an identity number.';
drop trigger append_only on app.minor;
drop trigger keep_whole on app.minor;
grant delete, update (building_ids) on app.minor to hudun_app;
do $d$
begin
  execute format('create policy removes on app.minor for delete to hudun_app using (%s)',
    app.rule('{community} and {buildings} and {posts:supervisor,manager}'));
  execute format('create policy changes on app.minor for update to hudun_app using (%1$s) with check (%1$s)',
    app.rule('{community} and {buildings} and {posts:manager}'));
end $d$;

create function app.minor_ends_on_record() returns trigger language plpgsql as $f$
begin
  if not exists (select from app.minor_ended e
    where e.community_id = old.community_id and e.person_id = old.person_id and e.noted_at = old.at) then
    raise exception 'whoever is no longer under 14 is recorded to be' using errcode = 'check_violation', constraint = 'minor_ends_on_record';
  end if;
  return old;
end $f$;
comment on function app.minor_ends_on_record is 'No note of a child goes without a trace of why. Clause 2.10.';
create trigger minor_ends_on_record before delete on app.minor for each row execute function app.minor_ends_on_record();
