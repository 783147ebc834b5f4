-- The spine: placement, context, the security template for every table, tenants and communities, regime versions, traces.
-- Clauses 3.8, 3.12, 4.1. Roles hudun_owner, hudun_app, hudun_auth, hudun_keyring, hudun_publish are made before the first migration.

create schema app;
comment on schema app is 'Everything but keys. Owned by hudun_owner; hudun_app works in it under row security.';
grant usage on schema app to hudun_app, hudun_auth, hudun_publish;

create table app.placement (
  tbl regclass primary key,
  kind text not null constraint placement_kind_is_known check (kind in ('reference', 'distributed', 'local')),
  dist_col text,
  grp text
);
comment on table app.placement is 'Where each table lives in a cluster. Filled by app.reference, app.distribute and app.local when a table is made.';

create function app.distribute(p_tbl regclass) returns void language plpgsql as $f$
begin
  insert into app.placement values (p_tbl, 'distributed', 'community_id', 'community') on conflict do nothing;
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, %L, colocate_with => %L)', p_tbl, 'community_id',
      case when p_tbl = 'app.building'::regclass then 'none' else 'app.building' end);
  end if;
end $f$;
comment on function app.distribute is 'Declares a table as spread by community. Without Citus only recorded.';

create function app.reference(p_tbl regclass) returns void language plpgsql as $f$
begin
  insert into app.placement values (p_tbl, 'reference') on conflict do nothing;
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_reference_table(%L)', p_tbl);
  end if;
end $f$;
comment on function app.reference is 'Declares a small table as present on every node.';

create function app.local(p_tbl regclass) returns void language sql as $f$
  insert into app.placement values (p_tbl, 'local') on conflict do nothing
$f$;
comment on function app.local is 'Declares a table that lives on the coordinator only and is never joined with distributed ones.';

-- Context of one statement or transaction: who asks, in which posts, for which communities, buildings and classes.
-- All keys every time, so that nothing of the last user of a pooled connection is left. '*' in buildings: the whole community.
create function app.ctx(p_communities text, p_buildings text, p_classes text, p_posts text, p_actor text)
returns void language plpgsql as $f$
begin
  execute format('set local app.communities = %L', coalesce(p_communities, ''));
  execute format('set local app.buildings = %L', coalesce(p_buildings, ''));
  execute format('set local app.classes = %L', coalesce(p_classes, ''));
  execute format('set local app.posts = %L', coalesce(p_posts, ''));
  execute format('set local app.actor = %L', coalesce(p_actor, ''));
end $f$;
comment on function app.ctx is 'The only way context is set. Clause 3.8.';
revoke all on function app.ctx from public;
grant execute on function app.ctx to hudun_app, hudun_auth, hudun_publish;

create function app.append_only() returns trigger language plpgsql as $f$
begin
  raise exception 'append only' using errcode = 'HU001';
end $f$;
comment on function app.append_only is 'Histories are never changed, not even by their owner''s slip.';

-- Expands the short words of a policy: {community}, {building}, {buildings}, {class}, {actor}, {posts:a,b}.
create function app.rule(p_rule text) returns text language plpgsql immutable as $f$
declare
  v text := p_rule;
  m text[];
begin
  v := replace(v, '{community}', $r$community_id = any (string_to_array(nullif(current_setting('app.communities', true), ''), ',')::bigint[])$r$);
  v := replace(v, '{building}', $r$(nullif(current_setting('app.buildings', true), '') = '*' or building_id = any (string_to_array(nullif(nullif(current_setting('app.buildings', true), ''), '*'), ',')::bigint[]))$r$);
  v := replace(v, '{buildings}', $r$(nullif(current_setting('app.buildings', true), '') = '*' or building_ids && string_to_array(nullif(nullif(current_setting('app.buildings', true), ''), '*'), ',')::bigint[])$r$);
  v := replace(v, '{class}', $r$class = any (string_to_array(nullif(current_setting('app.classes', true), ''), ','))$r$);
  v := replace(v, '{actor}', $r$nullif(current_setting('app.actor', true), '')::uuid$r$);
  for m in select regexp_matches(v, '\{posts:([a-z_,]+)\}', 'g') loop
    v := replace(v, '{posts:' || m[1] || '}',
      format($r$string_to_array(nullif(current_setting('app.posts', true), ''), ',') && '{%s}'::text[]$r$, m[1]));
  end loop;
  return v;
end $f$;
comment on function app.rule is 'Writes a row-security rule from its short words; the result holds columns, constants and current_setting only.';

