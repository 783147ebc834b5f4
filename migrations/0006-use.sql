-- Orders and the four steps of a use: each step an immutable row of its own. Clauses 4.2, 4.3, 4.5.

create table app.order_counter (
  community_id bigint not null constraint order_counter_of_community references app.community,
  day date not null,
  last integer not null,
  constraint order_counter_key primary key (community_id, day)
);
comment on table app.order_counter is 'The last order number given out on a day.';
select app.distribute('app.order_counter');
select app.guard('app.order_counter', '{community} and {posts:clerk,supervisor,manager}', '{community} and {posts:clerk,supervisor,manager}', 'select, insert, update');

create table app.work_order (
  community_id bigint not null constraint work_order_of_community references app.community,
  order_id uuid not null,
  number text not null,
  kind text not null constraint work_order_kind_is_known check (kind in ('repair', 'complaint', 'parking')),
  building_id bigint not null,
  home_id uuid not null,
  place text not null,
  use_id uuid not null,
  masks jsonb not null,
  person_id uuid,
  subject_ref bigint not null,
  opened_by uuid not null,
  opened_post text not null,
  opened_at timestamptz(3) not null,
  assignee uuid,
  assignee_post text,
  closed_at timestamptz(3),
  seq bigint generated always as identity,
  constraint work_order_key primary key (community_id, order_id),
  constraint work_order_number_is_unique unique (community_id, number)
);
comment on table app.work_order is 'A repair, complaint or parking matter: the application for the use it opens. What the caller said lies sealed in a record of the order.';
comment on column app.work_order.masks is 'field -> mask of what the order shows in lists.';
comment on column app.work_order.assignee is 'Who has it now: a pointer for reach. The history is in order_event.';
comment on column app.work_order.closed_at is 'Set once, with the closing event: a closed order is a service record, which a clerk''s level does not open (3.8).';
create index work_order_newest on app.work_order (community_id, seq desc);
create unique index work_order_by_use on app.work_order (community_id, use_id);
select app.distribute('app.work_order');
select app.guard('app.work_order',
  '{community} and (({building} and {posts:supervisor,manager}) or ({building} and {posts:clerk} and (closed_at is null or opened_by = {actor} or assignee = {actor})) or (assignee = {actor} and {posts:repairer}) or {posts:auditor})',
  '{community} and {posts:clerk,supervisor,manager,repairer}', 'select, insert, update');

create table app.order_event (
  community_id bigint not null,
  order_id uuid not null,
  event_id uuid not null,
  kind text not null constraint order_event_kind_is_known check (kind in ('opened', 'taken', 'dispatched', 'closed')),
  by_staff uuid not null,
  by_post text not null,
  to_staff uuid,
  to_post text,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint order_event_key primary key (community_id, event_id),
  constraint order_event_of_order foreign key (community_id, order_id) references app.work_order (community_id, order_id)
);
comment on table app.order_event is 'What happened to an order, in order; never changed.';
create unique index order_is_closed_once on app.order_event (community_id, order_id) where kind = 'closed';
create index order_event_by_order on app.order_event (community_id, order_id, seq);
select app.distribute('app.order_event');
select app.guard('app.order_event', '{community} and {posts:clerk,supervisor,manager,repairer,auditor}', '{community} and {posts:clerk,supervisor,manager,repairer}', 'select, insert');

create table app.use_applied (
  community_id bigint not null constraint use_applied_of_community references app.community,
  use_id uuid not null,
  order_id uuid not null,
  building_id bigint not null,
  purpose text not null,
  fields text[] not null,
  subject_ref bigint not null,
  applicant uuid not null,
  applicant_post text not null,
  regime_version integer not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint use_applied_key primary key (community_id, use_id),
  constraint use_has_one_order unique (community_id, order_id)
);
comment on table app.use_applied is 'Step 1 of a use: the application. For everyday service the order is the application. Clause 4.3.';
create index use_applied_newest on app.use_applied (community_id, seq desc);
select app.distribute('app.use_applied');
select app.guard('app.use_applied',
  '{community} and (({building} and {posts:clerk,supervisor,manager}) or {posts:auditor})',
  '{community} and {posts:clerk,supervisor,manager}', 'select, insert');

