-- Whether it was decided for the seat that the member had then (1), or for the one that the link was made under (0).
ALTER TABLE cps_orders ADD COLUMN by_seat_now TINYINT NOT NULL DEFAULT 0;
ALTER TABLE cps_orders ALTER COLUMN by_seat_now SET DEFAULT 1;
