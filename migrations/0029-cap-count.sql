-- How many marks somebody has under a line, kept beside the marks: a heavy reader of 2 500 paid for counting all of them at
-- every look.
create table app.cap_count (
  person_id uuid not null,
  line text not null,
  since timestamptz(3) not null,
  count integer not null,
  constraint cap_count_key primary key (person_id, line)
) with (fillfactor = 50);
comment on table app.cap_count is 'How many marks of app.cap_mark a person has under a line. Locked while a look is counted. Clause 4.8.';
comment on column app.cap_count.since is 'Marks from then on are in the count; -infinity: to be counted anew.';
select app.local('app.cap_count');
select app.guard('app.cap_count', '{posts:meter}', '{posts:meter}', 'select, insert, update');

-- Takes one place under each line, or none: -1. Exact for all who ask at once, on every process, because the count of each
-- person's line is locked; in one order, so that two groups never wait for each other. Each statement sees what was committed
-- while the one before it waited.
create or replace function app.take_caps(p_staff uuid[], p_line text[], p_limit integer[], p_record uuid[], p_field text[], p_community bigint[],
  p_now timestamptz, p_days integer)
returns setof integer language plpgsql as $f$
declare
  v_from timestamptz := p_now - make_interval(days => p_days);
  v_person uuid[];
begin
  select array_agg(coalesce(p.person_id, u.staff) order by u.place) into v_person
  from unnest(p_staff) with ordinality as u (staff, place) left join app.same_person p on p.staff_id = u.staff;

  insert into app.cap_count
  select distinct u.person, u.line, '-infinity'::timestamptz, 0 from unnest(v_person, p_line) as u (person, line)
  where not exists (select from app.cap_count c where c.person_id = u.person and c.line = u.line)
  order by 1, 2
  on conflict on constraint cap_count_key do nothing;

  perform from app.cap_count c
  where exists (select from unnest(v_person, p_line) as u (person, line) where u.person = c.person_id and u.line = c.line)
    and c.person_id = any (v_person)
  order by c.person_id, c.line for no key update;

  -- What has grown old is forgotten within the hour, and at once where it would stop somebody.
  update app.cap_count c set since = v_from,
    count = (select count(*) from app.cap_mark m where m.person_id = c.person_id and m.line = c.line and m.at > v_from)
  from (select u.person, u.line, min(u.cap) as cap, count(*) as asked
    from unnest(v_person, p_line, p_limit) as u (person, line, cap) group by 1, 2) as a
  where c.person_id = a.person and c.line = a.line and c.since < v_from
    and (c.since < v_from - interval '1 hour' or c.count + a.asked > a.cap);

  return query
  with asked as (
    select u.*, c.count, c.since
    from unnest(v_person, p_line, p_limit, p_record, p_field, p_community)
      with ordinality as u (person, line, cap, record, field, community, place)
    join app.cap_count c on c.person_id = u.person and c.line = u.line
  ), each as (
    select distinct on (a.person, a.line, a.record, a.field) a.*, exists (
      select from app.cap_mark m where m.person_id = a.person and m.line = a.line and m.record_id = a.record
        and m.field = a.field and m.at > a.since) as known
    from asked a order by a.person, a.line, a.record, a.field, a.place
  ), placed as (
    select e.*, e.count + case when e.known then 0
      else sum(case when e.known then 0 else 1 end) over (partition by e.person, e.line order by e.place) end as nth
    from each e
  ), marked as (
    insert into app.cap_mark
    select p.person, p.line, p.record, p.field, p.community, p_now from placed p where p.known or p.nth <= p.cap
    on conflict on constraint cap_mark_key do update set at = excluded.at, community_id = excluded.community_id
  ), counted as (
    update app.cap_count c set count = n.count
    from (select p.person, p.line, max(p.nth)::int as count from placed p
      where not p.known and p.nth <= p.cap group by 1, 2) as n
    where c.person_id = n.person and c.line = n.line
  )
  select case when p.known or p.nth <= p.cap then p.nth else -1 end::int
  from asked a
  join placed p on p.person = a.person and p.line = a.line and p.record = a.record and p.field = a.field
  order by a.place;
end $f$;
comment on function app.take_caps is 'Counts looks towards the caps of 4.8, exactly. Runs under the rights of whoever calls.';
