-- The matrix of every version as rows, and which version is in force: what the database needs to refuse by itself. Clauses 1.6, 2.3.

create table app.matrix_cell (
  version integer not null constraint matrix_cell_of_version references app.regime_version,
  purpose text not null constraint matrix_cell_purpose_is_a_code check (purpose ~ '^[a-z][a-z0-9_]{1,39}$'),
  field text not null,
  rule text not null constraint matrix_cell_rule_is_known check (rule in ('required', 'optional', 'forbidden')),
  constraint matrix_cell_key primary key (version, purpose, field)
);
comment on table app.matrix_cell is 'Purpose × field of each regime version, written with it from its content. What is not listed is forbidden. Clause 2.3.';
select app.reference('app.matrix_cell');
select app.guard('app.matrix_cell', 'true', '{posts:setup}', 'select, insert');

create function app.regime_in_force() returns integer language sql stable as $f$
  select coalesce(max(version), 1) from app.regime_version where active_since <= now()
$f$;
comment on function app.regime_in_force is 'The regime version in force: the newest whose time has come. The server asks the same question. Clause 2.3.';
grant execute on function app.regime_in_force to hudun_app;
