-- The same rules at less cost. Clause 3.8. A rule is asked for every row that is read, so what it costs is what reading costs.
--
-- A community or building that is the only one of the context, which is the rule for a desk, is compared as text; only
-- otherwise the list is taken apart. The longer form also keeps the planner from searching every index once for each community
-- of the context: every statement names its community itself.

create or replace function app.rule(p_rule text) returns text language plpgsql immutable as $f$
declare
  v text := p_rule;
  m text[];
begin
  v := replace(v, '{community}', $r$(current_setting('app.communities', true) = community_id::text or community_id = any (string_to_array(nullif(current_setting('app.communities', true), ''), ',')::bigint[]))$r$);
  v := replace(v, '{building}', $r$(current_setting('app.buildings', true) = '*' or current_setting('app.buildings', true) = building_id::text or building_id = any (string_to_array(nullif(nullif(current_setting('app.buildings', true), ''), '*'), ',')::bigint[]))$r$);
  v := replace(v, '{buildings}', $r$(nullif(current_setting('app.buildings', true), '') = '*' or building_ids && string_to_array(nullif(nullif(current_setting('app.buildings', true), ''), '*'), ',')::bigint[])$r$);
  v := replace(v, '{class}', $r$class = any (string_to_array(nullif(current_setting('app.classes', true), ''), ','))$r$);
  v := replace(v, '{actor}', $r$nullif(current_setting('app.actor', true), '')::uuid$r$);
  for m in select regexp_matches(v, '\{posts:([a-z_,]+)\}', 'g') loop
    v := replace(v, '{posts:' || m[1] || '}',
      format($r$string_to_array(nullif(current_setting('app.posts', true), ''), ',') && '{%s}'::text[]$r$, m[1]));
  end loop;
  return v;
end $f$;

create function app.cheaper(p_rule text) returns text language sql immutable as $f$
  select replace(replace(p_rule,
    $r$(community_id = ANY ((string_to_array(NULLIF(current_setting('app.communities'::text, true), ''::text), ','::text))::bigint[]))$r$,
    $r$((current_setting('app.communities'::text, true) = (community_id)::text) OR (community_id = ANY ((string_to_array(NULLIF(current_setting('app.communities'::text, true), ''::text), ','::text))::bigint[])))$r$),
    $r$((NULLIF(current_setting('app.buildings'::text, true), ''::text) = '*'::text) OR (building_id = ANY$r$,
    $r$((current_setting('app.buildings'::text, true) = '*'::text) OR (current_setting('app.buildings'::text, true) = (building_id)::text) OR (building_id = ANY$r$)
$f$;

do $do$
declare
  p record;
begin
  for p in select * from pg_policies where schemaname = 'app' loop
    if p.qual is distinct from app.cheaper(p.qual) then
      execute format('alter policy %I on app.%I using (%s)', p.policyname, p.tablename, app.cheaper(p.qual));
    end if;
    if p.with_check is distinct from app.cheaper(p.with_check) then
      execute format('alter policy %I on app.%I with check (%s)', p.policyname, p.tablename, app.cheaper(p.with_check));
    end if;
  end loop;
end $do$;

drop function app.cheaper;

-- A key that has its value already in this transaction is not set again: statements of one desk that go out together differ in little.
create or replace function app.ctx(p_communities text, p_buildings text, p_classes text, p_posts text, p_actor text)
returns void language plpgsql as $f$
begin
  if current_setting('app.communities', true) is distinct from coalesce(p_communities, '') then
    execute format('set local app.communities = %L', coalesce(p_communities, ''));
  end if;
  if current_setting('app.buildings', true) is distinct from coalesce(p_buildings, '') then
    execute format('set local app.buildings = %L', coalesce(p_buildings, ''));
  end if;
  if current_setting('app.classes', true) is distinct from coalesce(p_classes, '') then
    execute format('set local app.classes = %L', coalesce(p_classes, ''));
  end if;
  if current_setting('app.posts', true) is distinct from coalesce(p_posts, '') then
    execute format('set local app.posts = %L', coalesce(p_posts, ''));
  end if;
  if current_setting('app.actor', true) is distinct from coalesce(p_actor, '') then
    execute format('set local app.actor = %L', coalesce(p_actor, ''));
  end if;
end $f$;
