-- Who is credited is decided when an order is first heard of with somebody's id, by what the distributor service says
-- then; decided_at is as of when. Without a distributor: nobody is, since that one was not active.
ALTER TABLE cps_orders ADD COLUMN decided_at DATETIME(6) NULL;
UPDATE cps_orders SET decided_at = created_at WHERE distributor_id IS NOT NULL;

-- The upline is asked for with the order, no more with a link.
ALTER TABLE sub_affiliates DROP COLUMN upline_id;

-- upline_id of a claim is the claimant's when it was accepted; what was accepted holds for parts heard of later.
UPDATE claims SET upline_id = NULL WHERE state <> 'ACCEPTED';
ALTER TABLE claims ADD KEY claims_by_order (platform, order_no);
