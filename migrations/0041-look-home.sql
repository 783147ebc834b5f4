-- The mosaic (0035) asks which household a look is about: hudun_look reads it with the order. Clause 1.5.
grant select (home_id) on app.work_order to hudun_look;
