-- The roster: buildings, homes, persons, who lives where, sealed records with their masks, blind indexes. Clauses 1.1-1.4, 3.7-3.10.

create table app.building (
  community_id bigint not null constraint building_of_community references app.community,
  building_id bigint not null,
  name text not null,
  sort_key text collate "C" not null,
  constraint building_key primary key (community_id, building_id),
  constraint building_name_is_unique unique (community_id, name)
);
comment on table app.building is 'Buildings of a community; the unit of a clerk''s reach.';
select app.distribute('app.building');
select app.guard('app.building', '{community} and {building}', '{community} and {posts:manager,setup}', 'select, insert, update, delete');

create table app.home (
  community_id bigint not null,
  home_id uuid not null,
  building_id bigint not null,
  unit text not null,
  room text not null,
  label text not null,
  sort_key text collate "C" not null,
  constraint home_key primary key (community_id, home_id),
  constraint home_place_is_unique unique (community_id, building_id, unit, room),
  constraint home_in_building foreign key (community_id, building_id) references app.building (community_id, building_id) on delete cascade
);
comment on table app.home is 'Homes. A place by itself names nobody.';
create index home_in_order on app.home (community_id, building_id, sort_key);
select app.distribute('app.home');
select app.guard('app.home', '{community} and {building} and {posts:clerk,supervisor,manager,setup}', '{community} and {posts:manager,setup}', 'select, insert, update, delete');

create table app.person (
  community_id bigint not null constraint person_of_community references app.community,
  person_id uuid not null,
  subject_ref bigint not null,
  is_company boolean not null,
  building_ids bigint[] not null,
  created_at timestamptz(3) not null,
  constraint person_key primary key (community_id, person_id)
);
comment on table app.person is 'A natural person (or organisation) known to one community. No value: values are in records.';
comment on column app.person.subject_ref is 'Pseudonym that traces carry; made once from a key that dies with the person''s keys.';
comment on column app.person.building_ids is 'Buildings of all homes the person belongs to: reach by row security.';
create unique index person_by_ref on app.person (community_id, subject_ref);
select app.distribute('app.person');
select app.guard('app.person', '{community} and {buildings} and {posts:clerk,supervisor,manager,setup}', '{community} and {posts:manager,setup}', 'select, insert, update, delete');

create table app.residence (
  community_id bigint not null,
  residence_id uuid not null,
  person_id uuid not null,
  home_id uuid not null,
  building_id bigint not null,
  subject_ref bigint not null,
  role text not null constraint residence_role_is_known check (role in ('owner', 'co_owner', 'tenant', 'family', 'staff', 'other')),
  valid_from date,
  sort_key text collate "C" not null,
  card text not null,
  constraint residence_key primary key (community_id, residence_id),
  constraint residence_is_unique unique (community_id, home_id, person_id),
  constraint residence_of_person foreign key (community_id, person_id) references app.person (community_id, person_id) on delete cascade,
  constraint residence_in_home foreign key (community_id, home_id) references app.home (community_id, home_id) on delete cascade
);
comment on table app.residence is 'Who belongs to which home, in which role, since when.';
comment on column app.residence.card is 'The masked line of the list as JSON text, rendered when the facts were sealed and passed through unparsed. Masks only.';
create index residence_in_order on app.residence (community_id, sort_key, residence_id) include (building_id);
create index residence_of_building on app.residence (community_id, building_id, sort_key, residence_id);
create index residence_by_person on app.residence (community_id, person_id);
select app.distribute('app.residence');
select app.guard('app.residence', '{community} and {building} and {posts:clerk,supervisor,manager,setup}', '{community} and {posts:manager,setup}', 'select, insert, update, delete');

create table app.record (
  community_id bigint not null constraint record_of_community references app.community,
  subject_id uuid not null,
  class text not null constraint record_class_is_known check (class in ('identity', 'life', 'service', 'trajectory', 'special')),
  version integer not null constraint record_version_counts_from_one check (version >= 1),
  building_ids bigint[] not null,
  sealed bytea not null,
  content_tag bytea not null,
  masks jsonb not null,
  origin jsonb not null,
  changed_at timestamptz(3) not null,
  constraint record_key primary key (community_id, subject_id, class)
);
comment on table app.record is 'Facts of one subject (a person or an order) and class, sealed together; one reveal opens one record. Clause 3.9.';
comment on column app.record.sealed is 'Self-describing header, ciphertext, tag. AAD: tenant, community, subject, class, version.';
comment on column app.record.content_tag is 'Keyed hash of the content: tells that nothing changed without opening it.';
comment on column app.record.masks is 'field -> [mask, ...], made at sealing. Clause 3.10.';
comment on column app.record.origin is 'field -> {purpose, channel, at}: why it is here. Clause 2.1.';
select app.distribute('app.record');
select app.guard('app.record', '{community} and {class} and ({buildings} and {posts:clerk,supervisor,manager,setup} or {posts:repairer})',
  '{community} and {posts:clerk,supervisor,manager,setup}', 'select, insert, update, delete');

create table app.blind_index (
  community_id bigint not null constraint blind_index_of_community references app.community,
  kind text not null constraint blind_index_kind_is_known check (kind in ('phone', 'phone_last4', 'name', 'surname_building', 'plate', 'id_number', 'home')),
  tag bigint not null,
  person_id uuid not null,
  constraint blind_index_key primary key (community_id, kind, tag, person_id),
  constraint blind_index_of_person foreign key (community_id, person_id) references app.person (community_id, person_id) on delete cascade
);
comment on table app.blind_index is 'Keyed, truncated tags by which a full value is found without being stored. Never a prefix.';
create index blind_index_by_person on app.blind_index (community_id, person_id);
select app.distribute('app.blind_index');
select app.guard('app.blind_index', '{community} and {posts:clerk,supervisor,manager,setup}', '{community} and {posts:manager,setup}', 'select, insert, delete');

create table app.to_verify (
  community_id bigint not null,
  person_id uuid not null,
  field text not null,
  reason text not null,
  import_id uuid,
  source_row integer,
  created_at timestamptz(3) not null,
  constraint to_verify_key primary key (community_id, person_id, field, reason),
  constraint to_verify_of_person foreign key (community_id, person_id) references app.person (community_id, person_id) on delete cascade
);
comment on table app.to_verify is 'Suspicious values: kept, never taken as true, waiting for somebody to ask. Names the row and the reason, not the value.';
select app.distribute('app.to_verify');
select app.guard('app.to_verify', '{community} and {posts:clerk,supervisor,manager,setup}', '{community} and {posts:manager,setup}', 'select, insert, delete');
