-- The posts of a rule at less cost, as 0013 has it of communities and buildings. Clause 3.8.
--
-- Somebody in one post, which is the rule, is compared as text; only otherwise the list of posts is taken apart.

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
    v := replace(v, '{posts:' || m[1] || '}', format(
      $r$(current_setting('app.posts', true) = any ('{%1$s}'::text[]) or string_to_array(nullif(current_setting('app.posts', true), ''), ',') && '{%1$s}'::text[])$r$,
      m[1]));
  end loop;
  return v;
end $f$;

create function app.cheaper(p_rule text) returns text language sql immutable as $f$
  select regexp_replace(p_rule,
    $r$\(string_to_array\(NULLIF\(current_setting\('app\.posts'::text, true\), ''::text\), ','::text\) && ('\{[a-z_,]+\}'::text\[\])\)$r$,
    $r$((current_setting('app.posts'::text, true) = ANY (\1)) OR (string_to_array(NULLIF(current_setting('app.posts'::text, true), ''::text), ','::text) && \1))$r$,
    'g')
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
