-- A table that may only grow is not emptied either, from the moment it is made. Clause 3.12. Those made so far have that from 0009.

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
    perform app.keep_whole(p_tbl);
  end if;
  perform app.back_up(p_tbl);
end $f$;
