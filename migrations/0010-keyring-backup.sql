-- A backup of the keyring names the migrations that made it. Runs wherever the keyring lies. Clause 5.4.

grant usage on schema hudun to hudun_keyring;
grant select on hudun.migration to hudun_keyring;
