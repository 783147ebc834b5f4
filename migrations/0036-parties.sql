-- Third parties and what is given to them: a register signed by two, a ledger of sharings, proofs of return or deletion. Clause 4.10.
-- A sharing is an application like every other: applied for, signed, left, and archived when it is proven that nothing is kept.

create table app.party (
  community_id bigint not null constraint party_of_community references app.community,
  party_id uuid not null,
  name text not null constraint party_has_a_name check (char_length(name) between 2 and 60),
  kind text not null constraint party_kind_is_known check (kind in ('processor', 'recipient', 'joint')),
  contract_number text not null,
  valid_from timestamptz(3) not null,
  valid_until timestamptz(3) not null,
  responsible uuid not null,
  entered_by uuid not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint party_key primary key (community_id, party_id),
  constraint party_entered unique (community_id, party_id, entered_by),
  constraint party_contract_lasts check (valid_until > valid_from)
);
comment on table app.party is 'Organisations outside that may be given owners'' data, each by one contract. Never changed: another contract is another row. Clause 4.10.';
comment on column app.party.kind is 'processor: on our behalf · recipient: for its own purposes · joint: decides with us (PIPL 20, 21, 23).';
comment on column app.party.responsible is 'Who of ours answers for it.';
select app.distribute('app.party');
select app.guard('app.party', '{community} and {posts:supervisor,manager,privacy_officer,auditor}',
  '{community} and entered_by = {actor} and {posts:manager}', 'select, insert');

create table app.party_scope (
  community_id bigint not null,
  party_id uuid not null,
  purpose text not null,
  fields text[] not null constraint party_scope_names_fields check (cardinality(fields) > 0),
  constraint party_scope_key primary key (community_id, party_id, purpose),
  constraint party_scope_of_party foreign key (community_id, party_id) references app.party (community_id, party_id)
);
comment on table app.party_scope is 'What the contract lets leave: these fields for this purpose. What is not here is refused.';
select app.distribute('app.party_scope');
select app.guard('app.party_scope', '{community} and {posts:supervisor,manager,privacy_officer,auditor}',
  '{community} and {posts:manager}', 'select, insert');

create table app.party_signed (
  community_id bigint not null,
  party_id uuid not null,
  entered_by uuid not null,
  verdict text not null constraint party_verdict_is_known check (verdict in ('signed', 'refused')),
  signed_by uuid not null,
  at timestamptz(3) not null,
  constraint party_signed_key primary key (community_id, party_id),
  constraint party_signed_of_party foreign key (community_id, party_id, entered_by)
    references app.party (community_id, party_id, entered_by),
  constraint party_is_signed_by_another check (signed_by <> entered_by)
);
comment on table app.party_signed is 'The privacy officer''s signature under a contract, or refusal of it. Before it nothing may be given.';
select app.distribute('app.party_signed');
select app.guard('app.party_signed', '{community} and {posts:supervisor,manager,privacy_officer,auditor}',
  '{community} and {posts:privacy_officer}', 'select, insert');

create table app.party_ended (
  community_id bigint not null,
  party_id uuid not null,
  reason text not null constraint party_end_reason_is_known check (reason in ('done', 'terminated', 'breach', 'not_needed')),
  ended_by uuid not null,
  at timestamptz(3) not null,
  constraint party_ended_key primary key (community_id, party_id),
  constraint party_ended_of_party foreign key (community_id, party_id) references app.party (community_id, party_id)
);
comment on table app.party_ended is 'A contract that ended before its time: from then on nothing is given, and what was given falls due.';
select app.distribute('app.party_ended');
select app.guard('app.party_ended', '{community} and {posts:supervisor,manager,privacy_officer,auditor}',
  '{community} and {posts:manager,privacy_officer}', 'select, insert');

-- Rules across rows. They run after the row is in, so that row security and keys speak first.

create function app.refuse_one_person(p_one uuid, p_other uuid) returns void language plpgsql as $f$
begin
  if exists (select from app.same_person a join app.same_person b using (person_id)
      where a.staff_id = p_one and b.staff_id = p_other) then
    raise exception 'party.same_person' using errcode = 'HU365';
  end if;
end $f$;
comment on function app.refuse_one_person is 'Two accounts of one natural person are not two persons. Clause 4.4.';

create function app.refuse_party_over(p_community bigint, p_party uuid, p_at timestamptz) returns void language plpgsql as $f$
begin
  if not exists (select from app.party p
      join app.party_signed s on s.community_id = p.community_id and s.party_id = p.party_id and s.verdict = 'signed'
      where p.community_id = p_community and p.party_id = p_party and p.valid_from <= p_at and p.valid_until > p_at
        and not exists (select from app.party_ended e where e.community_id = p.community_id and e.party_id = p.party_id)) then
    raise exception 'party.over' using errcode = 'HU361';
  end if;
