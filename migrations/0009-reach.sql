-- The database holds everybody to their buildings, and repairers to what they were handed. Histories cannot be emptied. Clauses 3.8, 3.12, 4.5.

create function app.keep_whole(p_tbl regclass) returns void language plpgsql as $f$
begin
  execute format('create trigger keep_whole before truncate on %s for each statement execute function app.append_only()', p_tbl);
end $f$;
comment on function app.keep_whole is 'A history is not emptied either. Called for every table that app.guard makes append-only.';

do $d$
declare
  v_tbl regclass;
begin
  for v_tbl in select tgrelid from pg_trigger where tgname = 'append_only' and not tgisinternal loop
    perform app.keep_whole(v_tbl);
  end loop;
end $d$;

-- The owner is bound by row security and by the triggers: both rest while the new columns are filled.
create function app.unbind(p_tbl regclass, p_bound boolean) returns void language plpgsql as $f$
begin
  execute format('alter table %s %s row level security', p_tbl, case when p_bound then 'force' else 'no force' end);
  if exists (select from pg_trigger where tgrelid = p_tbl and tgname = 'append_only') then
    execute format('alter table %s %s trigger append_only', p_tbl, case when p_bound then 'enable' else 'disable' end);
  end if;
end $f$;

do $d$
declare
  v_tbl text;
begin
  foreach v_tbl in array '{person,record,blind_index,to_verify,work_order,order_event,use_applied,use_decided,use_grant,grant_ended,use_archived}'::text[] loop
    perform app.unbind(format('app.%I', v_tbl)::regclass, false);
  end loop;
end $d$;

alter table app.record add column readers uuid[] not null default '{}';
comment on column app.record.readers is 'To whom an open order lends the record: a repairer reads no other. Written when an order is handed on or closed.';
update app.record r set readers = g.readers from (
  select g.community_id, g.subject_id, g.class, array_agg(distinct g.grantee) as readers from app.use_grant g
  where g.grantee is not null
    and not exists (select from app.grant_ended e where e.community_id = g.community_id and e.grant_id = g.grant_id)
    and not exists (select from app.use_archived a where a.community_id = g.community_id and a.use_id = g.use_id)
  group by 1, 2, 3) g
where r.community_id = g.community_id and r.subject_id = g.subject_id and r.class = g.class;
create index use_grant_by_subject on app.use_grant (community_id, subject_id);

alter table app.blind_index add column building_ids bigint[];
update app.blind_index b set building_ids = p.building_ids from app.person p
where p.community_id = b.community_id and p.person_id = b.person_id;
alter table app.blind_index alter column building_ids set not null;
comment on column app.blind_index.building_ids is 'Those of the person: whoever does not reach them does not find them either.';

alter table app.to_verify add column building_ids bigint[];
update app.to_verify v set building_ids = p.building_ids from app.person p
where p.community_id = v.community_id and p.person_id = v.person_id;
alter table app.to_verify alter column building_ids set not null;
grant update (building_ids) on app.to_verify to hudun_app;

alter table app.order_event add column building_id bigint;
update app.order_event e set building_id = o.building_id from app.work_order o
where o.community_id = e.community_id and o.order_id = e.order_id;
alter table app.order_event alter column building_id set not null;

alter table app.use_decided add column building_id bigint;
update app.use_decided d set building_id = u.building_id from app.use_applied u
where u.community_id = d.community_id and u.use_id = d.use_id;
alter table app.use_decided alter column building_id set not null;

alter table app.grant_ended add column building_id bigint, add column grantee uuid;
update app.grant_ended e set building_id = g.building_id, grantee = g.grantee from app.use_grant g
where g.community_id = e.community_id and g.grant_id = e.grant_id;
alter table app.grant_ended alter column building_id set not null;

alter table app.use_archived add column building_id bigint;
update app.use_archived a set building_id = u.building_id from app.use_applied u
where u.community_id = a.community_id and u.use_id = a.use_id;
alter table app.use_archived alter column building_id set not null;

do $d$
declare
  v_tbl text;
begin
  foreach v_tbl in array '{person,record,blind_index,to_verify,work_order,order_event,use_applied,use_decided,use_grant,grant_ended,use_archived}'::text[] loop
    perform app.unbind(format('app.%I', v_tbl)::regclass, true);
  end loop;
end $d$;
drop function app.unbind;

create function app.narrow(p_tbl regclass, p_reads text, p_writes text) returns void language plpgsql as $f$
declare
  v_policy name;
begin
  execute format('alter policy reads on %s using (%s)', p_tbl, app.rule(p_reads));
  for v_policy in select polname from pg_policy where polrelid = p_tbl and polname in ('adds', 'changes', 'removes') loop
    if v_policy <> 'adds' then execute format('alter policy %I on %s using (%s)', v_policy, p_tbl, app.rule(p_writes)); end if;
    if v_policy <> 'removes' then execute format('alter policy %I on %s with check (%s)', v_policy, p_tbl, app.rule(p_writes)); end if;
  end loop;
end $f$;
comment on function app.narrow is 'Rewrites the rules that app.guard gave a table.';

select app.narrow('app.record',
  '{community} and {class} and ({buildings} and {posts:clerk,supervisor,manager,setup} or {posts:repairer} and {actor} = any (readers))',
  '{community} and ({posts:manager,setup} or {buildings} and {posts:clerk,supervisor})');
select app.narrow('app.blind_index', '{community} and {buildings} and {posts:clerk,supervisor,manager,setup}', '{community} and {posts:manager,setup}');
select app.narrow('app.to_verify', '{community} and {buildings} and {posts:clerk,supervisor,manager,setup}', '{community} and {posts:manager,setup}');
do $d$
begin
  execute format('create policy changes on app.to_verify for update to hudun_app using (%s)', app.rule('{community} and {posts:manager,setup}'));
end $d$;

select app.narrow('app.work_order',
  '{community} and (({building} and {posts:supervisor,manager}) or ({building} and {posts:clerk} and (closed_at is null or opened_by = {actor} or assignee = {actor})) or (assignee = {actor} and {posts:repairer}) or {posts:auditor})',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or assignee = {actor} and {posts:repairer})');
select app.narrow('app.order_event',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or (by_staff = {actor} or to_staff = {actor}) and {posts:repairer} or {posts:auditor})',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or by_staff = {actor} and {posts:repairer})');
select app.narrow('app.use_applied',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or {posts:auditor})',
  '{community} and {building} and {posts:clerk,supervisor,manager}');
select app.narrow('app.use_decided',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or {posts:auditor})',
  '{community} and {building} and {posts:clerk,supervisor,manager}');
select app.narrow('app.use_grant',
  $$({community}) and (grantee = {actor} or ({building} and grantee_post = any (string_to_array(nullif(current_setting('app.posts', true), ''), ','))) or ({building} and {posts:clerk,supervisor,manager}))$$,
  '{community} and {building} and {posts:clerk,supervisor,manager}');
select app.narrow('app.grant_ended',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or grantee = {actor} and {posts:clerk,supervisor,manager,repairer} or {posts:auditor})',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or grantee = {actor} and {posts:repairer})');
select app.narrow('app.use_archived',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or archived_by = {actor} and {posts:repairer} or {posts:auditor})',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or archived_by = {actor} and {posts:repairer})');
