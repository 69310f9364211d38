-- Units that a case claims, but that may ship since the seller rejected it.
ALTER TABLE order_line ADD COLUMN let_go_quantity BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD CONSTRAINT order_line_let_go
  CHECK (let_go_quantity >= 0 AND let_go_quantity + held_back_quantity <= claimed_quantity + refunding_quantity);
ALTER TABLE after_sale_case ADD COLUMN let_go_quantity BIGINT NOT NULL DEFAULT 0;
