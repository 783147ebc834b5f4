-- What a backup of the data may read: everything but keys and sessions, and write nothing. Clauses 3.9, 5.4.

grant usage on schema app, hudun to hudun_backup;
grant select on hudun.migration to hudun_backup;

create function app.back_up(p_tbl regclass) returns void language plpgsql as $f$
begin
  execute format('grant select on %s to hudun_backup', p_tbl);
  execute format('create policy backup_reads on %s for select to hudun_backup using (true)', p_tbl);
end $f$;
comment on function app.back_up is 'Lets a backup read a table as a whole. The templates call it; a backup refuses to leave a table out.';

do $d$
declare
  v_tbl regclass;
begin
  for v_tbl in select c.oid from pg_class c
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and c.oid <> 'app.session'::regclass
  loop
    perform app.back_up(v_tbl);
  end loop;
end $d$;

create or replace function app.guard(p_tbl regclass, p_reads text, p_writes text, p_verbs text) returns void language plpgsql as $f$
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
  perform app.back_up(p_tbl);
end $f$;

create or replace function app.guard_door(p_tbl regclass) returns void language plpgsql as $f$
begin
  execute format('alter table %s enable row level security', p_tbl);
  execute format('alter table %s force row level security', p_tbl);
  execute format('revoke all on %s from public', p_tbl);
  execute format('grant select, insert, update, delete on %s to hudun_auth', p_tbl);
  execute format('create policy door_only on %s to hudun_auth using (true) with check (true)', p_tbl);
  perform app.back_up(p_tbl);
end $f$;