-- The template for every table: row security on and forced, one policy a verb, grants to hudun_app, histories immutable.
create function app.guard(p_tbl regclass, p_reads text, p_writes text, p_verbs text) returns void language plpgsql as $f$
begin
  execute format('alter table %s enable row level security', p_tbl);
  execute format('alter table %s force row level security', p_tbl);
  execute format('revoke all on %s from public', p_tbl);
  execute format('grant %s on %s to hudun_app', p_verbs, p_tbl);
  execute format('create policy reads on %s for select to hudun_app using (%s)', p_tbl, app.rule(p_reads));
  if p_verbs ~ 'insert' then
    execute format('create policy adds on %s for insert to hudun_app with check (%s)', p_tbl, app.rule(p_writes));
  end if;
  if p_verbs ~ 'update' then
    execute format('create policy changes on %s for update to hudun_app using (%s) with check (%s)', p_tbl, app.rule(p_writes), app.rule(p_writes));
  end if;
  if p_verbs ~ 'delete' then
    execute format('create policy removes on %s for delete to hudun_app using (%s)', p_tbl, app.rule(p_writes));
  end if;
  if p_verbs !~ 'update|delete' then
    execute format('create trigger append_only before update or delete on %s for each row execute function app.append_only()', p_tbl);
  end if;
end $f$;
comment on function app.guard is 'Row security by template. Every table of schema app goes through it; a test finds the one that did not.';

alter table app.placement enable row level security;
alter table app.placement force row level security;
create policy placements_are_no_secret on app.placement for select using (true);
create policy owner_records_placements on app.placement for insert to hudun_owner with check (true);
select app.local('app.placement');

create table app.tenant (
  tenant_id bigint primary key,
  name text not null,
  suite text not null constraint tenant_suite_is_known check (suite in ('A1', 'S1')),
  is_demonstration boolean not null default false,
  created_at timestamptz(3) not null
);
comment on table app.tenant is 'The legal entity that answers for the data (PIPL handler). Tenant 0 is this installation itself.';
select app.reference('app.tenant');

create table app.community (
  community_id bigint primary key,
  tenant_id bigint not null constraint community_of_tenant references app.tenant,
  name text not null,
  is_demonstration boolean not null default false,
  created_at timestamptz(3) not null,
  removed_at timestamptz(3)
);
comment on table app.community is 'One residential community. Community 0 keeps the traces that belong to none.';
select app.reference('app.community');

insert into app.tenant values (0, '本机', 'A1', false, now());
insert into app.community values (0, 0, '本机', false, now());

select app.guard('app.tenant', 'true', '{posts:setup}', 'select, insert, update');
select app.guard('app.community', 'true', '{posts:setup}', 'select, insert, update');

create table app.regime_version (
  version integer primary key constraint regime_version_counts_from_one check (version >= 1),
  content jsonb not null,
  digest bytea not null,
  active_since timestamptz(3) not null
);
comment on table app.regime_version is 'Regime versions as data. A trace names the one that decided. Clause 1.6.';
select app.reference('app.regime_version');
select app.guard('app.regime_version', 'true', '{posts:setup}', 'select, insert');

create table app.trace (
  community_id bigint not null constraint trace_of_community references app.community,
  trace_id uuid not null,
  at timestamptz(3) not null,
  actor uuid,
  post text not null,
  act text not null,
  clause text not null,
  purpose text,
  use_id uuid,
  subjects bigint[] not null,
  fields text[] not null,
  outcome text not null constraint trace_outcome_is_known check (outcome in ('done', 'refused')),
  regime_version integer not null,
  client text not null,
  salt bytea not null constraint trace_salt_is_128_bits check (octet_length(salt) = 16),
  tx xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  constraint trace_key primary key (community_id, trace_id)
);
comment on table app.trace is 'What was done to owners'' data, by whom, for what. No value, no name, no free text: it outlives the record. Clause 3.12.';
comment on column app.trace.subjects is 'Pseudonyms of the persons concerned; only their own row links them to a person.';
comment on column app.trace.salt is 'Blinds the leaf of the log, so that the tree tells nothing about the trace.';
comment on column app.trace.tx is 'Transaction that wrote the trace: a reader takes only what every earlier transaction has finished.';
create index trace_newest on app.trace (community_id, seq desc);
create index trace_of_use on app.trace (community_id, use_id, seq) where use_id is not null;
create index trace_by_tx on app.trace (community_id, tx, seq);
select app.distribute('app.trace');
select app.guard('app.trace',
  $$({community} and {posts:manager,auditor,privacy_officer,publisher}) or ({community} and actor = {actor} and use_id is not null) or ({community} and use_id is not null and {posts:clerk,supervisor})$$,
  '{community}', 'select, insert');
