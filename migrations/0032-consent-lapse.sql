-- Consents that end by themselves: after the days their text names, or because the regime leaves them nothing to cover. Clauses 2.5, 2.7.

alter table app.consent_text add column valid_days integer
  constraint consent_validity_is_sane check (valid_days between 1 and 3650);
comment on column app.consent_text.valid_days is 'How many days a yes to this version holds; null: until it is taken back.';

alter table app.consent_event drop constraint consent_channel_is_known;
alter table app.consent_event add constraint consent_channel_is_known
  check (channel in ('desk', 'paper', 'phone_page', 'phone_call') or channel = 'server' and kind = 'lapsed');
alter table app.consent_event drop constraint only_a_withdrawal_stops;
alter table app.consent_event add constraint only_an_end_stops check (stopped is null or kind in ('withdrawn', 'lapsed'));
comment on column app.consent_event.channel is 'How it was answered; server: nobody answered, the consent has lapsed.';
comment on column app.consent_event.stopped is 'What a withdrawal or a lapse stopped: uses by id, with feature, purpose and fields. Clause 2.7.';
