-- Mosaic: what one person has put together of one household, over all classes. Clause 1.5.

create table app.mosaic_mark (
  person_id uuid not null,
  home_id uuid not null,
  field text not null,
  subject_id uuid not null,
  community_id bigint not null,
  at timestamptz(3) not null,
  constraint mosaic_mark_key primary key (person_id, home_id, field, subject_id)
);
comment on table app.mosaic_mark is 'Which fields of whom in a household somebody was answered, and when last. What was refused leaves no mark. Clause 1.5.';
comment on column app.mosaic_mark.person_id is 'The natural person who looked: see app.same_person.';
comment on column app.mosaic_mark.subject_id is 'The person the field is of; a matter of service counts by its order.';
create index mosaic_mark_of_home on app.mosaic_mark (home_id);
select app.local('app.mosaic_mark');
-- Only the server's own meter reads and writes it: nobody sees or lowers what they have put together.
select app.guard('app.mosaic_mark', '{posts:meter}', '{posts:meter}', 'select, insert, update');

-- One call a look: first what the look would add to the mosaic, then its place under the caps; both are taken, or neither.
-- Exact, on every process, because the person is locked until the group commits. The second of a group that asks about the same
-- household is told to ask again (count null): it must see what the first one added.
-- Count: as of app.take_caps; -2: beyond the line of the household; -3: would join what must stay apart.
create function app.take_looks(p_staff uuid[], p_line text[], p_limit integer[], p_record uuid[], p_field text[], p_community bigint[],
  p_now timestamptz, p_days integer, p_home uuid[], p_subject uuid[], p_most integer[], p_rules jsonb)
returns table (count integer, exposure integer) language plpgsql as $f$
declare
  v_from timestamptz := p_now - make_interval(days => (p_rules ->> 'days')::int);
  v_again integer := (p_rules ->> 'again')::int;
  v_person uuid[];
  v_state integer[];
  v_exposure integer[];
  v_counts integer[];
begin
  select array_agg(coalesce(p.person_id, u.staff) order by u.place) into v_person
  from unnest(p_staff) with ordinality as u (staff, place) left join app.same_person p on p.staff_id = u.staff;

  perform pg_advisory_xact_lock(hashtextextended(o.person::text, 35))
  from (select distinct person from unnest(v_person) as u (person) order by 1) as o;

  with asked as (
    select u.*, r.weight, r.side, row_number() over (partition by u.person, u.home order by u.place) as turn
    from unnest(v_person, p_home, p_field, p_subject, p_most)
      with ordinality as u (person, home, field, subject, most, place)
    cross join lateral (select (p_rules -> 'fields' -> u.field ->> 0)::int, (p_rules -> 'fields' -> u.field ->> 1)::int) as r (weight, side)
  ), judged as (
    select a.place, a.turn, a.most, coalesce(s.known, false) as known, coalesce(s.exposure, 0) as before,
      case when coalesce(s.times, 0) < v_again then a.weight else 0 end as more,
      a.side > 0 and coalesce(s.sides, 0) & (3 - a.side) > 0 as joins
    from asked a left join lateral (
      select sum((p_rules -> 'fields' -> f.field ->> 0)::int * least(f.times, v_again))::int as exposure,
        bool_or(f.known) as known, sum(f.times) filter (where f.field = a.field)::int as times,
        bit_or((p_rules -> 'fields' -> f.field ->> 1)::int) as sides
      from (
        select m.field, count(*)::int as times, bool_or(m.field = a.field and m.subject_id = a.subject) as known
        from app.mosaic_mark m where m.person_id = a.person and m.home_id = a.home and m.at > v_from group by m.field
      ) as f
    ) as s on a.turn = 1
  )
  select array_agg(case when j.turn > 1 then 1 when j.known then 0 when j.joins then -3
      when j.more > 0 and j.before + j.more > j.most then -2 else 0 end order by j.place),
    array_agg(case when j.known then j.before else j.before + j.more end order by j.place)
  into v_state, v_exposure from judged j;

  with passed as (
    select array_agg(u.place order by u.place) as places, array_agg(u.staff order by u.place) as staff, array_agg(u.line order by u.place) as line,
      array_agg(u.cap order by u.place) as cap, array_agg(u.record order by u.place) as record, array_agg(u.field order by u.place) as field,
      array_agg(u.community order by u.place) as community
    from unnest(p_staff, p_line, p_limit, p_record, p_field, p_community, v_state)
      with ordinality as u (staff, line, cap, record, field, community, state, place)
    where u.state = 0
  ), taken as (
    select p.places[t.nth] as place, t.count
    from passed p cross join lateral app.take_caps(p.staff, p.line, p.cap, p.record, p.field, p.community, p_now, p_days)
      with ordinality as t (count, nth)
    where p.places is not null
  )
  select array_agg(case u.state when 0 then t.count when 1 then null else u.state end order by u.place) into v_counts
  from unnest(v_state) with ordinality as u (state, place) left join taken t on t.place = u.place;

  insert into app.mosaic_mark
  select u.person, u.home, u.field, u.subject, u.community, p_now
  from unnest(v_person, p_home, p_field, p_subject, p_community, v_counts) as u (person, home, field, subject, community, count)
  where u.count >= 0
  on conflict on constraint mosaic_mark_key do update set at = excluded.at, community_id = excluded.community_id;

  return query select u.count, u.exposure from unnest(v_counts, v_exposure) with ordinality as u (count, exposure, place) order by u.place;
end $f$;
comment on function app.take_looks is 'Counts looks towards the mosaic of 1.5 and the caps of 4.8, both or neither, exactly. Runs under the rights of whoever calls.';
