-- Requests of authorities: who came, with which paper, for what, and the numbered copy they were handed. Clauses 4.11, 7.5.
-- A request is an application like every other; this is what it has besides.

create function app.guard_authority(p_tbl regclass) returns void language plpgsql as $f$
begin
  perform app.distribute(p_tbl);
  perform app.guard(p_tbl,
    '{community} and (applicant = {actor} and {posts:clerk,supervisor,manager} or {buildings} and {posts:supervisor,manager} or {posts:privacy_officer,auditor})',
    '{community} and applicant = {actor} and {posts:clerk,supervisor,manager}', 'select, insert');
end $f$;
comment on function app.guard_authority is 'The template for tables of a request: who took it in, who signs, and who checks. All are histories.';

create table app.authority_request (
  community_id bigint not null,
  application_id uuid not null,
  organ text not null constraint organ_is_known check (organ in ('police', 'procuratorate', 'court', 'supervision', 'other')),
  organ_name text not null constraint organ_has_a_name check (char_length(organ_name) between 2 and 60),
  document_number text not null,
  ground text not null constraint ground_is_known
    check (ground in ('criminal_procedure', 'public_security', 'civil_procedure', 'supervision', 'other_law')),
  masks text[] not null constraint two_officers_come check (cardinality(masks) >= 2),
  sealed bytea not null,
  paper_id uuid not null,
  paper_kind text not null constraint authority_paper_kind_is_known check (paper_kind in ('jpeg', 'png', 'pdf')),
  persons integer not null constraint request_is_about_somebody check (persons > 0),
  secret_until timestamptz(3),
  building_ids bigint[] not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint authority_request_key primary key (community_id, application_id),
  constraint authority_request_of_application foreign key (community_id, application_id)
    references app.application (community_id, application_id),
  constraint secrecy_ends_later check (secret_until is null or secret_until > at)
);
comment on table app.authority_request is 'What an authority showed when it asked: two officers, a document, its ground. Clause 4.11.';
comment on column app.authority_request.masks is 'The officers as lists show them. Names and card numbers are sealed.';
comment on column app.authority_request.sealed is 'The officers'' names and card numbers, under a key of their own.';
comment on column app.authority_request.paper_id is 'Photo or PDF of the document; it lies sealed in the data folder.';
comment on column app.authority_request.secret_until is 'Lawfully kept from the owner until then; its traces are written at once like all others. Clause 7.5.';
create index authority_request_newest on app.authority_request (community_id, seq desc);
select app.guard_authority('app.authority_request');

-- After the row is in, so that row security and keys speak first.
create function app.authority_rule() returns trigger language plpgsql as $f$
begin
  if not exists (select from app.application a
      where a.community_id = new.community_id and a.application_id = new.application_id and a.applicant = new.applicant
        and a.purpose = 'authority_assist' and a.request_number = new.document_number and a.form in ('print', 'export')
        and (cardinality(a.posts) = 0 or 'manager' = any (a.posts))) then
    raise exception 'authority.no_manager' using errcode = 'HU371';
  end if;
  return null;
end $f$;
comment on function app.authority_rule is 'Of this document and purpose, as a numbered copy, and never without a manager''s signature. Nobody signs what they took in.';
create trigger signed_by_a_manager after insert on app.authority_request for each row execute function app.authority_rule();

create table app.authority_receipt (
  community_id bigint not null,
  application_id uuid not null,
  paper_id uuid not null,
  paper_kind text not null constraint receipt_paper_kind_is_known check (paper_kind in ('jpeg', 'png', 'pdf')),
  building_ids bigint[] not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint authority_receipt_key primary key (community_id, application_id),
  constraint authority_receipt_of_request foreign key (community_id, application_id)
    references app.authority_request (community_id, application_id)
);
comment on table app.authority_receipt is 'The receipt for the copy, signed by the officers: step 4 of the request.';
select app.guard_authority('app.authority_receipt');
drop function app.guard_authority;
