-- What is decided to be an incident is in the register of incidents, both ways. Clauses 6.4, 8.1.

alter table app.incident drop constraint incident_kind_is_known;
alter table app.incident add constraint incident_kind_is_known
  check (kind in ('other_device', 'emergency_not_justified', 'watch_finding'));
alter table app.incident alter column building_id drop not null;
alter table app.incident add column finding_id uuid, add column finding_code text, add column home_id uuid;
alter table app.incident drop constraint incident_is_about_one_thing;
alter table app.incident add constraint incident_is_about_one_thing
  check ((kind = 'other_device') = (order_id is not null) and (kind = 'emergency_not_justified') = (emergency_id is not null)
    and (kind = 'watch_finding') = (finding_id is not null) and (finding_id is null) = (finding_code is null)
    and (home_id is null or finding_id is not null));
alter table app.incident add constraint incident_has_a_building check (building_id is not null or finding_id is not null);
alter table app.incident add constraint incident_of_finding foreign key (community_id, finding_id)
  references app.watch_finding (community_id, finding_id);
create unique index finding_raises_one_incident on app.incident (community_id, finding_id);
comment on column app.incident.building_id is 'Where it was; of looks at no one home a building that the person works in. Null: they work in all of them.';
comment on column app.incident.finding_id is 'The looks that somebody decided were an incident.';
comment on column app.incident.finding_code is 'Which rule found them: a supervisor reads no findings.';

-- The owner is bound by row security and by the triggers: both rest while what was decided before is taken in.
alter table app.incident no force row level security;
alter table app.watch_verdict no force row level security;
alter table app.watch_finding no force row level security;
alter table app.home no force row level security;
insert into app.incident (community_id, incident_id, kind, finding_id, finding_code, home_id, building_id, assignee, at)
select v.community_id, gen_random_uuid(), 'watch_finding', f.finding_id, f.code, f.home_id, h.building_id, f.staff_id, v.at
from app.watch_verdict v
join app.watch_finding f on f.community_id = v.community_id and f.finding_id = v.finding_id
left join app.home h on h.community_id = f.community_id and h.home_id = f.home_id
where v.verdict = 'incident';
alter table app.home force row level security;
alter table app.watch_finding force row level security;
alter table app.watch_verdict force row level security;
alter table app.incident force row level security;

-- Nobody reads, or enters, what was found about themselves.
select app.narrow('app.incident',
  $$({community} and (finding_id is null or assignee is distinct from {actor}))
    and ({building} and {posts:supervisor,manager} or {posts:privacy_officer,security_admin,auditor})$$,
  $$({community} and (finding_id is null or assignee is distinct from {actor}))
    and ({building} and {posts:supervisor,manager} or finding_id is null and assignee = {actor} and {posts:repairer} or {posts:privacy_officer})$$);

-- Behind row security, so that whoever may not write is told that and nothing else.
create function app.verdict_is_registered() returns trigger language plpgsql as $f$
begin
  if not exists (select from app.incident i where i.community_id = new.community_id and i.finding_id = new.finding_id) then
    raise exception 'looks that are an incident are in the register of incidents' using errcode = 'check_violation',
      constraint = 'incident_is_registered';
  end if;
  return null;
end $f$;
comment on function app.verdict_is_registered is 'The incident is entered before the verdict, in one transaction. Clauses 6.4, 8.1.';
create constraint trigger incident_is_registered after insert on app.watch_verdict
  for each row when (new.verdict = 'incident') execute function app.verdict_is_registered();
