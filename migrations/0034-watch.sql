-- Watchfulness: ties of staff to homes, what was found in the traces, what was decided on it. Clauses 4.8, 6.4.

create table app.staff_tie (
  community_id bigint not null constraint staff_tie_of_community references app.community,
  tie_id uuid not null,
  staff_id uuid not null,
  home_id uuid not null,
  kind text not null constraint staff_tie_kind_is_known check (kind in ('own', 'relative')),
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  constraint staff_tie_key primary key (community_id, tie_id)
);
comment on table app.staff_tie is 'A home of the community that somebody of the staff lives in, or a relative of theirs, as they declared it. A home, no person. Clause 6.4.';
create index staff_tie_of_staff on app.staff_tie (community_id, staff_id);
select app.distribute('app.staff_tie');
select app.guard('app.staff_tie', '{community} and {posts:privacy_officer,system_admin,watcher}',
  '{community} and by_staff = {actor} and {posts:privacy_officer,system_admin}', 'select, insert');

create table app.staff_tie_ended (
  community_id bigint not null,
  tie_id uuid not null,
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  constraint staff_tie_ended_key primary key (community_id, tie_id),
  constraint staff_tie_ended_of_tie foreign key (community_id, tie_id) references app.staff_tie (community_id, tie_id)
);
comment on table app.staff_tie_ended is 'A tie that is over: moved away, or declared wrongly.';
select app.distribute('app.staff_tie_ended');
select app.guard('app.staff_tie_ended', '{community} and {posts:privacy_officer,system_admin,watcher}',
  '{community} and by_staff = {actor} and {posts:privacy_officer,system_admin}', 'select, insert');

create table app.watch_cursor (
  community_id bigint primary key constraint watch_cursor_of_community references app.community,
  begun_at timestamptz(3) not null,
  tx xid8 not null,
  seq bigint not null
);
comment on table app.watch_cursor is 'The last trace that watching has taken in. Moved by whoever still finds it where they read it: of two processes one goes on.';
select app.distribute('app.watch_cursor');
select app.guard('app.watch_cursor', '{community} and {posts:watcher}', '{community} and {posts:watcher}', 'select, insert, update');

create table app.watch_memory (
  community_id bigint not null constraint watch_memory_of_community references app.community,
  staff_id uuid not null,
  memory jsonb not null,
  constraint watch_memory_key primary key (community_id, staff_id)
);
comment on table app.watch_memory is 'What watching remembers of one person: ids, codes and times of the last year. No value of an owner.';
select app.distribute('app.watch_memory');
-- Only the server's own watcher reads it: nobody studies their own pattern, or a colleague's.
select app.guard('app.watch_memory', '{community} and {posts:watcher}', '{community} and {posts:watcher}', 'select, insert, update');

create table app.watch_finding (
  community_id bigint not null constraint watch_finding_of_community references app.community,
  finding_id uuid not null,
  staff_id uuid not null,
  code text not null constraint watch_code_is_a_code check (code ~ '^[a-z_]{1,40}$'),
  home_id uuid,
  trace_id uuid not null,
  evidence uuid[] not null,
  regime_version integer not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint watch_finding_key primary key (community_id, finding_id)
);
comment on table app.watch_finding is 'Looks that give reason to ask, by a rule of the regime, with the traces it rests on. No verdict. Clause 6.4.';
comment on column app.watch_finding.trace_id is 'The trace that raised it.';
create index watch_finding_newest on app.watch_finding (community_id, seq desc);
select app.distribute('app.watch_finding');
select app.guard('app.watch_finding', '{community} and staff_id is distinct from {actor} and {posts:manager,privacy_officer,auditor,watcher}',
  '{community} and {posts:watcher}', 'select, insert');

create table app.watch_verdict (
  community_id bigint not null,
  finding_id uuid not null,
  staff_id uuid not null,
  verdict text not null constraint watch_verdict_is_known check (verdict in ('explained', 'warned', 'incident')),
  reason text not null constraint watch_reason_is_a_code check (reason ~ '^[a-z_]{1,40}$'),
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  constraint watch_verdict_key primary key (community_id, finding_id),
  constraint watch_verdict_of_finding foreign key (community_id, finding_id) references app.watch_finding (community_id, finding_id),
  constraint nobody_decides_about_themselves check (by_staff <> staff_id)
);
comment on table app.watch_verdict is 'What was decided on a finding, once. Nobody decides about themselves. Clause 6.4.';
comment on column app.watch_verdict.staff_id is 'Whom the finding is about.';
select app.distribute('app.watch_verdict');
select app.guard('app.watch_verdict', '{community} and staff_id is distinct from {actor} and {posts:manager,privacy_officer,auditor}',
  '{community} and by_staff = {actor} and staff_id <> {actor} and {posts:manager,privacy_officer}', 'select, insert');
