-- The rule for adding traces at less cost: traces of many communities enter in one statement, and the list of its communities
-- was taken apart for each row of it. Found in the list as text, a community costs a third of that. Clause 3.12.
alter policy adds on app.trace with check (
  strpos(',' || current_setting('app.communities', true) || ',', ',' || community_id::text || ',') > 0
);
