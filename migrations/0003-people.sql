-- Staff, posts with reach and time, and what signs them in. Clauses 4.1, 6.1, 6.3.

create table app.staff (
  staff_id uuid primary key,
  tenant_id bigint not null constraint staff_of_tenant references app.tenant,
  name text not null constraint staff_name_is_short check (char_length(name) between 1 and 40),
  is_demonstration boolean not null default false,
  created_at timestamptz(3) not null,
  left_at timestamptz(3)
);
comment on table app.staff is 'Natural persons who work here. Every act carries one of them.';
select app.reference('app.staff');
select app.guard('app.staff', $$nullif(current_setting('app.actor', true), '') is not null$$,
  '{posts:setup,privacy_officer,system_admin}', 'select, insert, update, delete');
grant select on app.staff to hudun_auth;
create policy auth_reads on app.staff for select to hudun_auth using (true);

create table app.appointment (
  appointment_id uuid primary key,
  staff_id uuid not null constraint appointment_of_staff references app.staff on delete cascade,
  post text not null constraint appointment_post_is_known check (post in
    ('clerk', 'supervisor', 'manager', 'repairer', 'archivist', 'privacy_officer', 'system_admin', 'security_admin', 'auditor')),
  tenant_id bigint not null constraint appointment_of_tenant references app.tenant,
  community_id bigint constraint appointment_of_community references app.community,
  building_ids bigint[],
  valid_from timestamptz(3) not null,
  valid_until timestamptz(3),
  constraint appointment_lasts check (valid_until is null or valid_until >= valid_from)
);
comment on table app.appointment is 'A post held by a person, with reach and from-until. No community: the whole tenant. No buildings: the whole community.';
create index appointment_by_staff on app.appointment (staff_id);
select app.reference('app.appointment');
select app.guard('app.appointment', $$nullif(current_setting('app.actor', true), '') is not null$$,
  '{posts:setup,privacy_officer,system_admin}', 'select, insert, update, delete');
grant select on app.appointment to hudun_auth;
create policy auth_reads on app.appointment for select to hudun_auth using (true);
grant select on app.tenant, app.community to hudun_auth, hudun_publish;
create policy auth_reads on app.tenant for select to hudun_auth, hudun_publish using (true);
create policy auth_reads on app.community for select to hudun_auth, hudun_publish using (true);

-- What only the sign-in door may read: hudun_app has no right on these three.
create function app.guard_door(p_tbl regclass) returns void language plpgsql as $f$
begin
  execute format('alter table %s enable row level security', p_tbl);
  execute format('alter table %s force row level security', p_tbl);
  execute format('revoke all on %s from public', p_tbl);
  execute format('grant select, insert, update, delete on %s to hudun_auth', p_tbl);
  execute format('create policy door_only on %s to hudun_auth using (true) with check (true)', p_tbl);
end $f$;
comment on function app.guard_door is 'The template for sign-in tables: role hudun_auth only.';

create table app.login (
  login text primary key constraint login_is_plain check (login ~ '^[a-z0-9][a-z0-9._-]{2,39}$'),
  staff_id uuid not null constraint login_is_personal unique
);
comment on table app.login is 'Log-in names, unique in the installation. One person, one log-in: no shared accounts.';
select app.local('app.login');
select app.guard_door('app.login');

create table app.credential (
  staff_id uuid primary key,
  password_hash text not null,
  must_change boolean not null,
  second_factor bytea,
  second_factor_pending bytea,
  last_step bigint not null default 0,
  failures integer not null default 0,
  locked_until timestamptz(3),
  changed_at timestamptz(3) not null
);
comment on table app.credential is 'argon2id hash, sealed TOTP secret (RFC 6238), lockout. last_step: a code is used once.';
select app.local('app.credential');
select app.guard_door('app.credential');

create table app.session (
  token_hash bytea primary key constraint session_token_is_sha256 check (octet_length(token_hash) = 32),
  staff_id uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3)
);
comment on table app.session is 'Server-side sessions; only the SHA-256 of the 32-byte token is kept.';
create index session_by_staff on app.session (staff_id);
select app.local('app.session');
select app.guard_door('app.session');
