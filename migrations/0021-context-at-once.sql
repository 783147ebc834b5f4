-- The context in one step. Clause 3.8. Every look pays for it: five SETs as text cost four times what the function behind them does.
--
-- Citus hands SET LOCAL on to its workers and set_config not, so a cluster spread by community keeps the longer way. Both end
-- with the transaction.

do $do$
begin
  if exists (select from pg_extension where extname = 'citus') then return; end if;
  create or replace function app.ctx(p_communities text, p_buildings text, p_classes text, p_posts text, p_actor text)
  returns void language plpgsql as $f$
  begin
    perform
      set_config('app.communities', coalesce(p_communities, ''), true), set_config('app.buildings', coalesce(p_buildings, ''), true),
      set_config('app.classes', coalesce(p_classes, ''), true), set_config('app.posts', coalesce(p_posts, ''), true),
      set_config('app.actor', coalesce(p_actor, ''), true);
  end $f$;
end $do$;
