-- Free text: what was found in it and kept all the same. Clause 2.9.

create table app.text_kept (
  community_id bigint not null,
  kept_id uuid not null,
  order_id uuid not null,
  building_id bigint not null,
  kind text not null constraint text_kept_kind_is_a_code check (kind ~ '^[a-z][a-z_]{0,39}$'),
  reason text not null constraint text_kept_reason_is_known check (reason in ('not_personal', 'needed_on_site', 'caller_asked', 'public_number')),
  by_staff uuid not null,
  by_post text not null,
  at timestamptz(3) not null,
  constraint text_kept_key primary key (community_id, kept_id),
  constraint text_kept_of_order foreign key (community_id, order_id) references app.work_order (community_id, order_id)
);
comment on table app.text_kept is 'Somebody was shown what their text holds, and kept it for a reason. Says the kind, never the words. Clause 2.9.';
create index text_kept_by_order on app.text_kept (community_id, order_id);
select app.distribute('app.text_kept');
select app.guard('app.text_kept',
  '{community} and (({building} and {posts:clerk,supervisor,manager}) or {posts:privacy_officer,auditor})',
  '{community} and {building} and {posts:clerk,supervisor,manager}', 'select, insert');