end $f$;
comment on function app.refuse_party_over is 'Nothing is given under a contract that is not signed, not begun or over. Clause 4.10.';

create function app.party_scope_rule() returns trigger language plpgsql as $f$
begin
  if exists (select from app.party_signed s where s.community_id = new.community_id and s.party_id = new.party_id) then
    raise exception 'party.signed' using errcode = 'HU366';
  end if;
  return null;
end $f$;
comment on function app.party_scope_rule is 'What was signed is not widened afterwards.';
create trigger scope_before_signature after insert on app.party_scope for each row execute function app.party_scope_rule();

create function app.party_signed_rule() returns trigger language plpgsql as $f$
begin
  perform app.refuse_one_person(new.entered_by, new.signed_by);
  if new.verdict = 'signed' and (
      not exists (select from app.party_scope c where c.community_id = new.community_id and c.party_id = new.party_id)
      or exists (select from app.party_scope c where c.community_id = new.community_id and c.party_id = new.party_id
        and not exists (select from app.assessment a
          join app.assessment_signature g on g.assessment_id = a.assessment_id
          join app.assessment_edition e on e.assessment_id = g.assessment_id and e.edition = g.edition
          where a.purpose = c.purpose and e.content ->> 'isShared' = 'true'
            and (e.content ->> 'reviewBy')::date >= (new.at at time zone 'Asia/Shanghai')::date))) then
    raise exception 'party.not_assessed' using errcode = 'HU364';
  end if;
  return null;
end $f$;
comment on function app.party_signed_rule is 'Two persons; and no contract without an impact assessment of giving away, signed and not past its review. Clause 2.11.';
create trigger signed_by_rule after insert on app.party_signed for each row execute function app.party_signed_rule();

-- Every table of a sharing carries its applicant: who applied, whoever answers, and who checks.
create function app.guard_sharing(p_tbl regclass, p_writes text) returns void language plpgsql as $f$
begin
  perform app.distribute(p_tbl);
  perform app.guard(p_tbl,
    '{community} and (applicant = {actor} and {posts:supervisor} or {posts:manager,privacy_officer,auditor})', p_writes, 'select, insert');
end $f$;
comment on function app.guard_sharing is 'The template for tables of a sharing. All are histories.';

create table app.sharing (
  community_id bigint not null,
  application_id uuid not null,
  party_id uuid not null,
  purpose text not null,
  keep_until timestamptz(3) not null,
  persons integer not null constraint sharing_is_about_somebody check (persons > 0),
  applicant uuid not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint sharing_key primary key (community_id, application_id),
  constraint sharing_of_application foreign key (community_id, application_id) references app.application (community_id, application_id),
  constraint sharing_is_in_the_register foreign key (community_id, party_id, purpose)
    references app.party_scope (community_id, party_id, purpose)
);
comment on table app.sharing is 'An application that goes to a third party: to whom, and until when they may keep it. Clause 4.10.';
comment on column app.sharing.keep_until is 'By then return or deletion is proven, or it is overdue. The end of the contract at the latest.';
comment on column app.sharing.persons is 'Counted and confirmed before it was applied for.';
create index sharing_newest on app.sharing (community_id, seq desc);
create index sharing_of_party on app.sharing (community_id, party_id, seq);
select app.guard_sharing('app.sharing', '{community} and applicant = {actor} and {posts:supervisor,manager}');

create function app.sharing_rule() returns trigger language plpgsql as $f$
begin
  perform app.refuse_party_over(new.community_id, new.party_id, new.at);
  if not exists (select from app.application a
      join app.party_scope c on c.community_id = a.community_id and c.party_id = new.party_id and c.purpose = new.purpose
      where a.community_id = new.community_id and a.application_id = new.application_id and a.purpose = new.purpose
        and a.applicant = new.applicant and a.fields <@ c.fields and a.form in ('print', 'export', 'share')) then
    raise exception 'party.field_not_listed' using errcode = 'HU362';
  end if;
  if new.keep_until > (select p.valid_until from app.party p where p.community_id = new.community_id and p.party_id = new.party_id) then
    raise exception 'party.kept_too_long' using errcode = 'HU363';
  end if;
  return null;
end $f$;
comment on function app.sharing_rule is 'A contract in force, and no field, purpose or time beyond it.';
create trigger sharing_within_contract after insert on app.sharing for each row execute function app.sharing_rule();

