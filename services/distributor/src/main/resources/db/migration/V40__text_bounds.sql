-- As wide as io.siyu.mall.text.TextType allows.
ALTER TABLE invites MODIFY note VARCHAR(500) NOT NULL;
