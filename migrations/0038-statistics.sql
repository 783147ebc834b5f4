-- Releases of statistics: each table of a month is counted and suppressed once, and told the same for ever. Clause 4.13.

create table app.statistic_release (
  community_id bigint not null constraint statistic_release_of_community references app.community,
  kind text not null constraint statistic_kind_is_known check (kind in ('classes', 'orders')),
  month text not null constraint statistic_month_is_one check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  content jsonb not null,
  at timestamptz(3) not null,
  constraint statistic_release_key primary key (community_id, kind, month)
);
comment on table app.statistic_release is 'A table of counts as it was released. Asked again, it is not counted again: nobody learns from two counts what one household changed. Clause 4.13.';
comment on column app.statistic_release.content is 'What is shown, null where it is not; and, for the next month, what each cell was settled at, which only the server reads.';
select app.distribute('app.statistic_release');
select app.guard('app.statistic_release', '{community} and {posts:setup}', '{community} and {posts:setup}', 'select, insert');
