-- Counting looks in one statement where nothing stands in the way. Clauses 1.5, 4.8.
--
-- Nearly every look is far from every line, of somebody whose counts are fresh. Then judging, marking and counting are one
-- statement under the lock of the person; step by step they were nine, and most of their time went into beginning each. Where a
-- count is missing, old, or near its line, nothing is written by it and the steps go as before.

alter function app.take_looks(uuid[], text[], integer[], uuid[], text[], bigint[], timestamptz, integer, uuid[], uuid[], integer[], jsonb)
  rename to take_looks_in_steps;

create function app.take_looks(p_staff uuid[], p_line text[], p_limit integer[], p_record uuid[], p_field text[], p_community bigint[],
  p_now timestamptz, p_days integer, p_home uuid[], p_subject uuid[], p_most integer[], p_rules jsonb)
returns table (count integer, exposure integer) language plpgsql as $f$
declare
  v_from timestamptz := p_now - make_interval(days => (p_rules ->> 'days')::int);
  v_fresh timestamptz := p_now - make_interval(days => p_days) - interval '1 hour';
  v_again integer := (p_rules ->> 'again')::int;
  v_fields jsonb := p_rules -> 'fields';
  v_person uuid[];
  v_is_fit boolean;
  v_counts integer[];
  v_exposure integer[];
begin
  select array_agg(coalesce(p.person_id, u.staff) order by u.place) into v_person
  from unnest(p_staff) with ordinality as u (staff, place) left join app.same_person p on p.staff_id = u.staff;

  -- The same locks in the same order as the steps take: what is read below nobody else is changing.
  perform pg_advisory_xact_lock(hashtextextended(o.person::text, 35))
  from (select distinct person from unnest(v_person) as u (person) order by 1) as o;

  with asked as (
    select u.*, (v_fields -> u.field ->> 0)::int as weight, (v_fields -> u.field ->> 1)::int as side,
      row_number() over (partition by u.person, u.home order by u.place) as turn
    from unnest(v_person, p_line, p_limit, p_record, p_field, p_community, p_home, p_subject, p_most)
      with ordinality as u (person, line, cap, record, field, community, home, subject, most, place)
  ), lines as (
    select a.person, a.line, c.since, c.count,
      c.since is not null and c.since >= v_fresh and c.count + a.asked <= a.cap as is_fit
    from (select person, line, min(cap) as cap, count(*) as asked from asked group by 1, 2) as a
    left join app.cap_count c on c.person_id = a.person and c.line = a.line
  ), fit as (
    select bool_and(is_fit) as is_fit from lines
  ), judged as (
    select a.*, coalesce(s.known, false) as is_known, coalesce(s.exposure, 0) as before,
      case when coalesce(s.times, 0) < v_again then a.weight else 0 end as more,
      a.side > 0 and coalesce(s.sides, 0) & (3 - a.side) > 0 as joins
    from asked a left join lateral (
      select sum((v_fields -> f.field ->> 0)::int * least(f.times, v_again))::int as exposure,
        bool_or(f.known) as known, sum(f.times) filter (where f.field = a.field)::int as times,
        bit_or((v_fields -> f.field ->> 1)::int) as sides
      from (
        select m.field, count(*)::int as times, bool_or(m.field = a.field and m.subject_id = a.subject) as known
        from app.mosaic_mark m where m.person_id = a.person and m.home_id = a.home and m.at > v_from group by m.field
      ) as f
    ) as s on a.turn = 1
  ), stated as (
    select j.*, case when j.turn > 1 then 1 when j.is_known then 0 when j.joins then -3
        when j.more > 0 and j.before + j.more > j.most then -2 else 0 end as state,
      case when j.is_known then j.before else j.before + j.more end as reached
    from judged j
  ), each as (
    select distinct on (a.person, a.line, a.record, a.field) a.*, l.count, exists (
      select from app.cap_mark m where m.person_id = a.person and m.line = a.line and m.record_id = a.record
        and m.field = a.field and m.at > l.since) as is_counted
    from stated a join lines l on l.person = a.person and l.line = a.line
    where a.state = 0 and (select f.is_fit from fit f)
    order by a.person, a.line, a.record, a.field, a.place
  ), placed as (
    select e.*, e.count + case when e.is_counted then 0
      else sum(case when e.is_counted then 0 else 1 end) over (partition by e.person, e.line order by e.place) end as nth
    from each e
  ), marked as (
    insert into app.cap_mark
    select p.person, p.line, p.record, p.field, p.community, p_now from placed p
    on conflict on constraint cap_mark_key do update set at = excluded.at, community_id = excluded.community_id
  ), counted as (
    update app.cap_count c set count = n.count
    from (select p.person, p.line, max(p.nth)::int as count from placed p where not p.is_counted group by 1, 2) as n
    where c.person_id = n.person and c.line = n.line
  ), pieced as (
    insert into app.mosaic_mark
    select s.person, s.home, s.field, s.subject, s.community, p_now from stated s where s.state = 0 and (select f.is_fit from fit f)
    on conflict on constraint mosaic_mark_key do update set at = excluded.at, community_id = excluded.community_id
  )
  select (select f.is_fit from fit f),
    array_agg(case s.state when 0 then p.nth::int when 1 then null else s.state end order by s.place), array_agg(s.reached order by s.place)
  into v_is_fit, v_counts, v_exposure
  from stated s left join placed p on s.state = 0 and p.person = s.person and p.line = s.line and p.record = s.record and p.field = s.field;

  if v_is_fit then
    return query select u.count, u.exposure from unnest(v_counts, v_exposure) as u (count, exposure);
  else
    return query select s.count, s.exposure from app.take_looks_in_steps(p_staff, p_line, p_limit, p_record, p_field, p_community,
      p_now, p_days, p_home, p_subject, p_most, p_rules) as s;
  end if;
end $f$;
comment on function app.take_looks is 'Counts looks towards the mosaic of 1.5 and the caps of 4.8, both or neither, exactly. Runs under the rights of whoever calls.';
comment on function app.take_looks_in_steps is 'The same where a count is missing, old, or near its line.';
