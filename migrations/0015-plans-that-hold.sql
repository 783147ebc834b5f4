-- Plans that hold while a community is filled. Statistics know the communities of yesterday and take one that is new for empty:
-- then every index that begins with community_id seems as good as any other, and a batch of an import reads the whole community
-- once for each of its rows. Without statistics of that column a community counts as a two-hundredth of the table: a guess, but
-- one by which the closer index wins, whatever the size. (PostgreSQL, "Planner Statistics"; DEFAULT_NUM_DISTINCT.)

do $do$
declare
  v_tbl regclass;
begin
  for v_tbl in select tbl from app.placement where kind = 'distributed' and dist_col = 'community_id' loop
    execute format('alter table %s alter column community_id set statistics 0', v_tbl);
  end loop;
end $do$;

create or replace function app.distribute(p_tbl regclass) returns void language plpgsql as $f$
begin
  insert into app.placement values (p_tbl, 'distributed', 'community_id', 'community') on conflict do nothing;
  execute format('alter table %s alter column community_id set statistics 0', p_tbl);
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, %L, colocate_with => %L)', p_tbl, 'community_id',
      case when p_tbl = 'app.building'::regclass then 'none' else 'app.building' end);
  end if;
end $f$;

-- Who lives in a home: asked by every search for a home, and by every batch of an import for each of its homes.
create index residence_by_home on app.residence (community_id, home_id) include (person_id);
