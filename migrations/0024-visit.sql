-- The repairer's link: bound to an order and to the first device that opens it. Its steps, the incidents it raises, photos. Clauses 4.6, 8.1.

create table app.visit_link (
  community_id bigint not null,
  link_id uuid not null,
  order_id uuid not null,
  use_id uuid not null,
  building_id bigint not null,
  assignee uuid not null,
  secret_hash bytea not null constraint visit_link_secret_is_a_sha256 check (octet_length(secret_hash) = 32),
  visit_from timestamptz(3),
  visit_until timestamptz(3),
  valid_until timestamptz(3) not null,
  made_by uuid not null,
  made_post text not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint visit_link_key primary key (community_id, link_id),
  constraint visit_link_of_order foreign key (community_id, order_id) references app.work_order (community_id, order_id),
  constraint visit_ends check (visit_until > visit_from)
);
comment on table app.visit_link is 'A link that shows one order to one repairer without a log-in. The secret is in the link only; here lies its hash. Clause 4.6.';
comment on column app.visit_link.assignee is 'The repairer it was made for. Handing the order on kills the link.';
comment on column app.visit_link.visit_from is 'When the visit was agreed; null when no time was.';
create index visit_link_by_order on app.visit_link (community_id, order_id, seq);
select app.distribute('app.visit_link');
select app.guard('app.visit_link',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or assignee = {actor} and {posts:repairer} or {posts:auditor})',
  '{community} and {building} and {posts:clerk,supervisor,manager}', 'select, insert');

create table app.visit_step (
  community_id bigint not null,
  step_id uuid not null,
  link_id uuid not null,
  building_id bigint not null,
  assignee uuid not null,
  step text not null constraint visit_step_is_known check (step in ('opened', 'other_device', 'called', 'ended')),
  device_hash bytea,
  binding text,
  number text,
  until timestamptz(3),
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint visit_step_key primary key (community_id, step_id),
  constraint visit_step_of_link foreign key (community_id, link_id) references app.visit_link (community_id, link_id)
);
comment on table app.visit_step is 'What happened to a link: opened by its device, tried by another, a call arranged, ended. Never changed.';
comment on column app.visit_step.device_hash is 'Hash of a random value kept by the browser; tells devices apart and nothing about them.';
comment on column app.visit_step.binding is 'Name of the binding at the call bridge, to take it back by.';
comment on column app.visit_step.number is 'The number between the two, which belongs to the bridge: nobody''s own.';
create unique index visit_link_has_one_device on app.visit_step (community_id, link_id) where step = 'opened';
create unique index visit_link_tells_a_device_once on app.visit_step (community_id, link_id, device_hash) where step = 'other_device';
create index visit_step_by_link on app.visit_step (community_id, link_id, seq);
select app.distribute('app.visit_step');
select app.guard('app.visit_step',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or assignee = {actor} and {posts:repairer} or {posts:auditor})',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or assignee = {actor} and {posts:repairer})', 'select, insert');

create table app.incident (
  community_id bigint not null,
  incident_id uuid not null,
  kind text not null constraint incident_kind_is_known check (kind in ('other_device')),
  order_id uuid not null,
  building_id bigint not null,
  assignee uuid,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint incident_key primary key (community_id, incident_id),
  constraint incident_of_order foreign key (community_id, order_id) references app.work_order (community_id, order_id)
);
comment on table app.incident is 'Something that should not have happened, told to those who answer for it. No value, no name. Clause 8.1.';
comment on column app.incident.assignee is 'Whose link, whose task it was about.';
create index incident_newest on app.incident (community_id, seq desc);
select app.distribute('app.incident');
select app.guard('app.incident',
  '{community} and ({building} and {posts:supervisor,manager} or {posts:privacy_officer,security_admin,auditor})',
  '{community} and ({building} and {posts:supervisor,manager} or assignee = {actor} and {posts:repairer})', 'select, insert');

create table app.visit_photo (
  community_id bigint not null,
  photo_id uuid not null,
  order_id uuid not null,
  building_id bigint not null,
  assignee uuid not null,
  kind text not null constraint visit_photo_kind_is_known check (kind in ('jpeg', 'png')),
  size_bytes integer not null,
  removed integer not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint visit_photo_key primary key (community_id, photo_id),
  constraint visit_photo_of_order foreign key (community_id, order_id) references app.work_order (community_id, order_id)
);
comment on table app.visit_photo is 'Photos of the work, taken by the repairer. The picture lies sealed in the data folder. Clause 4.6.';
comment on column app.visit_photo.removed is 'How many pieces of metadata (place, camera, time) were taken out before anything was stored.';
create index visit_photo_by_order on app.visit_photo (community_id, order_id, seq);
select app.distribute('app.visit_photo');
select app.guard('app.visit_photo',
  '{community} and ({building} and {posts:clerk,supervisor,manager} or assignee = {actor} and {posts:repairer} or {posts:auditor})',
  '{community} and assignee = {actor} and {posts:repairer}', 'select, insert');
