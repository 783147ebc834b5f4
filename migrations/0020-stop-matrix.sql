-- The database agrees with the matrix: a record of hudun_app holds no field that its purpose may not take. Clauses 2.3, 2.1.
--
-- Facts are sealed; their masks and origins are not. One look-up a statement, whatever its rows: an import hardly feels it.
-- What a record held before stays as it came: a version that forbids more does not make old records unwritable.

create function app.refuse_outside_matrix(p_field text) returns void language plpgsql as $f$
begin
  raise exception 'a field outside the matrix' using errcode = 'HU203', detail = p_field;
end $f$;
comment on function app.refuse_outside_matrix is 'HU203 is answered as record.field_forbidden.';

create function app.record_agrees_when_made() returns trigger language plpgsql as $f$
declare
  v_field text;
begin
  select m.field into v_field
  from (select distinct k.field, a.origin -> k.field ->> 'purpose' as purpose from added a
        cross join lateral (select jsonb_object_keys(a.masks) union select jsonb_object_keys(a.origin)) k (field)) m
  left join app.matrix_cell c on c.version = app.regime_in_force() and c.purpose = m.purpose and c.field = m.field
  where coalesce(c.rule, 'forbidden') = 'forbidden' limit 1;
  if found then perform app.refuse_outside_matrix(v_field); end if;
  return null;
end $f$;
comment on function app.record_agrees_when_made is 'Every field of masks and origin of the rows added stands in the matrix in force, under the purpose of its origin.';

create function app.record_agrees_when_changed() returns trigger language plpgsql as $f$
declare
  v_field text;
begin
  select m.field into v_field
  from (select distinct k.field, a.origin -> k.field ->> 'purpose' as purpose from added a
        left join former b on b.community_id = a.community_id and b.subject_id = a.subject_id and b.class = a.class
        cross join lateral (
          select f from jsonb_object_keys(a.masks) f where b.masks is null or not b.masks ? f
          union select f from jsonb_object_keys(a.origin) f where (b.origin -> f) is distinct from (a.origin -> f)) k (field)
        where a.origin is distinct from b.origin or a.masks is distinct from b.masks) m
  left join app.matrix_cell c on c.version = app.regime_in_force() and c.purpose = m.purpose and c.field = m.field
  where coalesce(c.rule, 'forbidden') = 'forbidden' limit 1;
  if found then perform app.refuse_outside_matrix(v_field); end if;
  return null;
end $f$;
comment on function app.record_agrees_when_changed is 'The same for what an update adds or takes from another source; the rest stays under the version it came under.';

create trigger record_agrees_when_made after insert on app.record
  referencing new table as added for each statement when (current_user = 'hudun_app') execute function app.record_agrees_when_made();
create trigger record_agrees_when_changed after update on app.record
  referencing old table as former new table as added for each statement when (current_user = 'hudun_app')
  execute function app.record_agrees_when_changed();