create table app.use_decided (
  community_id bigint not null,
  use_id uuid not null,
  verdict text not null constraint use_verdict_is_known check (verdict in ('granted', 'refused')),
  rule text,
  decided_by uuid,
  decided_post text,
  at timestamptz(3) not null,
  constraint use_decided_key primary key (community_id, use_id),
  constraint use_decided_of_use foreign key (community_id, use_id) references app.use_applied (community_id, use_id),
  constraint use_decided_by_rule_or_person check ((rule is null) <> (decided_by is null))
);
comment on table app.use_decided is 'Step 2: the approval, by a standing rule of the regime or by a person.';
select app.distribute('app.use_decided');
select app.guard('app.use_decided', '{community} and {posts:clerk,supervisor,manager,repairer,auditor}', '{community} and {posts:clerk,supervisor,manager}', 'select, insert');

create table app.use_grant (
  community_id bigint not null,
  grant_id uuid not null,
  use_id uuid not null,
  subject_id uuid not null,
  class text not null,
  subject_ref bigint not null,
  building_id bigint not null,
  grantee uuid,
  grantee_post text,
  fields text[] not null,
  purpose text not null,
  form text not null constraint grant_form_is_known check (form in ('see', 'call', 'print', 'export', 'share')),
  valid_from timestamptz(3) not null,
  valid_until timestamptz(3) not null,
  constraint use_grant_key primary key (community_id, grant_id),
  constraint use_grant_of_use foreign key (community_id, use_id) references app.use_applied (community_id, use_id),
  constraint grant_names_person_or_post check ((grantee is null) <> (grantee_post is null)),
  constraint grant_ends check (valid_until > valid_from)
);
comment on table app.use_grant is 'What a use allows: to whom, which fields of which subject, in which form, from-until. Clause 4.5.';
create index use_grant_by_use on app.use_grant (community_id, use_id);
select app.distribute('app.use_grant');
select app.guard('app.use_grant',
  $$({community}) and (grantee = {actor} or ({building} and grantee_post = any (string_to_array(nullif(current_setting('app.posts', true), ''), ','))) or ({building} and {posts:clerk,supervisor,manager}))$$,
  '{community} and {posts:clerk,supervisor,manager,repairer}', 'select, insert');

create table app.grant_ended (
  community_id bigint not null,
  grant_id uuid not null,
  reason text not null constraint grant_end_reason_is_known check (reason in ('closed', 'handed_on', 'revoked')),
  at timestamptz(3) not null,
  constraint grant_ended_key primary key (community_id, grant_id),
  constraint grant_ended_of_grant foreign key (community_id, grant_id) references app.use_grant (community_id, grant_id)
);
comment on table app.grant_ended is 'A grant that ended before its time.';
select app.distribute('app.grant_ended');
select app.guard('app.grant_ended', '{community} and {posts:clerk,supervisor,manager,repairer,auditor}', '{community} and {posts:clerk,supervisor,manager,repairer}', 'select, insert');

create table app.use_archived (
  community_id bigint not null,
  use_id uuid not null,
  archived_by uuid,
  archived_post text,
  looks integer not null,
  at timestamptz(3) not null,
  constraint use_archived_key primary key (community_id, use_id),
  constraint use_archived_of_use foreign key (community_id, use_id) references app.use_applied (community_id, use_id)
);
comment on table app.use_archived is 'Step 4: the archive. Step 3, the register, is the traces that carry the use''s id.';
select app.distribute('app.use_archived');
select app.guard('app.use_archived', '{community} and {posts:clerk,supervisor,manager,repairer,auditor}', '{community} and {posts:clerk,supervisor,manager,repairer}', 'select, insert');
