-- Consent given on a form: a text taken out of the regime where nobody wrote one, and an answer of somebody the roster does not know yet. Clauses 2.3, 2.5, 2.6.

alter table app.consent_text alter column written_by drop not null;
comment on column app.consent_text.written_by is 'Null: the form''s own sentence, which the regime has and two persons signed.';

alter table app.consent_event add column of_form boolean not null default false;
comment on column app.consent_event.of_form is 'True: person_id is the subject of a form, whom the roster does not know. Such events are not counted among persons.';

-- The phone page answers for its own form and nobody else: it reads the texts, and leaves one yes with its signature.
do $d$
begin
  execute format('create policy phone_page_reads on app.consent_text for select to hudun_app using (%s)',
    app.rule('{community} and {posts:phone_page}'));
  execute format('create policy phone_page_consents on app.consent_event for insert to hudun_app with check (%s)',
    app.rule($r${community} and of_form and kind = 'given' and channel = 'phone_page' and {buildings} and {posts:phone_page}$r$));
  execute format('create policy phone_page_signs on app.record for insert to hudun_app with check (%s)',
    app.rule($r${community} and class = 'special' and {buildings} and {posts:phone_page}$r$));
end $d$;
