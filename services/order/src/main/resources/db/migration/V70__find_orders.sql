-- Orders are found by the receiver's phone (a keyed hash of its digits) and by product.

ALTER TABLE orders
  ADD COLUMN receiver_phone_hash VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD KEY orders_phone (receiver_phone_hash, placed_at, id);

ALTER TABLE order_line
  ADD KEY order_line_product (product_id, order_id);
