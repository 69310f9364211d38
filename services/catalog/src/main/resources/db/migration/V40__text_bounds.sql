-- As wide as io.siyu.mall.text.TextType allows: what the document takes is kept.
ALTER TABLE brand MODIFY logo_url VARCHAR(2048) NOT NULL;
ALTER TABLE product MODIFY cover_url VARCHAR(2048) NOT NULL, MODIFY state_reason VARCHAR(500) NOT NULL;
ALTER TABLE price_change MODIFY reason VARCHAR(500) NOT NULL;
ALTER TABLE stock_movement MODIFY reason VARCHAR(500) NOT NULL;
