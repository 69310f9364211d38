-- As wide as io.siyu.mall.text.TextType allows, and as the catalogue's columns: what is listed can be bought.
ALTER TABLE trade MODIFY cancel_reason VARCHAR(500) NULL;
ALTER TABLE orders MODIFY sealed_address VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin NULL;
ALTER TABLE order_line MODIFY spec_text VARCHAR(500) NOT NULL, MODIFY cover_url VARCHAR(2048) NOT NULL;
-- A timeline says what happened, and what was before, besides the reason of up to 500.
ALTER TABLE order_timeline MODIFY text VARCHAR(1000) NOT NULL;
ALTER TABLE after_sale_timeline MODIFY text VARCHAR(1000) NOT NULL;
