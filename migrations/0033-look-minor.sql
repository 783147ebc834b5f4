-- A look asks whether the person is under 14, whoever looks, a repairer too: hudun_look reads who is, and nothing else of the note. Clause 2.10.
grant select (community_id, person_id) on app.minor to hudun_look;
create policy looks on app.minor for select to hudun_look
  using (strpos(',' || current_setting('app.communities', true) || ',', ',' || community_id::text || ',') > 0);
