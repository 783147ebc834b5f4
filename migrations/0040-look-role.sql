-- What many desks ask at the same moment is read by one statement, as hudun_look. Row security holds it to the communities of
-- those who ask; buildings, classes and posts of each are in the statement, which a test holds against the rules of hudun_app
-- for every post. It reads a few columns, writes nothing, and may nothing else. Clauses 3.8, 4.5.
grant usage on schema app to hudun_look;
grant execute on function app.ctx to hudun_look;

create function app.shown_to_looks(p_tbl regclass, p_columns text) returns void language plpgsql as $f$
begin
  execute format('grant select (%s) on %s to hudun_look', p_columns, p_tbl);
  execute format('create policy looks on %s for select to hudun_look using (%s)', p_tbl,
    $r$strpos(',' || current_setting('app.communities', true) || ',', ',' || community_id::text || ',') > 0$r$);
end $f$;

select app.shown_to_looks('app.use_grant', 'community_id, grant_id, use_id, subject_id, class, subject_ref, building_id, grantee,
  grantee_post, fields, purpose, valid_from, valid_until');
select app.shown_to_looks('app.work_order', 'community_id, use_id, building_id, person_id, opened_by, assignee, closed_at');
select app.shown_to_looks('app.grant_ended', 'community_id, grant_id');
select app.shown_to_looks('app.record', 'community_id, subject_id, class, version, building_ids, readers, sealed');
select app.shown_to_looks('app.blind_index', 'community_id, person_id, kind, tag, building_ids');
select app.shown_to_looks('app.residence', 'community_id, residence_id, person_id, building_id, subject_ref, sort_key, card');

drop function app.shown_to_looks;