create table app.sharing_left (
  community_id bigint not null,
  application_id uuid not null,
  how text not null constraint sharing_way_is_known check (how in ('told', 'paper')),
  persons integer not null constraint sharing_left_about_somebody check (persons > 0),
  fields text[] not null,
  by_staff uuid not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint sharing_left_key primary key (community_id, application_id),
  constraint sharing_left_of_sharing foreign key (community_id, application_id) references app.sharing (community_id, application_id)
);
comment on table app.sharing_left is 'Step 3 of what was told by phone or written down. What leaves as a file or print is in app.export_copy, with the number of the copy.';
select app.guard_sharing('app.sharing_left', '{community} and applicant = {actor} and {posts:supervisor,manager}');

create function app.sharing_left_rule() returns trigger language plpgsql as $f$
begin
  perform app.refuse_party_over(s.community_id, s.party_id, new.at) from app.sharing s
  where s.community_id = new.community_id and s.application_id = new.application_id;
  return null;
end $f$;
comment on function app.sharing_left_rule is 'Nothing leaves under a contract that is over.';
create trigger left_within_contract after insert on app.sharing_left for each row execute function app.sharing_left_rule();

create function app.copy_left_rule() returns trigger language plpgsql as $f$
begin
  perform app.refuse_party_over(s.community_id, s.party_id, new.at) from app.export_copy c
  join app.sharing s on s.community_id = c.community_id and s.application_id = c.application_id
  where c.community_id = new.community_id and c.copy_id = new.copy_id;
  return null;
end $f$;
comment on function app.copy_left_rule is 'No copy for a third party is made or taken under a contract that is over.';
create trigger copy_within_contract after insert on app.export_copy for each row execute function app.copy_left_rule();
create trigger taken_within_contract after insert on app.export_step for each row when (new.step in ('shown', 'taken'))
  execute function app.copy_left_rule();

create table app.sharing_proof (
  community_id bigint not null,
  proof_id uuid not null,
  application_id uuid not null,
  kind text not null constraint proof_kind_is_known check (kind in ('returned', 'deleted')),
  day date not null,
  evidence text not null constraint proof_evidence_is_known check (evidence in ('paper', 'statement')),
  file_id uuid,
  file_kind text constraint proof_file_kind_is_known check (file_kind in ('jpeg', 'png', 'pdf')),
  by_staff uuid not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  seq bigint generated always as identity,
  constraint sharing_proof_key primary key (community_id, proof_id),
  constraint sharing_proof_recorded unique (community_id, proof_id, application_id, by_staff),
  constraint sharing_proof_of_sharing foreign key (community_id, application_id) references app.sharing (community_id, application_id),
  constraint paper_is_there check ((evidence = 'paper') = (file_id is not null) and (file_id is null) = (file_kind is null))
);
comment on table app.sharing_proof is 'What shows that a third party gave back or deleted what it was given; a second person looks at it. Clause 4.10.';
comment on column app.sharing_proof.evidence is 'paper: uploaded, it lies sealed in the data folder · statement: both signatures here state it.';
create index sharing_proof_of on app.sharing_proof (community_id, application_id, seq);
select app.guard_sharing('app.sharing_proof',
  '{community} and (applicant = {actor} and {posts:supervisor} or {posts:manager,privacy_officer})');

create table app.sharing_proof_answer (
  community_id bigint not null,
  proof_id uuid not null,
  application_id uuid not null,
  recorded_by uuid not null,
  verdict text not null constraint proof_verdict_is_known check (verdict in ('accepted', 'refused')),
  by_staff uuid not null,
  applicant uuid not null,
  at timestamptz(3) not null,
  constraint sharing_proof_answer_key primary key (community_id, proof_id),
  constraint sharing_proof_answer_of_proof foreign key (community_id, proof_id, application_id, recorded_by)
    references app.sharing_proof (community_id, proof_id, application_id, by_staff),
  constraint proof_is_confirmed_by_another check (by_staff <> recorded_by)
);
comment on table app.sharing_proof_answer is 'Step 4: a second person accepted the proof, and the sharing is archived; or refused it, and it stays open.';
create unique index sharing_is_archived_once on app.sharing_proof_answer (community_id, application_id) where verdict = 'accepted';
select app.guard_sharing('app.sharing_proof_answer', '{community} and {posts:manager,privacy_officer}');
drop function app.guard_sharing;

create function app.proof_answer_rule() returns trigger language plpgsql as $f$
begin
  perform app.refuse_one_person(new.recorded_by, new.by_staff);
  return null;
end $f$;
comment on function app.proof_answer_rule is 'Recorded by one person, accepted by another.';
create trigger answered_by_another after insert on app.sharing_proof_answer for each row execute function app.proof_answer_rule();
