-- What the schema may not hold if it is to run unchanged on a cluster spread by community (Citus) and under row security.
-- Each row is a fault. Runs on plain PostgreSQL: app.placement says what app.distribute, app.reference and app.local were told.
with placed as (
  select p.tbl, p.kind, p.grp, a.attnum
  from app.placement p left join pg_attribute a on a.attrelid = p.tbl and a.attname = p.dist_col
)
select 'key without the distribution column' as rule, d.tbl::text as object, i.indexrelid::regclass::text as detail
from placed d join pg_index i on i.indrelid = d.tbl
where d.kind = 'distributed' and (i.indisunique or i.indisexclusion) and not d.attnum = any (i.indkey::smallint[])
union all
select 'distributed without a distribution column', d.tbl::text, null
from placed d where d.kind = 'distributed' and d.attnum is null
union all
select 'distribution column that may be null or is no bigint', d.tbl::text, a.attname
from placed d join pg_attribute a on a.attrelid = d.tbl and a.attnum = d.attnum
where d.kind = 'distributed' and (not a.attnotnull or a.atttypid <> 'bigint'::regtype)
union all
select 'foreign key not co-located or without the distribution column', c.conrelid::regclass::text, c.conname
from pg_constraint c join placed d on d.tbl = c.conrelid left join placed r on r.tbl = c.confrelid
where c.contype = 'f' and c.conparentid = 0 and (r.tbl is null
  or (d.kind = 'reference' and r.kind <> 'reference')
  or (d.kind = 'local' and r.kind <> 'local')
  or (d.kind = 'distributed' and r.kind = 'local')
  or (d.kind = 'distributed' and r.kind = 'distributed' and (r.grp <> d.grp or not exists (
    select from unnest(c.conkey, c.confkey) k (a, b) where k.a = d.attnum and k.b = r.attnum))))
union all
select 'on delete or update set null|default over the distribution column', c.conrelid::regclass::text, c.conname
from pg_constraint c join placed d on d.tbl = c.conrelid
where c.contype = 'f' and (c.confdeltype in ('n', 'd') or c.confupdtype in ('n', 'd', 'c')) and d.attnum = any (c.conkey)
union all
select 'policy with a sub-select', p.polrelid::regclass::text, p.polname
from pg_policy p join pg_class c on c.oid = p.polrelid
where c.relnamespace in ('app'::regnamespace, 'keyring'::regnamespace)
  and coalesce(p.polqual::text, '') || coalesce(p.polwithcheck::text, '') like '%{SUBLINK%'
union all
select 'policy with a function that is not of pg_catalog', p.polrelid::regclass::text, p.polname
from pg_policy p join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass
join pg_proc f on f.oid = d.refobjid
where f.pronamespace <> 'pg_catalog'::regnamespace
union all
select 'reachable by an app role without row security though the parent has it', c.oid::regclass::text, null
from pg_class c join pg_inherits h on h.inhrelid = c.oid join pg_class pc on pc.oid = h.inhparent
where pc.relrowsecurity and not c.relrowsecurity
  and has_table_privilege('hudun_app', c.oid, 'select,insert,update,delete')
union all
select 'identity or serial narrower than bigint', a.attrelid::regclass::text, a.attname
from pg_attribute a join placed d on d.tbl = a.attrelid
where d.kind = 'distributed' and a.atttypid in (21, 23)
  and (a.attidentity <> '' or pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) is not null)
union all
select 'view without security_invoker over a table with row security', v.oid::regclass::text, null
from pg_class v join pg_rewrite rw on rw.ev_class = v.oid
join pg_depend dp on dp.objid = rw.oid and dp.classid = 'pg_rewrite'::regclass
join pg_class t on t.oid = dp.refobjid and t.relrowsecurity
where v.relkind = 'v' and not coalesce(v.reloptions, '{}') @> '{security_invoker=true}'
union all
select 'function that runs as its owner', p.oid::regprocedure::text, null
from pg_proc p where p.pronamespace in ('app'::regnamespace, 'keyring'::regnamespace) and p.prosecdef
union all
select 'table of schema app without a placement', c.oid::regclass::text, null
from pg_class c
where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  and not exists (select from app.placement p where p.tbl = c.oid)
order by 1, 2;
