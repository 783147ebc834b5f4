-- Saved searches over the traces: one's own, named. Clauses 3.12, 4.1.

create table app.trace_view (
  community_id bigint not null constraint trace_view_of_community references app.community,
  view_id uuid not null,
  staff_id uuid not null,
  name text not null constraint trace_view_name_is_short check (char_length(name) between 1 and 40),
  query text not null constraint trace_view_query_is_short check (char_length(query) between 1 and 600),
  created_at timestamptz(3) not null,
  constraint trace_view_key primary key (community_id, view_id)
);
comment on table app.trace_view is 'A search over the traces that somebody keeps for themselves: codes, days and ids; a home stands in it by its id.';
create index trace_view_of_staff on app.trace_view (community_id, staff_id, created_at);
select app.distribute('app.trace_view');
select app.guard('app.trace_view', '{community} and staff_id = {actor} and {posts:manager,auditor,privacy_officer}',
  '{community} and staff_id = {actor} and {posts:manager,auditor,privacy_officer}', 'select, insert, delete');
