-- Staff who are stopped for a time, with their posts left as they are, and let in again. Clause 6.3.

create table app.staff_suspension (
  suspension_id uuid primary key,
  staff_id uuid not null,
  tenant_id bigint not null constraint suspension_of_tenant references app.tenant,
  reason text not null constraint suspension_reason_is_known check (reason in ('investigation', 'leave', 'lost_device', 'other')),
  until timestamptz(3),
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  constraint nobody_suspends_themselves check (staff_id <> by_staff),
  constraint suspension_lasts check (until is null or until > at)
);
comment on table app.staff_suspension is 'Who may not sign in, since when, until when. It holds over the whole company; posts stay. Clause 6.3.';
comment on column app.staff_suspension.until is 'It ends then by itself. Empty: until it is lifted.';
comment on column app.staff_suspension.reason is 'A coded word; only the sign-in door reads it, for the list of those who manage people.';
create index suspension_of_staff on app.staff_suspension (staff_id);
select app.reference('app.staff_suspension');
select app.guard('app.staff_suspension', $$nullif(current_setting('app.actor', true), '') is not null$$,
  '{posts:privacy_officer,system_admin}', 'select, insert');
-- Whether somebody is suspended is for every rule to ask; why is not.
revoke select on app.staff_suspension from hudun_app;
grant select (ctid, suspension_id, staff_id, until, at) on app.staff_suspension to hudun_app;
grant select on app.staff_suspension to hudun_auth;
create policy auth_reads on app.staff_suspension for select to hudun_auth using (true);

create table app.staff_suspension_lifted (
  suspension_id uuid primary key constraint lifted_suspension references app.staff_suspension,
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null
);
comment on table app.staff_suspension_lifted is 'A suspension that ended before its time, or that another took the place of.';
select app.reference('app.staff_suspension_lifted');
select app.guard('app.staff_suspension_lifted', $$nullif(current_setting('app.actor', true), '') is not null$$,
  '{posts:privacy_officer,system_admin}', 'select, insert');
grant select on app.staff_suspension_lifted to hudun_auth;
create policy auth_reads on app.staff_suspension_lifted for select to hudun_auth using (true);

create function app.is_suspended(p_staff uuid, p_at timestamptz) returns boolean language sql stable as $f$
  select exists (select from app.staff_suspension s
    where s.staff_id = p_staff and (s.until is null or s.until > p_at)
      and not exists (select from app.staff_suspension_lifted l where l.suspension_id = s.suspension_id))
$f$;
comment on function app.is_suspended is 'From the moment a suspension is written, whatever the clock of whoever asks. Under the rights of whoever calls. Clause 6.3.';
